"""Transitions: one look each, curves that start and end where they must, matches found, refusals by rule."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import affine_transform, gaussian_filter

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Floats3
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove, Join
from projects.engine.joins import join_asked
from renders.engine.grading.colourspace import rgb_of_frame
from renders.engine.motion.easing import CURVES, curve_named, linear
from renders.engine.motion.moves import Window, placed_window
from renders.engine.painting import FramePainter
from renders.engine.timeline.build import PlannedShot, build_timeline
from renders.engine.timeline.document import timeline_from_document, timeline_to_document
from renders.engine.timeline.matches import with_matches
from renders.engine.timeline.model import Clip, Timeline
from renders.engine.transitions.base import Match
from renders.engine.transitions.likeness import find_match
from renders.engine.transitions.match_dissolve import match_dissolve, placements
from renders.engine.transitions.registry import TRANSITION_KINDS, TRANSITIONS
from renders.engine.transitions.whip import TRAVEL_WIDTHS, whip_pan

RATE = FrameRate.parse("24000/1001")
WIDTH, HEIGHT = 128, 72
ALIKE = Match(scale=1.1, shift_x=0.05, shift_y=-0.03, confidence=0.8)


def shapes(seed: int, size: tuple[int, int] = (160, 90)) -> Floats3:
    """Return soft discs and bars on a ground."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    field = np.full(size[::-1], 0.4)
    for _ in range(7):
        at, radius = rng.random(2) * size, 4 + 14 * rng.random()
        field[(x - at[0]) ** 2 + (y - at[1]) ** 2 < radius**2] = rng.random()
    field = gaussian_filter(field, 0.8)
    return np.repeat(field[..., None], 3, axis=-1).astype(np.float32)


def still(path: Path, level: int) -> Path:
    ramp = np.linspace(0.7, 1.3, 160)[None, :, None] * np.ones((90, 1, 3)) * level
    Image.fromarray(np.clip(ramp, 0, 255).astype(np.uint8)).save(path)
    return path


def film(folder: Path, kind: str, frames: int = 8, **more: object) -> Timeline:
    dark, light = still(folder / "dark.png", 60), still(folder / "light.png", 170)
    second = Clip("B", light, 12, CameraMove.STATIC, kind, frames)
    clips = (Clip("A", dark, 12), replace(second, **more))  # type: ignore[arg-type]
    return Timeline(RATE, WIDTH, HEIGHT, clips)


def seen(timeline: Timeline, number: int, **more: object) -> np.ndarray:
    given = {"grade": {}, "film_grain": 0.0, "seed": 1} | more
    flat = FramePainter(timeline, **given).frame(number)  # type: ignore[arg-type]
    size, half = WIDTH * HEIGHT, WIDTH * HEIGHT // 4
    return rgb_of_frame(
        flat[:size].reshape(HEIGHT, WIDTH),
        flat[size : size + half].reshape(HEIGHT // 2, WIDTH // 2),
        flat[size + half :].reshape(HEIGHT // 2, WIDTH // 2),
    )


@pytest.mark.parametrize("name", list(CURVES))
def test_every_curve_goes_from_nothing_to_all_and_never_back(name: str) -> None:
    curve = curve_named(name)
    values = [curve(step / 50) for step in range(51)]
    assert (values[0], values[-1], curve(-1.0), curve(2.0)) == (0.0, 1.0, 0.0, 1.0)
    assert all(later >= earlier for earlier, later in itertools.pairwise(values))


def test_a_curve_that_is_not_known_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(InputError, match="ease_in_out"):
        curve_named("bouncy")


@pytest.mark.parametrize("kind", list(TRANSITIONS))
def test_shares_are_whole_and_time_runs_one_way(kind: str) -> None:
    entry = TRANSITIONS[kind]
    mixes = [
        entry.draw(frame=n, duration_frames=12, curve=curve_named(entry.curve), match=ALIKE)
        for n in range(12)
    ]
    assert all(mix.before + mix.after == pytest.approx(1.0) for mix in mixes)
    afters = [mix.after for mix in mixes]
    assert afters == sorted(afters) and afters[0] < 0.1 and afters[-1] > 0.9


def test_the_joins_a_shot_can_ask_for_are_the_transitions_there_are() -> None:
    assert set(Join) - {Join.AUTOMATIC} == set(TRANSITION_KINDS)


def test_a_whip_pan_passes_every_place_once_and_is_fastest_in_the_middle() -> None:
    paths = [whip_pan(frame=n, duration_frames=10).streak for n in range(10)]
    assert paths[0] is not None and paths[0][0] == 0.0
    assert paths[-1] is not None and paths[-1][1] == TRAVEL_WIDTHS
    spans = [path[1] - path[0] for path in paths if path]
    assert spans.index(max(spans)) in (4, 5)
    assert sum(spans) == pytest.approx(TRAVEL_WIDTHS)


def test_a_whip_pan_smears_across_and_not_down(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    noise = tmp_path / "noise.png"
    Image.fromarray(rng.integers(0, 255, (90, 160, 3), dtype=np.uint8)).save(noise)
    whip = film(tmp_path, "whip_pan", 8)
    whip = replace(whip, clips=tuple(replace(clip, picture=noise) for clip in whip.clips))
    grey = seen(whip, 12 + 4).mean(axis=-1)
    across, down = np.abs(np.diff(grey, axis=1)).mean(), np.abs(np.diff(grey, axis=0)).mean()
    assert across < 0.25 * down


def test_a_whip_pan_leaves_from_one_picture_and_rests_on_the_other(tmp_path: Path) -> None:
    whip = film(tmp_path, "whip_pan", 8)
    assert np.abs(seen(whip, 12) - seen(whip, 11)).mean() < 0.06
    assert np.abs(seen(whip, 19) - seen(whip, 20)).mean() < 0.06
    levels = [float(seen(whip, number).mean()) for number in (11, 15, 16, 20)]
    assert levels == sorted(levels)


def test_a_whip_pan_turns_left_into_a_shot_that_pans_left(tmp_path: Path) -> None:
    right, left = (
        seen(film(tmp_path, "whip_pan", 8, move=move), 16)
        for move in (CameraMove.STATIC, CameraMove.PAN_LEFT)
    )
    assert right[:, -1].mean() > right[:, 0].mean()
    assert left[:, -1].mean() < left[:, 0].mean()


@pytest.mark.parametrize(("scale", "x", "y"), [(1.0, 0.06, -0.04), (1.12, -0.05, 0.03)])
def test_a_shift_and_a_scale_are_found_again(scale: float, x: float, y: float) -> None:
    """The first picture is the second one scaled about the middle and then moved."""
    second = shapes(3, (320, 180))
    size = np.array(second.shape[:2])
    centre, moved = (size - 1) / 2, np.array([y, x]) * size
    first = np.stack(
        [
            affine_transform(
                second[..., 0],
                np.full(2, 1 / scale),
                centre - (centre + moved) / scale,
                order=1,
                mode="nearest",
            )
        ]
        * 3,
        axis=-1,
    ).astype(np.float32)
    match = find_match(first, second)
    assert match.scale == pytest.approx(scale, abs=0.02)
    assert match.shift_x == pytest.approx(x, abs=0.006)
    assert match.shift_y == pytest.approx(y, abs=0.008)
    assert match.confidence > 0.8


def test_two_pictures_with_nothing_in_common_are_matched_with_little_confidence() -> None:
    noise = np.random.default_rng(2).random((2, 90, 160, 3), dtype=np.float32)
    assert find_match(noise[0], noise[1]).confidence < 0.3
    flat = np.full((90, 160, 3), 0.5, np.float32)
    assert find_match(flat, flat).confidence < 0.3


def test_matched_pictures_must_have_one_shape() -> None:
    with pytest.raises(InputError, match="must be equal"):
        find_match(shapes(1), shapes(1, (90, 90)))


@pytest.mark.parametrize("way", [0.0, 0.3, 0.8, 1.0])
def test_both_pictures_stay_on_one_another_all_the_way(way: float) -> None:
    first, second = placements(ALIKE, way)
    assert second.scale / first.scale == pytest.approx(ALIKE.scale)
    assert second.shift_x - first.shift_x == pytest.approx(ALIKE.shift_x * first.scale)
    if way in (0.0, 1.0):
        rest = first if way == 0.0 else second
        assert (rest.scale, rest.shift_x, rest.shift_y) == (1.0, 0.0, 0.0)


def test_no_edge_shows_while_both_are_seen() -> None:
    for number in range(24):
        mix = match_dissolve(frame=number, duration_frames=24, match=ALIKE)
        for share, at in ((mix.before, mix.before_at), (mix.after, mix.after_at)):
            if share:
                assert at.scale / 2 - max(abs(at.shift_x), abs(at.shift_y)) >= 0.5 - 1e-3


def test_without_a_likeness_the_pictures_dissolve_in_place() -> None:
    poor = replace(ALIKE, confidence=0.1)
    mixes = [match_dissolve(frame=n, duration_frames=24, match=poor) for n in range(24)]
    assert {(mix.before_at.scale, mix.after_at.shift_x) for mix in mixes} == {(1.0, 0.0)}


def test_a_placed_window_shows_the_picture_where_it_is_said() -> None:
    placed = placed_window(Window(0.5, 0.5, 1.2), scale=1.25, shift_x=0.1)
    assert placed.zoom == pytest.approx(1.5)
    assert placed.centre_x == pytest.approx(0.5 - 0.1 / 1.5)
    assert placed_window(Window(0.5, 0.5, 1.0), shift_x=0.3) == Window(0.5, 0.5, 1.0)


def test_matches_are_filled_in_and_survive_the_document(tmp_path: Path) -> None:
    timeline = with_matches(film(tmp_path, "match_dissolve", 8), seed=1)
    match = timeline.clips[1].match
    assert match is not None and match.confidence > 0.3
    curved = replace(timeline.clips[1], transition_curve="ease_in", handle_frames=40)
    whole = replace(timeline, clips=(timeline.clips[0], curved))
    assert timeline_from_document(timeline_to_document(whole)) == whole
    assert with_matches(timeline, seed=1) == timeline


def test_a_shot_begins_as_it_asks_and_else_as_the_scene_does() -> None:
    def shot(code: str, join: str = "", scene: bool = False) -> PlannedShot:
        picture = Path(f"{code}.png")
        return PlannedShot(code, picture, 60, CameraMove.STATIC, 0, scene, join)

    asked = [
        shot("A", "whip_pan"),
        shot("B", "whip_pan"),
        shot("C", "match_dissolve", True),
        shot("D", "cut", True),
        shot("E", "", True),
    ]
    clips = build_timeline(asked, rate=RATE, width=WIDTH, height=HEIGHT).clips
    assert [(clip.transition_in, clip.transition_in_frames) for clip in clips] == [
        ("cut", 0),
        ("whip_pan", 10),
        ("match_dissolve", 24),
        ("cut", 0),
        ("crossfade", 12),
    ]
    with pytest.raises(InputError, match="transition_in='wipe' of shot F"):
        shot("F", "wipe")


def test_shots_too_short_for_a_transition_are_cut() -> None:
    shots = [
        PlannedShot(c, Path("x.png"), 5, CameraMove.STATIC, 0, False, "whip_pan") for c in "AB"
    ]
    assert build_timeline(shots, rate=RATE, width=8, height=8).clips[1].transition_in == "cut"


@pytest.mark.parametrize(
    ("kind", "frames", "more", "rule"),
    [
        ("wipe", 4, {}, "known kind"),
        ("dip", 4, {"transition_curve": "bouncy"}, "known curve"),
        ("cut", 4, {}, "a cut has no length"),
        ("whip_pan", 2, {}, "too short"),
        ("crossfade", 13, {}, "longer than a shot"),
    ],
)
def test_a_transition_that_cannot_be_is_refused_by_its_rule(
    tmp_path: Path, kind: str, frames: int, more: dict[str, object], rule: str
) -> None:
    with pytest.raises(InputError, match=f"of shot B.*rule: {rule}"):
        film(tmp_path, kind, frames, **more)


def test_rules_of_the_shot_before(tmp_path: Path) -> None:
    from renders.engine.transitions.rules import require_transition

    timeline = film(tmp_path, "crossfade", 8)
    first, second = timeline.clips
    with pytest.raises(InputError, match=r"has 5 \(rule: handles too short\)"):
        replace(timeline, clips=(replace(first, handle_frames=5), second))
    with pytest.raises(InputError, match="rule: nothing before"):
        replace(timeline, clips=(second,))
    with pytest.raises(InputError, match=r"leaves 3 \(rule: overlap\)"):
        require_transition(
            "dip",
            frames=10,
            curve="",
            shot="B",
            shot_frames=20,
            handle_frames=None,
            free_before_frames=3,
            lead_frames=5,
        )


@pytest.mark.parametrize(
    ("words", "join"),
    [
        ("MATCH CUT TO:", Join.MATCH_DISSOLVE),
        ("DISSOLVE TO:", Join.CROSSFADE),
        ("FADE TO BLACK.", Join.DIP),
        ("SMASH CUT TO:", Join.CUT),
        ("WHIP PAN TO:", Join.WHIP_PAN),
        ("", Join.AUTOMATIC),
    ],
)
def test_a_transition_line_is_understood(words: str, join: Join) -> None:
    assert join_asked(words, is_transition=True) is join


def test_action_asks_only_for_what_no_other_words_mean() -> None:
    assert join_asked("Whip pan: Victor looks up.", is_transition=False) is Join.WHIP_PAN
    assert join_asked("She wants to cut to the chase.", is_transition=False) is Join.AUTOMATIC


def test_an_even_crossfade_is_linear() -> None:
    assert linear(0.3) == 0.3
