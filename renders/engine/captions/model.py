"""A caption and a film's captions as frozen values on the frame grid."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate

MS_IN_SECOND = 1000


class CaptionMode(StrEnum):
    """How a film carries its captions: not at all, as a track one may switch off, or drawn into the picture."""

    NONE = "none"
    TRACK = "track"
    BURNED = "burned"


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word as written and when it is heard, in seconds from the film's start."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one person says in one go: words in order, rising in time."""

    words: tuple[TimedWord, ...]
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """One or two lines of text from `start_frame` up to, not with, `end_frame`."""

    start_frame: int
    end_frame: int
    lines: tuple[str, ...]
    speaker: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start_frame < self.end_frame:
            raise InputError(
                f"caption from frame {self.start_frame} to {self.end_frame} must begin at 0 or later "
                "and end after it begins"
            )
        if not self.lines or not all(line.strip() for line in self.lines):
            raise InputError(
                f"caption at frame {self.start_frame} must have text on each of its lines"
            )


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    """A film's captions in order; no two are up at the same time."""

    rate: FrameRate
    captions: tuple[Caption, ...]

    def __post_init__(self) -> None:
        for before, after in itertools.pairwise(self.captions):
            if after.start_frame < before.end_frame:
                raise InputError(
                    f"caption at frame {after.start_frame} begins before the one ending at "
                    f"{before.end_frame}"
                )

    def at(self, frame: int) -> Caption | None:
        """Return the caption that is up at a frame, or None."""
        for caption in self.captions:
            if caption.start_frame <= frame < caption.end_frame:
                return caption
        return None


def milliseconds_at(frame: int, rate: FrameRate) -> int:
    """Return when a frame begins, in whole milliseconds, halves up."""
    return int((rate.seconds_at(frame) * MS_IN_SECOND + Fraction(1, 2)).__floor__())


def frame_at_milliseconds(milliseconds: int, rate: FrameRate) -> int:
    """Return the frame nearest to a time; the inverse of `milliseconds_at` below 500 frames a second."""
    return rate.frames_at(Fraction(milliseconds, MS_IN_SECOND))


def clock(milliseconds: int, *, mark: str) -> str:
    """Return `HH:MM:SS` and three digits after `mark`: a comma for SRT, a point for WebVTT."""
    seconds, rest = divmod(milliseconds, MS_IN_SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{rest:03d}"


def spread_words(text: str, *, start_seconds: float, end_seconds: float) -> tuple[TimedWord, ...]:
    """Return a text's words laid evenly by their letters between two times, where nobody measured them."""
    words = text.split()
    weights = [len(word) + 1 for word in words]
    ends = list(itertools.accumulate(weights))
    span = end_seconds - start_seconds
    times = [start_seconds + span * end / ends[-1] for end in ends] if ends else []
    starts = [start_seconds, *times[:-1]]
    return tuple(
        TimedWord(word, start, end) for word, start, end in zip(words, starts, times, strict=True)
    )


def words_moved(words: Sequence[TimedWord], *, by_seconds: float) -> tuple[TimedWord, ...]:
    """Return words later by a time."""
    return tuple(
        TimedWord(word.text, word.start_seconds + by_seconds, word.end_seconds + by_seconds)
        for word in words
    )
