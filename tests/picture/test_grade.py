"""The grade and the film's colours: identities exact, known numbers, refusals that name the value."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.colour import (
    adaptation_matrix,
    daylight_xy,
    decode_srgb,
    delta_e_2000,
    encode_srgb,
    lab_of_srgb,
    white_xy,
)
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Floats3
from renders.engine.grading.colourspace import planes_of, rgb_of_frame
from renders.engine.grading.grain import noise_offsets, noise_plates
from renders.engine.grading.primary import GRADE_IDENTITY, grade_picture


@pytest.fixture
def picture() -> Floats3:
    return np.random.default_rng(5).random((24, 40, 3), dtype=np.float32)


def test_the_identity_grade_returns_equal_pixels(picture: Floats3) -> None:
    for grade in ({}, GRADE_IDENTITY):
        graded = grade_picture(picture, grade=grade)
        assert np.array_equal(graded, picture)
        assert graded is not picture


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exposure_stops", 0.7),
        ("contrast_percent", 15.0),
        ("brightness_percent", 5.0),
        ("saturation_percent", -30.0),
        ("temperature_kelvin", 3200.0),
        ("tint", 20.0),
        ("gamma", 1.2),
    ],
)
def test_every_parameter_changes_the_picture_and_keeps_shape_and_range(
    picture: Floats3, name: str, value: float
) -> None:
    graded = grade_picture(picture, grade={name: value})
    assert graded.shape == picture.shape
    assert graded.dtype == np.float32
    assert graded.min() >= 0
    assert graded.max() <= 1
    assert np.abs(graded - picture).max() > 0.02


def test_one_stop_doubles_the_light() -> None:
    grey = np.full((2, 2, 3), float(encode_srgb(0.18)), np.float32)
    graded = grade_picture(grey, grade={"exposure_stops": 1.0})
    assert np.allclose(decode_srgb(graded), 0.36, atol=1e-4)


def test_saturation_of_minus_hundred_is_grey_of_the_same_luma(picture: Floats3) -> None:
    graded = grade_picture(picture, grade={"saturation_percent": -100.0})
    assert np.allclose(graded[..., 0], picture @ [0.2126, 0.7152, 0.0722], atol=1e-5)
    assert np.allclose(graded[..., 0], graded[..., 2], atol=1e-6)


def test_a_higher_temperature_warms_and_plus_tint_is_magenta() -> None:
    grey = np.full((1, 1, 3), 0.5, np.float32)
    warm = grade_picture(grey, grade={"temperature_kelvin": 8000.0})[0, 0]
    cool = grade_picture(grey, grade={"temperature_kelvin": 3200.0})[0, 0]
    magenta = grade_picture(grey, grade={"tint": 60.0})[0, 0]
    assert warm[0] > warm[2]
    assert cool[2] > cool[0]
    assert magenta[1] < min(magenta[0], magenta[2])


def test_contrast_leaves_its_pivot_alone() -> None:
    pivot = np.full((1, 1, 3), 0.435, np.float32)
    assert np.allclose(grade_picture(pivot, grade={"contrast_percent": 80.0}), 0.435, atol=1e-6)


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ({"warmth": 1.0}, "valid: exposure_stops"),
        ({"gamma": 0.0}, "grade.gamma=0.0 must be from 0.1"),
        ({"tint": float("nan")}, "grade.tint=nan"),
        ({"temperature_kelvin": 100.0}, "grade.temperature_kelvin"),
    ],
)
def test_a_grade_that_cannot_be_used_is_refused_by_name(
    picture: Floats3, grade: dict[str, float], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        grade_picture(picture, grade=grade)


def test_white_of_5600_kelvin_is_the_published_one_and_adapting_to_itself_is_nothing() -> None:
    assert daylight_xy(5600.0) == pytest.approx((0.330164, 0.345546), abs=2e-6)
    assert np.array_equal(adaptation_matrix(white_xy(4100.0), white_xy(4100.0)), np.eye(3))


def test_the_locus_does_not_jump_between_black_body_and_daylight() -> None:
    whites = np.array([white_xy(kelvin) for kelvin in range(3500, 5600, 10)])
    assert np.abs(np.diff(whites, axis=0)).max() < 0.002


def test_delta_e_2000_gives_the_published_pairs() -> None:
    """Source: Sharma et al. (2005), test data, pairs 1, 7 and 25."""
    one = [[50.0, 2.6772, -79.7751], [50.0, 0.0, 0.0], [60.2574, -34.0099, 36.2677]]
    other = [[50.0, 0.0, -82.7485], [50.0, -1.0, 2.0], [60.4626, -34.1751, 39.4387]]
    assert delta_e_2000(one, other) == pytest.approx([2.0425, 2.3669, 1.2644], abs=1e-4)


def test_srgb_light_goes_there_and_back() -> None:
    values = np.linspace(-0.2, 1.2, 500, dtype=np.float32)
    assert np.allclose(encode_srgb(decode_srgb(values)), values, atol=2e-6)


def test_colours_survive_the_films_planes() -> None:
    """Flat colours: only 8-bit rounding remains."""
    rng = np.random.default_rng(2)
    for colour in rng.random((20, 3)):
        flat = np.broadcast_to(np.asarray(colour, np.float32), (4, 6, 3)).copy()
        planes = planes_of(flat)
        codes = [
            ((plane.astype(int) + 128) // 256).astype(np.uint8)
            for plane in (planes.y, planes.cb, planes.cr)
        ]
        back = rgb_of_frame(*codes)
        assert delta_e_2000(lab_of_srgb(back[0, 0]), lab_of_srgb(flat[0, 0])) < 1.3


def test_black_and_white_are_at_16_and_235_and_odd_sides_are_kept() -> None:
    planes = planes_of(np.ones((5, 7, 3), np.float32))
    assert set(np.unique(planes.y // 256)) == {235}
    assert planes.cb.shape == (3, 4)
    assert int(planes_of(np.zeros((2, 2, 3), np.float32)).y[0, 0]) // 256 == 16


def test_grain_is_as_strong_as_asked_and_the_same_for_the_same_seed() -> None:
    one = noise_plates(width=64, height=36, film_grain=0.5, seed=9)
    other = noise_plates(width=64, height=36, film_grain=0.5, seed=9)
    assert np.array_equal(one.grain, other.grain)
    assert float(one.grain.std()) * one.grain_codes == pytest.approx(6.0, rel=0.02)
    assert not np.array_equal(
        one.dither, noise_plates(width=64, height=36, film_grain=0.5, seed=8).dither
    )
    assert len({noise_offsets(frame=frame, seed=9) for frame in range(50)}) == 50


def test_grain_beyond_one_is_refused() -> None:
    with pytest.raises(InputError, match=r"film_grain=1\.5"):
        noise_plates(width=8, height=8, film_grain=1.5, seed=0)
