"""Exact rates: 29.97 is 30000/1001, and no frame is lost."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from tests.drawn import STEADY


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


NTSC30, NTSC60 = FrameRate.parse("29.97"), FrameRate.parse("59.94")


@pytest.mark.parametrize(
    ("frames", "timecode"),
    [
        (0, "00:00:00;00"),
        (1799, "00:00:59;29"),
        (1800, "00:01:00;02"),
        (17981, "00:09:59;29"),
        (17982, "00:10:00;00"),
        (107892, "01:00:00;00"),
        (2589407, "23:59:59;29"),
    ],
)
def test_drop_frame_timecode_skips_two_numbers_a_minute_but_not_each_tenth(frames, timecode):
    assert NTSC30.timecode_at(frames, is_drop=True) == timecode
    assert NTSC30.frames_of(timecode) == frames


def test_a_day_of_drop_frame_timecode_is_2589408_frames_and_starts_again():
    assert NTSC30.frames_in_day(is_drop=True) == 2_589_408
    assert NTSC30.timecode_at(2_589_408, is_drop=True) == "00:00:00;00"
    assert NTSC30.timecode_at(2_592_000) == "00:00:00:00"


@STEADY
@drawn(st.integers(0, 2_589_407))
def test_each_frame_of_a_drop_frame_day_has_a_timecode_of_its_own(frame):
    assert NTSC30.frames_of(NTSC30.timecode_at(frame, is_drop=True)) == frame


@STEADY
@drawn(
    st.sampled_from(["24000/1001", "24", "25", "29.97", "30", "50", "59.94", "120"]),
    st.booleans(),
    st.integers(0, 10_367_999),
)
def test_timecode_returns_to_its_frame_at_every_rate_of_a_day(fps, is_drop, frame):
    rate = FrameRate.parse(fps)
    is_drop = is_drop and rate.can_drop
    frame %= rate.frames_in_day(is_drop=is_drop)
    timecode = rate.timecode_at(frame, is_drop=is_drop)
    assert rate.frames_of(timecode) == frame
    if frame + 1 < rate.frames_in_day(is_drop=is_drop):
        assert rate.timecode_at(frame + 1, is_drop=is_drop) > timecode


def test_a_drop_frame_clock_is_right_to_a_tenth_of_a_second_after_a_day():
    late = 86_400 - NTSC30.seconds_at(2_589_408)
    assert late == Fraction(864, 10_000)


@pytest.mark.parametrize(
    ("rate", "timecode"),
    [
        (NTSC30, "00:01:00;00"),
        (NTSC60, "00:01:00;03"),
        (NTSC30, "24:00:00:00"),
        (NTSC30, "00:00:00:30"),
        (NTSC30, "0:0:0:0"),
        (NTSC30, "00:60:00:00"),
        (FrameRate.parse(25), "00:00:00;10"),
    ],
)
def test_a_timecode_that_does_not_exist_is_refused(rate, timecode):
    with pytest.raises(InputError, match="timecode"):
        rate.frames_of(timecode)


def test_timecode_is_refused_before_zero_and_at_rates_without_one():
    with pytest.raises(InputError, match="0 or more"):
        NTSC30.timecode_at(-1)
    with pytest.raises(InputError, match="has no timecode"):
        FrameRate.parse("25/2").timecode_at(0)
    with pytest.raises(InputError, match="drop-frame"):
        FrameRate.parse("23.976").timecode_at(0, is_drop=True)
