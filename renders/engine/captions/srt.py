"""SubRip files: written from captions, and read back with a fault that names the line."""

from __future__ import annotations

import re

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.captions.model import (
    Caption,
    CaptionTrack,
    clock,
    frame_at_milliseconds,
    milliseconds_at,
)

TIMING = re.compile(
    r"^(\d{1,3}):([0-5]\d):([0-5]\d)[,.](\d{3})[ \t]*-->[ \t]*(\d{1,3}):([0-5]\d):([0-5]\d)[,.](\d{3})(?:[ \t].*)?$"
)
"""`HH:MM:SS,mmm --> HH:MM:SS,mmm`. Source: the form SubRip writes; a point for the comma is common and taken."""
TAG = re.compile(r"</?(?:b|i|u|font[^>]*)>|\{\\[^}]*\}", re.IGNORECASE)
MOST_LETTERS = 8_000_000


def srt_of(track: CaptionTrack) -> str:
    """Return the text of an .srt file, numbered from 1, lines ended by a bare newline; save it as UTF-8.

    SubRip has no speakers, so they are left out; an arrow in the text is written `->`, which no reader mistakes.

    >>> srt_of(CaptionTrack(FrameRate.parse(25), (Caption(25, 50, ("Order.",)),)))
    '1\\n00:00:01,000 --> 00:00:02,000\\nOrder.\\n'
    """
    blocks = []
    for number, caption in enumerate(track.captions, 1):
        start, end = (
            clock(milliseconds_at(frame, track.rate), mark=",")
            for frame in (caption.start_frame, caption.end_frame)
        )
        lines = "\n".join(" ".join(line.split()).replace("-->", "->") for line in caption.lines)
        blocks.append(f"{number}\n{start} --> {end}\n{lines}\n")
    return "\n".join(blocks)


def track_from_srt(text: str, *, rate: FrameRate) -> CaptionTrack:
    """Return the captions of an .srt file; tags of style are dropped.

    Raises `InputError` with the line's number for anything that is not SubRip, and for captions that overlap.
    """
    if len(text) > MOST_LETTERS:
        raise InputError(f"captions of {len(text):,} letters are too long; {MOST_LETTERS:,} fit")
    captions = []
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        # The running number is left out by some writers and never needed.
        if lines[at].strip().isdecimal() and at + 1 < len(lines) and "-->" in lines[at + 1]:
            at += 1
        start, end = timing_read(lines[at].strip(), TIMING, number=at + 1, rate=rate)
        at += 1
        said = []
        while at < len(lines) and lines[at].strip():
            said.append(TAG.sub("", lines[at]).strip())
            at += 1
        kept = tuple(line for line in said if line)
        if kept:
            captions.append(Caption(start, max(end, start + 1), kept))
    return CaptionTrack(rate, tuple(captions))


def timing_read(
    line: str, pattern: re.Pattern[str], *, number: int, rate: FrameRate
) -> tuple[int, int]:
    """Return the two frames of a timing line, or raise `InputError` with the line's number."""
    found = pattern.match(line)
    if not found:
        raise InputError(
            f"line {number}: {line[:60]!r} is no timing; expected 00:00:01,000 --> 00:00:02,000"
        )
    parts = [int(part or 0) for part in found.groups()]
    times = [
        ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
        for hours, minutes, seconds, rest in (parts[:4], parts[4:])
    ]
    if times[1] <= times[0]:
        raise InputError(f"line {number}: the caption ends before it begins: {line[:60]!r}")
    return frame_at_milliseconds(times[0], rate), frame_at_milliseconds(times[1], rate)
