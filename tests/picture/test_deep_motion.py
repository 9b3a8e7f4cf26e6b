"""Every move tracked to a hundredth of a pixel; keys, depth, holes, shutter and focus."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.deepclips import DeepClips
from renders.engine.motion.deep import coded, draw_light, light_of, shutter_times
from renders.engine.motion.fill import fill_holes
from renders.engine.motion.keyframes import Key, window_of_keys
from renders.engine.motion.layers import depth_layers, flat_layer
from renders.engine.motion.spec import Motion, motion_from_document, motion_to_document
from renders.engine.motion.window import Window
from renders.engine.painting import FramePainter
from renders.engine.timeline.document import timeline_from_document, timeline_to_document
from renders.engine.timeline.model import Clip, Timeline

RATE = FrameRate.parse("24000/1001")
WIDE, TALL = 320, 180
STILL_WIDE, STILL_TALL = 400, 225
SPOTS = [(170.0, 100.0), (225.0, 130.0), (215.0, 85.0)]
NEARNESS = (1 / 7, 6 / 7, 4 / 7)
Light = npt.NDArray[np.float32]


def blobs(size: tuple[int, int] = (STILL_WIDE, STILL_TALL), sigma: float = 4.0) -> list[Light]:
    y, x = np.mgrid[0 : size[1], 0 : size[0]] + 0.5
    scale = size[0] / STILL_WIDE
    return [
        np.exp(-((x - a * scale) ** 2 + (y - b * scale) ** 2) / (2 * (sigma * scale) ** 2)).astype(
            np.float32
        )
        for a, b in SPOTS
    ]


def place(
    window: Window, spot: tuple[float, float], width: int, height: int
) -> tuple[float, float]:
    """Return where a spot of the still is seen in a frame."""
    wide = WIDE * min(STILL_WIDE / WIDE, STILL_TALL / TALL)
    tall = wide * TALL / WIDE
    across = (spot[0] - STILL_WIDE / 2) / wide - (window.centre_x - 0.5)
    down = (spot[1] - STILL_TALL / 2) / tall - (window.centre_y - 0.5)
    return (0.5 + across * window.zoom) * width, (0.5 + down * window.zoom) * height


def centroid(frame: Light, at: tuple[float, float], reach: int) -> tuple[float, float]:
    left, top = round(at[0]) - reach, round(at[1]) - reach
    part = frame[top : top + 2 * reach, left : left + 2 * reach].astype(np.float64)
    rows, columns = np.mgrid[top : top + 2 * reach, left : left + 2 * reach] + 0.5
    return float((part * columns).sum() / part.sum()), float((part * rows).sum() / part.sum())


def clips(
    folder: Path, move: CameraMove, frames: int, motion: Motion, size: tuple[int, int]
) -> DeepClips:
    made = Clip("A", folder / "none.png", frames, move, motion=motion)
    timeline = Timeline(RATE, *size, (made,))
    return DeepClips(timeline, graded=lambda _: np.zeros((TALL, WIDE, 3), np.float32), seed=5)


def tracked(
    deep: DeepClips, frames: int, *, is_apart: bool
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return where the blobs are seen and where they should be, frame by frame."""
    width, height = deep.timeline.width, deep.timeline.height
    seen, exact = [], []
    layers = [flat_layer(np.repeat(blob[..., None], 3, axis=-1))[0] for blob in blobs()]
    for number in range(frames):
        windows = deep.windows(0, number)
        each = windows if is_apart else windows * len(SPOTS)
        should = [place(w, spot, width, height) for w, spot in zip(each, SPOTS, strict=True)]
        exact.append(should)
        drawn = [
            draw_light([layer], [window], width=width, height=height)[1]
            for layer, window in zip(layers, each, strict=True)
        ]
        reach = round(26 * width / WIDE)
        seen.append([centroid(d, at, reach) for d, at in zip(drawn, should, strict=True)])
    return np.array(seen), np.array(exact)


def require_smooth(
    seen: npt.NDArray[np.float64], exact: npt.NDArray[np.float64], most: float
) -> None:
    error = seen - exact
    assert np.abs(error - error.mean(axis=0)).max() <= 0.02
    assert np.abs(np.diff(error, axis=0)).max() <= most
    way = np.diff(exact, axis=0)
    assert not ((np.diff(seen, axis=0) * np.sign(way) < -1e-3) & (np.abs(way) > 0.01)).any()


@pytest.mark.parametrize("move", list(CameraMove))
@pytest.mark.parametrize(
    ("frames", "amount", "size"), [(24, 1.0, (WIDE, TALL)), (9, 3.0, (480, 270))]
)
def test_every_move_is_smooth_at_any_speed_and_raster(
    tmp_path: Path, move: CameraMove, frames: int, amount: float, size: tuple[int, int]
) -> None:
    deep = clips(tmp_path, move, frames, Motion(amount=amount), size)
    require_smooth(*tracked(deep, frames, is_apart=False), 0.03)


@pytest.mark.parametrize(
    "move",
    [CameraMove.ORBIT_LEFT, CameraMove.DOLLY_ZOOM, CameraMove.TRUCK_RIGHT, CameraMove.PUSH_IN],
)
def test_layers_move_apart_as_smoothly(tmp_path: Path, move: CameraMove) -> None:
    depth = tmp_path / "depth.png"
    near = np.zeros((TALL, WIDE), np.uint8)
    for column, nearness in enumerate(NEARNESS):
        near[:, 100 * column : 100 * column + 60] = round(255 * nearness)
    Image.fromarray(near).save(depth)
    deep = clips(tmp_path, move, 24, Motion(depth=depth, parallax=0.6), (WIDE, TALL))
    order = [round(7 * n) for n in NEARNESS]
    inner = deep.windows
    deep.windows = lambda number, frame: tuple(  # type: ignore[method-assign]
        next(
            w
            for w, layer in zip(inner(0, frame), deep._of(0), strict=True)
            if round(7 * layer.nearness) == o
        )
        for o in order
    )
    seen, exact = tracked(deep, 24, is_apart=True)
    require_smooth(seen, exact, 0.05)
    assert np.ptp(np.diff(exact[[0, -1], :, 0], axis=0)) + np.ptp(exact[-1] - exact[0]) > 0.5


def test_in_a_dolly_zoom_what_is_in_focus_keeps_its_size_and_the_rest_grows_apart(
    tmp_path: Path,
) -> None:
    depth = tmp_path / "depth.png"
    Image.fromarray(np.tile(np.linspace(0, 255, WIDE).astype(np.uint8), (TALL, 1))).save(depth)
    motion = Motion(depth=depth, parallax=0.5, focus=5 / 7)
    deep = clips(tmp_path, CameraMove.DOLLY_ZOOM, 48, motion, (WIDE, TALL))
    first, last = deep.windows(0, 0), deep.windows(0, 47)
    ratios = [b.zoom / a.zoom for a, b in zip(first, last, strict=True)]
    depths = [layer.nearness for layer in deep._of(0)]
    at_focus = np.interp(5 / 7, depths, ratios)
    assert at_focus == pytest.approx(1.0, abs=1e-3) and ratios == sorted(ratios)
    assert ratios[0] < 0.9 and ratios[-1] > 1.05
    assert all(w.zoom >= 1.0 - 1e-9 for w in (*first, *last))


def test_layers_unmoved_are_the_still_again() -> None:
    rng = np.random.default_rng(1)
    light = rng.random((90, 160, 3), dtype=np.float32)
    y, x = np.mgrid[0:90, 0:160]
    depth = ((x + y) / 250).astype(np.float32)
    layers = depth_layers(light, depth)
    whole = draw_light(layers, [Window(0.5, 0.5, 1.0)] * len(layers), width=160, height=90)
    assert np.abs(whole.transpose(1, 2, 0) - light).max() < 1e-3


def test_what_a_near_thing_hid_is_filled_from_what_is_behind_it() -> None:
    light = np.full((90, 160, 3), 0.2, np.float32)
    light[30:60, 60:100] = (0.9, 0.0, 0.0)
    depth = np.zeros((90, 160), np.float32)
    depth[30:60, 60:100] = 1.0
    layers = depth_layers(light, depth)
    apart = [Window(0.5, 0.5, 1.0), Window(0.7, 0.5, 1.0)]
    seen = draw_light(layers, apart, width=160, height=90)
    assert np.abs(seen[:, 45, 75:95] - 0.2).max() < 0.01
    assert seen[0, 45, 45] > 0.85


def test_holes_take_the_colours_around_them_and_known_pixels_stay() -> None:
    colours = np.zeros((33, 47, 3), np.float32)
    colours[:, :20], colours[:, 27:] = 0.2, 0.6
    known = np.ones((33, 47), np.float32)
    known[:, 20:27] = 0.0
    filled = fill_holes(colours, known)
    assert np.array_equal(filled[known == 1], colours[known == 1])
    assert filled[:, 20:27].min() > 0.19 and filled[:, 20:27].max() < 0.61


def test_a_shutter_opens_about_the_frames_middle_and_looks_as_often_as_it_must() -> None:
    assert shutter_times(10, degrees=0, travel_pixels=50) == (10,)
    assert shutter_times(10, degrees=180, travel_pixels=1) == (10,)
    times = shutter_times(10, degrees=180, travel_pixels=40)
    assert len(times) == 10 and np.mean(times) == pytest.approx(10)
    assert times[-1] - times[0] == pytest.approx(0.45)
    assert len(shutter_times(10, degrees=360, travel_pixels=900)) == 16


SWING = (Key(0, 0.3, 0.5, 2.0, "linear"), Key(11, 0.7, 0.5, 2.0))


def film(folder: Path, motion: Motion, move: CameraMove = CameraMove.TRUCK_RIGHT) -> Timeline:
    still = folder / "still.png"
    pixels = np.full((180, 320, 3), 20, np.uint8)
    pixels[:, ::16] = 250
    Image.fromarray(pixels).save(still)
    return Timeline(RATE, 160, 90, (Clip("A", still, 12, move, motion=motion),))


def luma(timeline: Timeline, number: int) -> npt.NDArray[np.float64]:
    frame = FramePainter(timeline, grade={}, film_grain=0.0, seed=1).frame(number)
    return frame[: 160 * 90].reshape(90, 160).astype(float)


def test_an_open_shutter_smears_along_the_move_in_light(tmp_path: Path) -> None:
    sharp, smeared = (
        luma(film(tmp_path, Motion(SWING, shutter_degrees=degrees)), 6) for degrees in (1, 360)
    )
    assert np.abs(np.diff(smeared, axis=1)).mean() < 0.8 * np.abs(np.diff(sharp, axis=1)).mean()
    assert smeared.mean() > sharp.mean() + 3, (
        "bright lines mixed in light are brighter than in code"
    )


def test_a_shutter_over_a_still_camera_changes_nothing(tmp_path: Path) -> None:
    made = (Motion(shutter_degrees=degrees) for degrees in (1.0, 180.0))
    brief, long = (luma(film(tmp_path, motion, CameraMove.STATIC), 3) for motion in made)
    assert np.array_equal(brief, long)


def test_what_is_off_focus_is_soft_and_what_is_in_it_sharp(tmp_path: Path) -> None:
    depth = tmp_path / "depth.png"
    near = np.zeros((180, 320), np.uint8)
    near[90:] = 255
    Image.fromarray(near).save(depth)
    motion = Motion(depth=depth, focus=1.0, aperture=0.5, parallax=0.0)
    detail = np.abs(np.diff(luma(film(tmp_path, motion, CameraMove.STATIC), 0), axis=1))
    assert detail[:35].mean() < 0.5 * detail[55:].mean()


def test_keys_lead_the_window_and_hold_stays() -> None:
    keys = (Key(0, 0.4, 0.5, 2.0, "linear"), Key(10, 0.6, 0.5, 2.0, "hold"), Key(20, 0.5, 0.5, 4.0))
    assert window_of_keys(keys, frame=5).centre_x == pytest.approx(0.5)
    assert window_of_keys(keys, frame=19.9).zoom == 2.0
    assert window_of_keys(keys, frame=20).zoom == pytest.approx(4.0)
    assert window_of_keys(keys, frame=-3) == window_of_keys(keys, frame=0)
    assert window_of_keys(keys, frame=99) == window_of_keys(keys, frame=20)
    steps = [
        window_of_keys((Key(0, zoom=1.0, curve="linear"), Key(8, zoom=4.0)), frame=n).zoom
        for n in range(9)
    ]
    ratios = [b / a for a, b in itertools.pairwise(steps)]
    assert ratios == pytest.approx([ratios[0]] * 8), "a zoom of even speed grows by even ratios"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"keys": (Key(5), Key(5))}, "rising keys"),
        ({"curve": "bouncy"}, "curve='bouncy'"),
        ({"shutter_degrees": 400.0}, "from 0 to 360"),
        ({"aperture": float("nan")}, "aperture=nan"),
    ],
)
def test_a_motion_that_cannot_be_is_refused(values: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        Motion(**values)  # type: ignore[arg-type]


def test_a_key_off_the_picture_is_refused() -> None:
    for wrong in ({"frame": -1}, {"frame": 0, "zoom": 0.5}, {"frame": 0, "centre_x": 1.5}):
        with pytest.raises(InputError, match="key"):
            Key(**wrong)  # type: ignore[arg-type]


def test_a_motion_comes_back_from_its_document(tmp_path: Path) -> None:
    motion = Motion(
        (Key(0), Key(9, 0.4, 0.6, 1.5, "hold")), "ease_in", 0.7, 180.0, Path("d.png"), 0.3, 0.2, 0.1
    )
    assert motion_from_document(motion_to_document(motion)) == motion
    assert motion_to_document(Motion()) == {}
    timeline = film(tmp_path, motion)
    assert timeline_from_document(timeline_to_document(timeline)) == timeline
    with pytest.raises(InputError, match="does not fit"):
        motion_from_document({"wobble": 1})


def test_a_depth_that_is_none_is_refused(tmp_path: Path) -> None:
    cases: dict[str, npt.NDArray[np.uint8]] = {
        "must be a grey": np.zeros((180, 320, 3), np.uint8),
        "must have one shape": np.zeros((180, 180), np.uint8),
    }
    for words, pixels in cases.items():
        Image.fromarray(pixels).save(tmp_path / "depth.png")
        with pytest.raises(InputError, match=words):
            luma(film(tmp_path, Motion(depth=tmp_path / "depth.png")), 0)
    (tmp_path / "depth.png").write_bytes(b"\x89PNG broken")
    with pytest.raises(InputError, match="cannot be read"):
        luma(film(tmp_path, Motion(depth=tmp_path / "depth.png")), 0)


def test_light_and_code_are_each_others_way_back() -> None:
    pixels = np.linspace(0, 1, 3 * 40, dtype=np.float32).reshape(5, 8, 3)
    back = coded(np.ascontiguousarray(light_of(pixels).transpose(2, 0, 1)))
    assert np.abs(back - pixels).max() < 1.5e-3


def test_a_deep_clip_dissolves_like_any_other(tmp_path: Path) -> None:
    timeline = film(tmp_path, Motion(shutter_degrees=180.0))
    second = replace(
        timeline.clips[0], shot_code="B", transition_in="crossfade", transition_in_frames=6
    )
    both = replace(timeline, clips=(timeline.clips[0], second))
    assert luma(both, 14).shape == (90, 160)
