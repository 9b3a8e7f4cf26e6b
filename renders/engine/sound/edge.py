"""Lines spoken by Microsoft's online voices through the edge-tts package: off unless asked for, errors told by kind.

The package is an unofficial client of a service meant for a browser: whoever turns it on answers for its terms, and
every line leaves the house. Nothing else in Apex needs it.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from apexsite.kit.errors import BackendError, InputError
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from renders.engine.sound.level import levelled
from renders.engine.sound.voice import (
    AUDIBLE_SHARE,
    Spoken,
    SpokenLine,
    VoiceSettings,
    WordTiming,
)
from renders.engine.sound.wav import SAMPLE_RATE, read_sound, write_wav

ENGINE = "Microsoft online voice (edge-tts)"
TREATMENT = "as the service gives it, at one loudness"
TICKS = 10_000_000
"""Ticks of a second in the service's times. Source: edge-tts, constants."""
CONNECT_SECONDS, ANSWER_SECONDS = 10, 60
LEAD_SECONDS, TAIL_SECONDS = 0.05, 0.12
"""Sound kept before the first word and after the last. House choice."""

VOICES: dict[str, str] = {
    "f1": "en-US-JennyNeural", "f2": "en-GB-SoniaNeural", "f3": "en-US-AriaNeural",
    "f4": "en-US-MichelleNeural", "f5": "en-GB-LibbyNeural",
    "m1": "en-US-GuyNeural", "m2": "en-GB-RyanNeural", "m3": "en-US-ChristopherNeural",
    "m4": "en-US-EricNeural", "m5": "en-GB-ThomasNeural", "m6": "en-US-RogerNeural",
    "m7": "en-US-SteffanNeural",
}  # fmt: skip
"""A voice for each variant a character may have. House choice from the service's list."""

OWN_WORDS_PER_MINUTE, MIDDLE_PITCH, HZ_A_STEP = 165, {"f": 60, "m": 34}, 0.8
MOST_HZ, MOST_PERCENT = 20, 50
"""A pace and a pitch at which a voice is left as it is, and how far it is taken from them. House choices."""


def edge_availability() -> Availability:
    """Say whether the package is installed; the service itself is only known by asking it."""
    if importlib.util.find_spec("edge_tts") is None:
        return Availability(
            False, "the edge-tts package is not installed", "make install TIER=hosted"
        )
    return Availability(True)


def edge_voice(settings: VoiceSettings) -> tuple[str, str, str]:
    """Return voice, rate and pitch of a person as the service takes them.

    >>> edge_voice(VoiceSettings(pitch=60, words_per_minute=198, variant="f1"))
    ('en-US-JennyNeural', '+20%', '+0Hz')
    """
    variant = settings.variant
    if variant not in VOICES:
        kind = variant[:1] if variant[:1] in MIDDLE_PITCH else "f" if settings.pitch >= 47 else "m"
        variant = f"{kind}1"
    percent = round(100 * (settings.words_per_minute / OWN_WORDS_PER_MINUTE - 1))
    hertz = round((settings.pitch - MIDDLE_PITCH[variant[0]]) * HZ_A_STEP)
    hertz = max(-MOST_HZ, min(MOST_HZ, hertz)) if settings.variant else 0
    percent = max(-MOST_PERCENT, min(MOST_PERCENT, percent))
    return VOICES[variant], f"{percent:+d}%", f"{hertz:+d}Hz"


def edge_title(settings: VoiceSettings) -> str:
    """Return the name people read, such as "Microsoft online voice (edge-tts), Jenny"."""
    name = edge_voice(settings)[0].rpartition("-")[2].removesuffix("Neural")
    return f"{ENGINE}, {name}"


def speak_all_edge(
    lines: Sequence[SpokenLine], folder: Path, progress: Progress
) -> tuple[Spoken, ...]:
    """Speak lines one after the other into `folder/<name>.wav`; words are timed by the service's boundaries.

    Raises `NotAvailable` without the package, `InputError` for a text without a word, and `BackendError` with the fact
    `kind`: auth, quota, gone, refused, changed (of no use to try again), or transient, offline (of use).
    """
    edge_availability().require()
    spoken = []
    for index, line in enumerate(lines):
        if not any(character.isalnum() for character in line.text):
            raise InputError(f"text={line.text!r} of line {line.name} must hold a word to speak")
        progress.advance(index, len(lines), f"line {index + 1} of {len(lines)}")
        sound, words = asyncio.run(_asked(line))
        spoken.append(_finished(line, sound, words, folder / f"{line.name}.wav"))
    progress.advance(len(lines), len(lines), "spoken")
    return tuple(spoken)


async def _asked(line: SpokenLine) -> tuple[bytes, list[tuple[str, float, float]]]:
    """Return the MP3 of a line and its words with start and end in seconds."""
    import aiohttp
    import edge_tts
    from edge_tts.exceptions import EdgeTTSException

    voice, rate, pitch = edge_voice(line.voice)
    sound, words = bytearray(), []
    try:
        talk = edge_tts.Communicate(
            line.text,
            voice,
            rate=rate,
            pitch=pitch,
            boundary="WordBoundary",
            connect_timeout=CONNECT_SECONDS,
            receive_timeout=ANSWER_SECONDS,
        )
        async for part in talk.stream():
            if part["type"] == "audio":
                sound += part["data"]
            elif part["type"] == "WordBoundary":
                start = part["offset"] / TICKS
                words.append((part["text"], start, start + part["duration"] / TICKS))
    except (EdgeTTSException, aiohttp.ClientError, TimeoutError, OSError, ValueError) as err:
        raise _told(err) from err
    return bytes(sound), words


def _told(err: Exception) -> BackendError:
    """Return what went wrong in the house's words: its kind, and whether trying again is of use."""
    import aiohttp
    from edge_tts import exceptions as theirs

    kind, is_permanent = "transient", False
    said = str(err) or type(err).__name__
    if isinstance(err, aiohttp.ClientResponseError):
        said = f"HTTP {err.status} {err.message}"
        kind = _KINDS.get(err.status, "transient" if err.status >= 500 else "refused")
        is_permanent = kind not in ("transient", "quota")
    elif isinstance(err, theirs.SkewAdjustmentError):
        kind, is_permanent = "auth", True
    elif isinstance(err, theirs.NoAudioReceived):
        kind, is_permanent = "refused", True
    elif isinstance(err, theirs.UnknownResponse | theirs.UnexpectedResponse | ValueError):
        kind, is_permanent = "changed", True
    elif isinstance(err, aiohttp.ClientConnectorError):
        kind = "offline"
    return BackendError(f"{ENGINE}: {_MEANS[kind]} ({said})", permanent=is_permanent, kind=kind)


_KINDS = {401: "auth", 403: "auth", 404: "gone", 410: "gone", 429: "quota"}
_MEANS = {
    "auth": "it refuses this client",
    "quota": "it has had enough of us for now",
    "gone": "it is not there any more",
    "refused": "it gave no sound for this voice and text",
    "changed": "it answers in a way this edge-tts does not know; take a newer one",
    "transient": "it failed for the moment",
    "offline": "it cannot be reached from here",
}


def _finished(
    line: SpokenLine, sound: bytes, words: list[tuple[str, float, float]], out: Path
) -> Spoken:
    raw = out.with_suffix(".mp3")
    raw.write_bytes(sound)
    try:
        samples = read_sound(raw).mean(axis=1)
    except InputError as err:
        raise BackendError(
            f"{ENGINE}: what it sent is no sound", permanent=False, kind="transient"
        ) from err
    finally:
        raw.unlink()
    start, end = _audible(samples)
    clip = levelled(np.asarray(samples[start:end], np.float32))
    write_wav(clip, path=out)
    seconds, late = clip.size / SAMPLE_RATE, start / SAMPLE_RATE
    timed = tuple(
        WordTiming(text, *(min(max(0.0, at - late), seconds) for at in (begun, ended)))
        for text, begun, ended in words
    )
    title = edge_title(line.voice)
    return Spoken(out, seconds, SAMPLE_RATE, timed, title, TREATMENT)


def _audible(samples: Any) -> tuple[int, int]:
    loud = np.flatnonzero(np.abs(samples) > AUDIBLE_SHARE * float(np.abs(samples).max(initial=0.0)))
    if not loud.size:
        raise BackendError(f"{ENGINE}: it sent silence", permanent=False, kind="transient")
    start = max(0, int(loud[0]) - round(LEAD_SECONDS * SAMPLE_RATE))
    return start, min(samples.size, int(loud[-1]) + 1 + round(TAIL_SECONDS * SAMPLE_RATE))
