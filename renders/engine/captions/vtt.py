"""WebVTT files: written from captions with their speakers, and read back."""

from __future__ import annotations

import html
import re

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.captions.model import Caption, CaptionTrack, clock, milliseconds_at
from renders.engine.captions.srt import MOST_LETTERS, timing_read

TIMING = re.compile(
    r"^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})[ \t]+-->[ \t]+(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?:[ \t].*)?$"
)
"""Hours may be missing, settings may follow. Source: W3C WebVTT 1, "WebVTT cue timings"."""
VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")


def vtt_of(track: CaptionTrack, *, language: str = "en") -> str:
    """Return the text of a .vtt file with `<v Speaker>` on each cue that has one; save it as UTF-8.

    >>> print(vtt_of(CaptionTrack(FrameRate.parse(25), (Caption(25, 50, ("A < B",), "Judge"),))))
    WEBVTT
    Language: en
    <BLANKLINE>
    00:00:01.000 --> 00:00:02.000
    <v Judge>A &lt; B
    <BLANKLINE>
    """
    blocks = [f"WEBVTT\nLanguage: {language}\n"]
    for caption in track.captions:
        start, end = (
            clock(milliseconds_at(frame, track.rate), mark=".")
            for frame in (caption.start_frame, caption.end_frame)
        )
        said = "\n".join(html.escape(" ".join(line.split()), quote=False) for line in caption.lines)
        name = html.escape(" ".join(caption.speaker.split()), quote=False)
        voice = f"<v {name}>" if name else ""
        blocks.append(f"{start} --> {end}\n{voice}{said}\n")
    return "\n".join(blocks)


def track_from_vtt(text: str, *, rate: FrameRate) -> CaptionTrack:
    """Return the captions of a .vtt file; notes, styles, regions and settings are passed over.

    Raises `InputError` with the line's number for anything that is not WebVTT, and for captions that overlap.
    """
    if len(text) > MOST_LETTERS:
        raise InputError(f"captions of {len(text):,} letters are too long; {MOST_LETTERS:,} fit")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t].*)?$", lines[0]):
        raise InputError(f"line 1: {lines[0][:60]!r} must be WEBVTT")
    captions, at = [], 1
    while at < len(lines) and lines[at].strip():
        at += 1
    while at < len(lines):
        block_at = at
        while at < len(lines) and lines[at].strip():
            at += 1
        caption = _cue(lines[block_at:at], block_at + 1, rate)
        if caption is not None:
            captions.append(caption)
        at += 1
    return CaptionTrack(rate, tuple(captions))


def _cue(block: list[str], number: int, rate: FrameRate) -> Caption | None:
    """Return the caption of a block of lines, or None for a note, a style or an empty cue."""
    if not block or re.match(r"^(NOTE|STYLE|REGION)\b", block[0]):
        return None
    timing_at = 0 if "-->" in block[0] else 1
    if timing_at >= len(block):
        raise InputError(f"line {number}: {block[0][:60]!r} is a cue without a timing")
    start, end = timing_read(block[timing_at].strip(), TIMING, number=number + timing_at, rate=rate)
    said = block[timing_at + 1 :]
    voice = VOICE.search(" ".join(said))
    kept = tuple(
        line for line in (html.unescape(TAG.sub("", line)).strip() for line in said) if line
    )
    if not kept:
        return None
    speaker = html.unescape(voice[1]).strip() if voice else ""
    return Caption(start, max(end, start + 1), kept, speaker)
