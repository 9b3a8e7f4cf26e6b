"""Captions hold every word once, stay long enough to read, keep to the frame grid and come back from their files."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.captions.align import written_words
from renders.engine.captions.burn import CaptionPainter
from renders.engine.captions.layout import CaptionRules, captions_of
from renders.engine.captions.model import Caption, CaptionTrack, Utterance, spread_words
from renders.engine.captions.srt import srt_of, track_from_srt
from renders.engine.captions.vtt import track_from_vtt, vtt_of

PAL, NTSC = FrameRate.parse(25), FrameRate.parse("24000/1001")
SPEECH = (
    "You told this court, of the envelope, nothing. Not a word in eleven years, and now you stand "
    "here and say that you had it all the time; that it lay, unopened, in your mother's kitchen?"
)


def said(text: str, start: float, end: float, speaker: str = "") -> Utterance:
    return Utterance(spread_words(text, start_seconds=start, end_seconds=end), speaker)


def words_in(track: CaptionTrack) -> list[str]:
    return " ".join(line for caption in track.captions for line in caption.lines).split()


def test_a_long_speech_is_broken_into_lines_that_can_be_read() -> None:
    track = captions_of([said(SPEECH, 2.0, 14.0)], rate=PAL, length_frames=500)
    assert words_in(track) == SPEECH.split()
    assert all(len(line) <= 42 for caption in track.captions for line in caption.lines)
    assert all(len(caption.lines) <= 2 for caption in track.captions)
    ends = [caption.lines[-1][-1] for caption in track.captions]
    assert all(end in ".?!,;" for end in ends), "breaks fall where the sentence breathes"
    assert track.captions[0].start_frame == 50


@given(
    words=st.lists(
        st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=60),
        min_size=1,
        max_size=40,
    ),
    seconds=st.floats(0.3, 30),
    rate=st.sampled_from([PAL, NTSC, FrameRate.parse("60000/1001")]),
)
def test_whatever_is_said_no_word_is_lost_and_no_two_captions_overlap(words, seconds, rate) -> None:
    text = " ".join(words)
    length = rate.frames_at(seconds + 3)
    cuts = range(0, length, 40)
    told = [said(text, 1.0, 1.0 + seconds)]
    track = captions_of(told, rate=rate, length_frames=length, cuts_frames=cuts)
    shown = " ".join(" ".join(caption.lines) for caption in track.captions)
    # Words said faster than a caption a frame cannot all be shown; thirty frames a second can.
    if seconds > len(words) / 8:
        assert shown.split() == text.split()
    assert all(caption.end_frame <= length for caption in track.captions)


def test_a_caption_stays_long_enough_and_stops_at_a_cut_nearby() -> None:
    short = captions_of([said("No.", 1.0, 1.2)], rate=PAL, length_frames=200)
    assert short.captions[0].end_frame - short.captions[0].start_frame == 21, "5/6 of a second"
    to_cut = captions_of([said("No.", 1.0, 1.2)], rate=PAL, length_frames=200, cuts_frames=[50])
    assert to_cut.captions[0].end_frame == 48, "two frames before the cut"
    from_cut = captions_of([said("No.", 1.0, 1.2)], rate=PAL, length_frames=200, cuts_frames=[20])
    assert from_cut.captions[0].start_frame == 20, "with the cut, not five frames after it"


def test_two_speakers_in_one_breath_keep_a_gap() -> None:
    track = captions_of(
        [said("Is it yours?", 1.0, 1.98, "Cho"), said("It was.", 2.0, 2.5, "Vane")],
        rate=PAL,
        length_frames=200,
    )
    first, second = track.captions
    assert (first.speaker, second.speaker) == ("Cho", "Vane")
    assert second.start_frame - first.end_frame == 2


@pytest.mark.parametrize("rate", [PAL, NTSC, FrameRate.parse("30000/1001"), FrameRate.parse(60)])
def test_srt_and_vtt_come_back_as_the_same_frames(rate) -> None:
    rules = CaptionRules(letters_per_line=20)
    told = [said(SPEECH, 3590.0, 3605.0, 'A & "B" <C>'), said("Élan, — 3 < 4!", 3606, 3608)]
    track = captions_of(told, rate=rate, length_frames=rate.frames_at(4000), rules=rules)
    assert track.captions[0].start_frame == rate.frames_at(3590)
    assert track_from_vtt(vtt_of(track), rate=rate) == track
    plain = tuple(Caption(c.start_frame, c.end_frame, c.lines) for c in track.captions)
    assert track_from_srt(srt_of(track), rate=rate).captions == plain


def test_srt_of_other_hands_is_read() -> None:
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Order.</i>\r\n\r\n\r\n"
        "2\r\n00:00:03.000 --> 00:00:04.000 X1:0\r\n{\\an8}Two\r\nlines\r\n"
    )
    first, second = track_from_srt(text, rate=PAL).captions
    assert (first.start_frame, first.end_frame, first.lines) == (25, 50, ("Order.",))
    assert second.lines == ("Two", "lines")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\n00:00:01,000 -> 00:00:02,000\nNo\n", "line 1"),
        ("1\n00:00:03,000 --> 00:00:02,000\nNo\n", "line 2.*ends before it begins"),
        ("1\n00:00:01,000 --> 00:00:09,000\nA\n\n2\n00:00:02,000 --> 00:00:03,000\nB\n", "begins before"),
    ],
)  # fmt: skip
def test_a_broken_srt_is_refused_by_line(text, said) -> None:
    with pytest.raises(InputError, match=said):
        track_from_srt(text, rate=PAL)


def test_a_broken_vtt_is_refused_by_line_and_notes_are_passed_over() -> None:
    with pytest.raises(InputError, match="line 1"):
        track_from_vtt("SRT\n", rate=PAL)
    with pytest.raises(InputError, match=r"line 3: .* without a timing"):
        track_from_vtt("WEBVTT\n\nlost\n", rate=PAL)
    text = (
        "WEBVTT\n\nNOTE --> no\n\nSTYLE\n::cue{}\n\nid\n00:01.000 --> 00:02.000 line:0\n<b>Hi</b>\n"
    )
    assert track_from_vtt(text, rate=PAL).captions == (Caption(25, 50, ("Hi",)),)


def test_written_words_keep_their_marks_and_the_times_they_were_heard() -> None:
    heard = [("You", 0.1, 0.3), ("told", 0.3, 0.6), ("of the", 0.7, 0.9), ("law", 1.0, 1.4)]
    words = written_words("“You told — of the law!”", heard, seconds=1.5, at_seconds=10)
    assert [word.text for word in words] == ["“You", "told —", "of", "the", "law!”"]
    assert words[0].start_seconds == pytest.approx(10.1)
    assert words[2].start_seconds == pytest.approx(10.7)
    assert words[4].start_seconds == pytest.approx(11.0)
    assert words[4].end_seconds == pytest.approx(11.4)


def test_a_burned_caption_is_white_on_dark_at_the_foot_and_nowhere_else() -> None:
    width, height = 640, 360
    track = CaptionTrack(PAL, (Caption(5, 10, ("Two lines of it,", "white on dark.")),))
    painter = CaptionPainter(track, width=width, height=height)
    grey = np.full((height * 3 // 2, width), 180, np.uint8)
    assert painter.onto(grey, frame=4) is grey
    assert painter.onto(grey, frame=10) is grey
    drawn = painter.onto(grey, frame=5)
    assert (grey == 180).all(), "the given frame is left as it was"
    luma = drawn[:height]
    touched = np.flatnonzero((luma != 180).any(axis=1))
    assert height * 0.75 < touched[0] and touched[-1] < height * 0.95
    assert luma.max() >= 233 and luma.min() < 90
    columns = np.flatnonzero((luma != 180).any(axis=0))
    assert abs((columns[0] + columns[-1]) / 2 - width / 2) < 4, "centred"
    chroma = drawn[height:]
    assert 128 <= chroma.min() < 135 < 180 == chroma.max(), "letters have no colour of their own"


def test_a_caption_too_wide_for_a_narrow_picture_is_set_smaller() -> None:
    line = "W" * 42
    track = CaptionTrack(PAL, (Caption(0, 5, (line,)),))
    plate = CaptionPainter(track, width=360, height=640).plate(track.captions[0])
    assert plate.white.shape[1] <= 0.9 * 360 + 2
