"""The storyboard sketch obeys its brief: cast, framing, camera, light, palette, seed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from apexsite.kit.colour import decode_srgb
from apexsite.kit.errors import Cancelled
from apexsite.kit.progress import NullProgress
from characters.engine.profile import HAIR_STYLES, CharacterProfile
from projects.engine.bible import StyleBible, bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import CameraAngle, Coverage, Setting, ShotSize, TimeOfDay
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import ImageRequest, RenderedImage

PEOPLE = (
    CharacterProfile("ann_1", "Ann", gender="female", hair_style="bob", clothing="red dress"),
    CharacterProfile("bob_2", "Bob", gender="male", clothing="police uniform"),
    CharacterProfile("jud_3", "Judge Coe", role="judge", clothing="black robe", hair_style="bun"),
)
BRIEF = ShotBrief("s1", "office", "They talk", cast=("ann_1",))


def draw(
    brief: ShotBrief = BRIEF,
    *,
    bible: StyleBible | None = None,
    size: tuple[int, int] = (192, 108),
    seed: int = 7,
    variant_index: int = 0,
) -> RenderedImage:
    cast = tuple(next(p for p in PEOPLE if p.key == key) for key in brief.cast)
    request = ImageRequest(brief, cast, bible or bible_from({}), *size, seed, variant_index)
    return BACKENDS.get("storyboard").render(request, NullProgress())


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_figures_match_the_cast_in_number(count: int) -> None:
    brief = replace(BRIEF, cast=tuple(p.key for p in PEOPLE[:count]), coverage=Coverage.MASTER)
    drawn = draw(brief).parameters
    assert drawn["figure_count"] == count
    assert set(drawn["face_boxes"]) == set(brief.cast)


def test_head_height_falls_from_close_up_to_wide() -> None:
    heads = [draw(replace(BRIEF, size=s)).parameters["head_heights"]["ann_1"] for s in ShotSize]
    assert all(near > far for near, far in pairwise(heads))


def test_horizon_lies_lower_in_frame_when_the_camera_looks_up() -> None:
    low, eye, high = (
        draw(replace(BRIEF, angle=a)).parameters["horizon_y"]
        for a in (CameraAngle.LOW, CameraAngle.EYE, CameraAngle.HIGH)
    )
    assert high < eye < low


def test_longer_lens_carries_the_horizon_further_from_the_middle() -> None:
    wide, long = (
        draw(replace(BRIEF, angle=CameraAngle.HIGH, lens_mm=mm)).parameters["horizon_y"]
        for mm in (24, 85)
    )
    assert long < wide < 0.5


def test_light_side_named_in_the_brief_is_the_brighter_half() -> None:
    place = replace(BRIEF, place="plain", cast=(), setting=Setting.EXT)
    left = draw(replace(place, lighting="key from left")).pixels.mean(axis=(0, 2))
    right = draw(replace(place, lighting="key from right")).pixels.mean(axis=(0, 2))
    assert left[:96].mean() > left[96:].mean()
    assert right[:96].mean() < right[96:].mean()


def test_night_is_darker_than_day() -> None:
    place = replace(BRIEF, place="street", setting=Setting.EXT)
    day = draw(replace(place, time_of_day=TimeOfDay.DAY)).pixels
    night = draw(replace(place, time_of_day=TimeOfDay.NIGHT)).pixels
    assert decode_srgb(night / 255.0).mean() < 0.5 * decode_srgb(day / 255.0).mean()


def test_palette_follows_the_bible() -> None:
    red, blue = (
        bible_from({"color_palette": {"primary_colors": [c], "skin_tones": ["#E0AC69"]}})
        for c in ("#A02020", "#2020A0")
    )
    lean = [
        float((p[..., 0].astype(float) - p[..., 2]).mean())
        for p in (draw(bible=red).pixels, draw(bible=blue).pixels)
    ]
    assert lean[0] > lean[1] + 10


def test_same_seed_gives_the_same_bytes_and_another_a_different_picture() -> None:
    first = draw().pixels
    assert np.array_equal(first, draw().pixels)
    assert not np.array_equal(first, draw(seed=8).pixels)
    assert not np.array_equal(first, draw(variant_index=1).pixels)


def test_variants_move_the_subject_and_keep_the_cast() -> None:
    drawn = [draw(variant_index=i).parameters for i in range(3)]
    assert len({round(d["subject_point"][0], 2) for d in drawn}) == 3
    assert {d["figure_count"] for d in drawn} == {1}


def test_symmetry_rule_centres_the_first_variant() -> None:
    drawn = draw(bible=bible_from({"composition": {"rule": "symmetry"}}))
    assert abs(drawn.parameters["subject_point"][0] - 0.5) < 0.01


@pytest.mark.parametrize("coverage", list(Coverage))
def test_every_coverage_renders_in_landscape_and_portrait(coverage: Coverage) -> None:
    brief = replace(BRIEF, coverage=coverage, cast=("ann_1", "jud_3"), prop="gavel")
    assert draw(brief).pixels.shape == (108, 192, 3)
    assert draw(brief, size=(108, 192)).pixels.shape == (192, 108, 3)


@pytest.mark.parametrize("angle", list(CameraAngle))
@pytest.mark.parametrize("size", [ShotSize.ECU, ShotSize.MS, ShotSize.EWS])
def test_every_angle_renders(angle: CameraAngle, size: ShotSize) -> None:
    assert draw(replace(BRIEF, angle=angle, size=size)).pixels.std() > 3


@pytest.mark.parametrize(
    ("place", "name", "setting"),
    [
        ("Courtroom 3", "courtroom", "INT"),
        ("long corridor", "corridor", "INT"),
        ("police office", "office", "INT"),
        ("living room", "living_room", "INT"),
        ("cellar", "room", "INT"),
        ("neon street", "street", "EXT"),
        ("dark forest", "forest", "EXT"),
        ("rooftop", "rooftop", "EXT"),
        ("taxi", "car", "INT"),
        ("desert", "open_place", "EXT"),
    ],
)
def test_every_set_is_found_by_its_words(place: str, name: str, setting: str) -> None:
    brief = replace(BRIEF, place=place, setting=Setting(setting), weather="rain")
    assert draw(brief).parameters["set_name"] == name


@pytest.mark.parametrize("style", HAIR_STYLES)
def test_every_hair_style_changes_only_how_a_person_looks(style: str) -> None:
    person = replace(PEOPLE[0], hair_style=style)
    request = ImageRequest(BRIEF, (person,), bible_from({}), 192, 108, 7)
    drawn = BACKENDS.get("storyboard").render(request, NullProgress())
    assert drawn.parameters["head_heights"] == draw().parameters["head_heights"]
    assert style == "bob" or not np.array_equal(drawn.pixels, draw().pixels)


def test_cancel_stops_the_drawing() -> None:
    class Stop:
        def advance(self, done: int, total: int, message: str = "") -> None:
            if done == 1:
                raise Cancelled("stop")

    request = ImageRequest(BRIEF, PEOPLE[:1], bible_from({}), 192, 108, 7)
    with pytest.raises(Cancelled):
        BACKENDS.get("storyboard").render(request, Stop())


@pytest.mark.parametrize(("words", "name"), [("gavel", "gavel"), ("raindrop", "raindrop")])
def test_an_insert_draws_the_thing_it_names(words: str, name: str) -> None:
    brief = replace(BRIEF, coverage=Coverage.INSERT, cast=(), prop=words)
    drawn = draw(brief)
    assert drawn.parameters["prop_name"] == name
    other = draw(replace(brief, prop="something"))
    assert not np.array_equal(drawn.pixels, other.pixels)


@pytest.mark.parametrize("speaker", ["ann_1", "bob_2"])
def test_whoever_speaks_is_seen_over_the_others_shoulder(speaker: str) -> None:
    brief = replace(BRIEF, coverage=Coverage.OTS, size=ShotSize.MS, cast=("ann_1", "bob_2"))
    drawn = draw(replace(brief, speaker=speaker, dialogue="Now.")).parameters
    nearer = max(drawn["head_heights"], key=drawn["head_heights"].get)
    assert nearer != speaker
    x0, _, x1, _ = drawn["face_boxes"][speaker]
    assert x0 < drawn["subject_point"][0] * 192 < x1
