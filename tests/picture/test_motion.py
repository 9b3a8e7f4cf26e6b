"""The camera moves: smooth to a hundredth of a pixel, never backwards, never off the picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from apexsite.kit.errors import InputError
from projects.engine.framing import CameraMove
from renders.engine.motion.easing import sine_in_out, smoothstep
from renders.engine.motion.moves import window_at
from renders.engine.motion.resample import Drawn, Finish, draw_plane
from renders.engine.motion.taps import chroma_axis, luma_axis, taps_of

WIDE, TALL = 320, 180


def finish(gain: float = 1.0) -> Finish:
    """No grain, and a dither plate of zeros: plain rounding."""
    plate = np.zeros((TALL, WIDE), np.int8)
    return Finish(16.0, 0.0, 255.0, gain, plate, 0.0, (0, 0), plate, (0, 0))


def drawn(plane: npt.NDArray[np.uint16], start: float, length: float) -> npt.NDArray[np.uint8]:
    """Draw a window of a plane whose shape is that of the frame."""
    scale = TALL / WIDE
    rows = luma_axis(start=start * scale, length=length * scale, samples=TALL)
    columns = luma_axis(start=start, length=length, samples=WIDE)
    layer = Drawn(
        plane,
        taps_of(rows, samples=TALL, limit=plane.shape[0]),
        taps_of(columns, samples=WIDE, limit=plane.shape[1]),
    )
    out = np.empty((TALL, WIDE), np.uint8)
    draw_plane((layer,), finish=finish(), out=out)
    return out


def blob_field(spots: list[tuple[float, float]]) -> npt.NDArray[np.uint16]:
    """A still of 400 × 225 with Gaussian blobs on black."""
    y, x = np.mgrid[0:225, 0:400] + 0.5
    field = sum(np.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * 5.0**2)) for a, b in spots)
    return np.asarray(200 * 256 * field, np.uint16)


def centroid(frame: npt.NDArray[np.uint8], x: float, y: float) -> tuple[float, float]:
    """Where the blob near a place is, in pixels."""
    left, top = round(x) - 22, round(y) - 22
    part = frame[top : top + 44, left : left + 44].astype(float)
    rows, columns = np.mgrid[top : top + 44, left : left + 44] + 0.5
    return float((part * columns).sum() / part.sum()), float((part * rows).sum() / part.sum())


@pytest.fixture(scope="module")
def tracked() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Blobs tracked over forty frames of an eased zoom and pan, and where they should have been."""
    spots = [(160.0, 100.0), (230.0, 130.0), (260.0, 90.0)]
    plane = blob_field(spots)
    seen, exact = [], []
    for number in range(40):
        eased = sine_in_out(number / 39)
        length, start = 380.0 - 45.0 * eased, 4.0 + 40.0 * eased
        frame = drawn(plane, start, length)
        should = [
            ((x - start) * WIDE / length, (y - start * TALL / WIDE) * WIDE / length)
            for x, y in spots
        ]
        exact.append(should)
        seen.append([centroid(frame, *place) for place in should])
    return np.array(seen), np.array(exact)


def test_jitter_stays_within_two_hundredths_of_a_pixel(tracked) -> None:  # type: ignore[no-untyped-def]
    """Source of the bound: the measured 0.009 px of an exact-phase cubic, doubled for a small raster."""
    seen, exact = tracked
    error = seen - exact
    assert np.abs(error - error.mean(axis=0)).max() <= 0.02
    assert np.abs(error.mean(axis=0)).max() <= 0.02


def test_a_move_never_steps_backwards(tracked) -> None:  # type: ignore[no-untyped-def]
    seen, exact = tracked
    way = np.diff(exact, axis=0)
    backwards = (np.diff(seen, axis=0) * np.sign(way) < -1e-3) & (np.abs(way) > 0.01)
    assert not backwards.any()


def test_a_window_of_the_same_size_gives_the_same_pixels() -> None:
    plane = np.random.default_rng(1).integers(16, 236, (TALL, WIDE)).astype(np.uint16) * 256
    assert np.array_equal(drawn(plane, 0.0, float(WIDE)), plane // 256)


def test_a_flat_plane_stays_flat_to_its_very_edges() -> None:
    plane = np.full((225, 400), 100 * 256, np.uint16)
    assert set(np.unique(drawn(plane, 0.0, 400.0))) == {100}


def test_shrinking_averages_a_fine_chequer_instead_of_aliasing() -> None:
    y, x = np.mgrid[0:720, 0:1280]
    plane = np.asarray(((x + y) % 2) * 200 * 256, np.uint16)
    out = drawn(plane, 0.0, 1280.0)[20:-20, 20:-20]
    assert abs(int(out.min()) - 100) <= 2
    assert abs(int(out.max()) - 100) <= 2


def test_taps_sum_to_one_even_over_the_edge() -> None:
    taps = taps_of(luma_axis(start=-1.5, length=70.0, samples=50), samples=50, limit=64)
    assert np.allclose(taps.weights.sum(axis=0), 1.0, atol=1e-6)
    assert int(taps.first.max()) + taps.weights.shape[0] <= 64


def test_a_source_too_small_to_be_shrunk_is_refused() -> None:
    with pytest.raises(InputError, match="too small"):
        taps_of(luma_axis(start=0, length=6.0, samples=2), samples=2, limit=6)


def test_left_sited_chroma_lies_on_the_even_luma_column_and_between_two_rows() -> None:
    luma = luma_axis(start=0.0, length=64.0, samples=64)
    assert chroma_axis(luma, is_left_sited=True).origin == pytest.approx(0.25)
    assert chroma_axis(luma, is_left_sited=False).origin == pytest.approx(0.5)


@pytest.mark.parametrize("move", list(CameraMove))
@pytest.mark.parametrize("duration", [1, 2, 17, 400])
def test_no_move_leaves_the_picture(move: CameraMove, duration: int) -> None:
    for frame in range(-2, duration + 3):
        window = window_at(move, frame=frame, duration_frames=duration, seed=7)
        half = 0.5 / window.zoom
        assert half - 1e-12 <= window.centre_x <= 1 - half + 1e-12
        assert half - 1e-12 <= window.centre_y <= 1 - half + 1e-12
        assert 1.0 <= window.zoom <= 1.2


@pytest.mark.parametrize("move", [m for m in CameraMove if m is not CameraMove.STATIC])
def test_a_move_starts_and_ends_gently_and_goes_one_way(move: CameraMove) -> None:
    windows = [window_at(move, frame=f, duration_frames=97, seed=3) for f in range(97)]
    for name in ("zoom", "centre_x", "centre_y"):
        steps = np.diff([getattr(window, name) for window in windows])
        if np.abs(steps).max() > 1e-9:
            assert (steps >= -1e-12).all() or (steps <= 1e-12).all()
            assert abs(steps[0]) < 0.2 * np.abs(steps).max()
            assert abs(steps[-1]) < 0.2 * np.abs(steps).max()


def test_a_static_shot_stands_still_and_shows_the_whole_picture() -> None:
    windows = {window_at(CameraMove.STATIC, frame=f, duration_frames=50, seed=f) for f in range(50)}
    assert [(w.centre_x, w.centre_y, w.zoom) for w in windows] == [(0.5, 0.5, 1.0)]


def test_pan_right_looks_further_right_and_tilt_down_further_down() -> None:
    right = window_at(CameraMove.PAN_RIGHT, frame=95, duration_frames=96, seed=0)
    down = window_at(CameraMove.TILT_DOWN, frame=95, duration_frames=96, seed=0)
    assert right.centre_x > 0.52
    assert down.centre_y > 0.52


def test_a_move_of_no_frames_is_refused() -> None:
    with pytest.raises(InputError, match="duration_frames=0"):
        window_at(CameraMove.ZOOM_IN, frame=0, duration_frames=0, seed=0)


@pytest.mark.parametrize("curve", [sine_in_out, smoothstep])
def test_easing_goes_from_nothing_to_all_through_the_middle(curve) -> None:  # type: ignore[no-untyped-def]
    assert [curve(t) for t in (-1.0, 0.0, 1.0, 2.0)] == [0.0, 0.0, 1.0, 1.0]
    assert curve(0.5) == pytest.approx(0.5)
