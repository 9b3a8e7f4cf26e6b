"""Stage 4 and auto balance: each does what its name says, no more, at any size of the picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from apexsite.kit.colour import decode_srgb, encode_srgb
from apexsite.kit.pixels import Floats3, png_bytes, to_bytes
from apexsite.kit.timecode import FrameRate
from projects.engine.framing import CameraMove
from renders.engine.grading.balance import auto_balance
from renders.engine.grading.colourspace import rgb_of_frame
from renders.engine.grading.finishing import finish_still, frame_still
from renders.engine.grading.grade import grade_from
from renders.engine.grading.stills import FilmGrades
from renders.engine.grading.vignette import vignette_sides
from renders.engine.painting import FramePainter
from renders.engine.timeline.model import Clip, Timeline


@pytest.fixture
def picture() -> Floats3:
    """Return a dark ground with a lamp, a sharp edge and a colour."""
    pixels = np.full((72, 128, 3), 0.12, np.float32)
    pixels[30:36, 60:68] = 1.0
    pixels[:, :20] = (0.6, 0.4, 0.3)
    return pixels


def test_at_the_identity_stage_four_hands_the_same_pixels_on(picture: Floats3) -> None:
    assert finish_still(picture, grade=grade_from({})) is picture
    assert frame_still(picture, grade=grade_from({})) is picture


def test_halation_glows_red_about_the_lamp_and_nowhere_else(picture: Floats3) -> None:
    glow = finish_still(picture, grade=grade_from({"halation": 1.0})) - picture
    beside = glow[33, 70]
    assert beside[0] > 0.02
    assert beside[0] > 3 * beside[1] > 0
    assert beside[2] == pytest.approx(0, abs=1e-6)
    assert np.abs(glow[:, :20]).max() < 1e-5
    dark = np.full((20, 30, 3), 0.5, np.float32)
    assert np.allclose(finish_still(dark, grade=grade_from({"halation": 1.0})), dark, atol=1e-6)


def test_colour_fringes_part_red_and_blue_outwards_and_leave_green(picture: Floats3) -> None:
    wide = np.zeros((40, 2000, 3), np.float32)
    wide[:, 1600:] = 1.0
    fringed = finish_still(wide, grade=grade_from({"chromatic_aberration": 2.0}))
    edge = [float(np.interp(0.5, fringed[20, 1590:1611, c], np.arange(21))) for c in range(3)]
    assert np.array_equal(fringed[..., 1], wide[..., 1])
    assert edge[0] - edge[1] == pytest.approx(1.2, abs=0.2)  # 600 px from the middle × 2 ‰
    assert edge[2] - edge[1] == pytest.approx(-1.2, abs=0.2)


def test_sharpening_steepens_edges_moves_no_colour_and_leaves_flat_ground(picture: Floats3) -> None:
    sharp = finish_still(picture, grade=grade_from({"sharpening": 1.0}))
    moved = sharp - picture
    assert np.abs(moved[60:, 40:]).max() < 1e-6
    assert moved.max() > 0.005
    assert np.abs(moved).max() <= 0.061
    inner = (sharp > 0) & (sharp < 1)
    inside = inner.all(axis=-1)
    assert np.ptp(moved[inside], axis=-1).max() < 1e-5


def test_a_vignette_takes_that_much_light_from_the_corners_and_none_from_the_middle() -> None:
    rows, columns = vignette_sides(height=1081, width=1921, amount=0.3)
    light = (rows[:, None] * columns) ** 2.4
    assert light[540, 960] == pytest.approx(1.0, abs=1e-5)
    assert light[0, 0] == pytest.approx(0.7, abs=0.001)
    assert light[-1, -1] == pytest.approx(light[0, 0])


def test_grain_of_a_still_is_as_strong_as_the_films_seeded_and_grey() -> None:
    grey = np.full((60, 80, 3), 0.5, np.float32)
    grade = grade_from({"film_grain": 0.5})
    one = frame_still(grey, grade=grade, seed=4)
    assert np.array_equal(one, frame_still(grey, grade=grade, seed=4))
    assert not np.array_equal(one, frame_still(grey, grade=grade, seed=4, frame=1))
    assert np.ptp(one, axis=-1).max() < 1e-6
    assert float(one.std()) * 219 == pytest.approx(6.0, rel=0.15)


def test_auto_balance_finds_the_light_a_grey_room_was_lit_by() -> None:
    rng = np.random.default_rng(3)
    grey = np.repeat(rng.uniform(0.1, 0.7, (40, 50, 1)), 3, axis=2)
    for cast in ((1.15, 1.0, 0.8), (0.85, 1.0, 1.25), (1.0, 1.1, 1.0)):
        lit = encode_srgb(np.clip(grey * np.array(cast), 0, 1) * 0.8)
        numbers = auto_balance(lit)
        balanced = FilmGrades.read({**numbers, "exposure_stops": 0.0}).graded(lit, shot_code="a")
        mean = decode_srgb(balanced).mean(axis=(0, 1))
        assert np.ptp(mean) / mean.mean() < 0.03, (cast, numbers)
    flat = auto_balance(np.zeros((4, 4, 3), np.float32))
    assert (flat["temperature_kelvin"], flat["tint"]) == (5600.0, 0.0)


def test_auto_balance_leaves_coloured_things_and_full_lights_alone() -> None:
    wood = np.full((10, 10, 3), (0.35, 0.18, 0.1), np.float32)
    assert auto_balance(wood)["temperature_kelvin"] == 5600.0
    bright = np.full((10, 10, 3), 0.94, np.float32)
    assert auto_balance(bright)["exposure_stops"] <= 0.0


def _timeline(folder: Path, grey: float = 0.5) -> Timeline:
    still = folder / "still.png"
    still.write_bytes(png_bytes(to_bytes(np.full((90, 160, 3), grey, np.float32))))
    first = Clip("a", still, 6, CameraMove.STATIC)
    second = Clip("b", still, 6, CameraMove.STATIC, "crossfade", 4)
    return Timeline(FrameRate.parse(25), 160, 90, (first, second))


def _luma(painter: FramePainter, frame: int) -> np.ndarray:
    return painter.frame(frame)[: 160 * 90].reshape(90, 160).astype(float)


def test_a_film_grades_every_shot_by_itself_and_mixes_them_in_a_crossfade(tmp_path: Path) -> None:
    grades = FilmGrades.read({}, {"b": {"exposure_stops": -1.0}})
    painter = FramePainter(_timeline(tmp_path), grade=grades, seed=1)
    before, within, after = (_luma(painter, frame).mean() for frame in (2, 7, 11))
    assert after < within < before
    alone = FramePainter(_timeline(tmp_path), grade={"exposure_stops": -1.0}, seed=1)
    assert np.array_equal(alone.frame(11), painter.frame(11))


def test_a_films_vignette_and_grain_lie_on_the_frame_and_follow_the_shot(tmp_path: Path) -> None:
    grades = FilmGrades.read({"vignette": 0.6}, {"b": {"film_grain": 0.5}})
    painter = FramePainter(_timeline(tmp_path), grade=grades, seed=1)
    first, last = _luma(painter, 2), _luma(painter, 11)
    wanted = (first[45, 80] - 16) * 0.4 ** (1 / 2.4)
    assert first[0, 0] - 16 == pytest.approx(wanted, abs=2.5)
    assert first.std(axis=0)[80] > 2
    assert abs(last[:9, :9].mean() - last[40:50, 75:85].mean()) < 4
    assert last.std() > 3.5
    size = 160 * 90
    half = painter.frame(2)[size : size + 80 * 45].reshape(45, 80)
    assert set(np.unique(half)) <= {127, 128, 129}  # greys stay grey in the corners


def test_a_whip_pan_has_the_vignette_of_its_shots(tmp_path: Path) -> None:
    timeline = _timeline(tmp_path)
    clips = (timeline.clips[0], replace(timeline.clips[1], transition_in="whip_pan"))
    painter = FramePainter(
        replace(timeline, clips=clips), grade=FilmGrades.read({"vignette": 0.6}), seed=1
    )
    swept = _luma(painter, 8)
    assert painter.frame(8).shape == painter.frame(2).shape
    assert swept[0, 0] < swept[45, 80] - 30


def test_a_frame_shows_what_the_still_shows(tmp_path: Path) -> None:
    """The preview of the page and the film agree."""
    grade = {"vignette": 0.4, "contrast_percent": 20.0, "temperature_kelvin": 6500.0}
    grades = FilmGrades.read(grade)
    painter = FramePainter(_timeline(tmp_path, 0.6), grade=grades, seed=1)
    planes = painter.frame(1)
    y = planes[: 160 * 90].reshape(90, 160)
    cb, cr = planes[160 * 90 :].reshape(2, 45, 80)
    grey = np.full((90, 160, 3), 153 / 255, np.float32)
    shown = frame_still(grades.graded(grey, shot_code="a"), grade=grades.film)
    assert np.abs(rgb_of_frame(y, cb, cr) - shown).max() < 0.02
