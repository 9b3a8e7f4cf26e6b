"""Exact rates: 29.97 is 30000/1001, and no frame is lost."""

from __future__ import annotations

from fractions import Fraction

import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate


@pytest.mark.parametrize(
    ("given", "fps"),
    [
        ("24000/1001", Fraction(24000, 1001)),
        ("29.97", Fraction(30000, 1001)),
        (29.97, Fraction(30000, 1001)),
        (23.976, Fraction(24000, 1001)),
        (25, Fraction(25)),
        ("60", Fraction(60)),
    ],
)
def test_a_rate_is_read_exactly(given, fps):
    assert FrameRate.parse(given).fps == fps


@pytest.mark.parametrize("given", ["", "fast", "0", "-25", "1000", "24/0"])
def test_a_rate_that_cannot_be_is_refused(given):
    with pytest.raises(InputError, match="fps"):
        FrameRate.parse(given)


def test_five_seconds_at_2997_are_150_frames_not_149():
    assert FrameRate.parse("29.97").frames_at(5) == 150


@pytest.mark.parametrize("fps", ["24000/1001", "25", "30000/1001", "60000/1001"])
def test_a_frames_own_time_is_that_frame_over_a_whole_day(fps):
    rate = FrameRate.parse(fps)
    for frame in range(0, 24 * 3600 * 60, 99_991):
        assert rate.frames_at(rate.seconds_at(frame)) == frame


def test_a_rate_is_written_as_a_fraction():
    assert str(FrameRate.parse("23.98")) == "24000/1001"
