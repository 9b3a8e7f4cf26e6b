"""A recorded line read from a file of any common kind, whole or refused: trimmed, one channel, one loudness."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from apexsite.kit.errors import InputError
from renders.engine.sound.level import levelled
from renders.engine.sound.voice import WordTiming
from renders.engine.sound.wav import SAMPLE_RATE, Samples

MOST_BYTES, MOST_SECONDS = 64 * 1024**2, 300.0
CHANNELS: dict[int, str] = {1: "mono", 2: "stereo", 6: "5.1"}
"""Layouts that are mixed to one channel; any other has no agreed meaning."""
SILENT_PEAK = 10 ** (-60 / 20)
VOICE_BELOW_PEAK_DB = -40.0
LEAD_SECONDS, TAIL_SECONDS = 0.06, 0.15
"""Sound kept around the voice. House choice."""
WHOLE_SHARE, WHOLE_SECONDS = 0.97, 0.25
"""A file is whole if this share of what its header says can be read, or all but this much. House choice: coders pad."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded line: mono float32 at 48 kHz, what the file was, and what was cut off its start."""

    samples: Samples
    seconds: float
    file_seconds: float
    codec: str
    channels: int
    rate_hz: int
    trimmed_seconds: float


def read_recording(content: bytes, *, name: str) -> Recording:
    """Return the recording in a WAV, MP3, M4A, FLAC or Ogg file.

    Raises `InputError` for a file that is no sound, is cut off, is silent, too long, or has channels nobody can name.
    """
    if len(content) > MOST_BYTES:
        raise InputError(f"{name} is too large; at most {MOST_BYTES // 1024**2} MB are taken")
    samples, facts = _decoded(content, name)
    peak = float(np.abs(samples).max(initial=0.0))
    if peak < SILENT_PEAK:
        raise InputError(f"{name} is silent: nothing in it is louder than −60 dB of full scale")
    start, end = _voice(samples, peak)
    line = levelled(samples[start:end])
    return Recording(
        samples=line,
        seconds=line.size / SAMPLE_RATE,
        file_seconds=samples.size / SAMPLE_RATE,
        codec=facts["codec"],
        channels=facts["channels"],
        rate_hz=facts["rate"],
        trimmed_seconds=start / SAMPLE_RATE,
    )


def _decoded(content: bytes, name: str) -> tuple[Samples, dict[str, Any]]:
    import av

    facts: dict[str, Any]
    container: Any
    try:
        with av.open(io.BytesIO(content)) as container:
            if not container.streams.audio:
                raise InputError(f"{name} holds no sound")
            stream = container.streams.audio[0]
            facts = {
                "codec": stream.codec_context.name,
                "channels": stream.codec_context.channels,
                "rate": stream.codec_context.sample_rate,
            }
            _require_channels(facts["channels"], name)
            said = said_seconds(container, stream)
            if said > MOST_SECONDS:
                raise InputError(
                    f"{name} lasts {said:.0f} s; a line of at most {MOST_SECONDS:.0f} s is taken"
                )
            resampler = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)
            parts = []
            for frame in container.decode(stream):
                parts += [part.to_ndarray()[0] for part in resampler.resample(frame)]
            parts += [part.to_ndarray()[0] for part in resampler.resample(None)]
    except (av.FFmpegError, ValueError, EOFError) as err:
        raise InputError(
            f"{name} cannot be read as sound: {err}; it may be damaged or cut off. "
            "Send WAV, MP3, M4A, FLAC or Ogg"
        ) from err
    samples = np.concatenate(parts).astype(np.float32) if parts else np.zeros(0, np.float32)
    require_whole(samples.size / SAMPLE_RATE, said, content[:12], len(content), name)
    if not np.isfinite(samples).all():
        raise InputError(f"{name} holds values that are no numbers")
    return samples, facts


def _require_channels(count: int, name: str) -> None:
    if count not in CHANNELS:
        raise InputError(
            f"{name} has {count} channels; expected 1, 2 or 6 (5.1). Mix it down before you send it"
        )


def said_seconds(container: Any, stream: Any) -> float:
    """Return how long a file says its sound lasts; 0 where it does not say."""
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return float(container.duration or 0) / 1_000_000


def require_whole(found: float, said: float, head: bytes, size: int, name: str) -> None:
    """Raise `InputError` where the header promises more than can be read, or the header of a WAV more bytes than there are."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        promised = int.from_bytes(head[4:8], "little") + 8
        # Writers to a pipe leave the length open; that is no promise.
        if promised < 0xFFFFFF00 and size < promised - 1024:
            raise InputError(
                f"{name} is cut off: its header promises {promised:,} bytes, {size:,} are here"
            )
    if found < min(said * WHOLE_SHARE, said - WHOLE_SECONDS):
        raise InputError(
            f"{name} is cut off: it says it lasts {said:.1f} s, and {found:.1f} s can be read"
        )


def _voice(samples: Samples, peak: float) -> tuple[int, int]:
    loud = np.flatnonzero(np.abs(samples) > peak * 10 ** (VOICE_BELOW_PEAK_DB / 20))
    start = max(0, int(loud[0]) - round(LEAD_SECONDS * SAMPLE_RATE))
    return start, min(samples.size, int(loud[-1]) + 1 + round(TAIL_SECONDS * SAMPLE_RATE))


def words_laid(words: Sequence[WordTiming], *, seconds: float) -> tuple[WordTiming, ...]:
    """Return another voice's words stretched from its first word's start and last word's end to a recording's.

    Nobody listened to the recording: within it the words keep the other voice's proportions.
    """
    if not words:
        return ()
    first, last = words[0].start_seconds, words[-1].end_seconds
    begin, end = min(LEAD_SECONDS, seconds), max(seconds - TAIL_SECONDS, min(LEAD_SECONDS, seconds))
    scale = (end - begin) / max(last - first, 1e-6)
    return tuple(
        WordTiming(
            word.text,
            begin + (word.start_seconds - first) * scale,
            begin + (word.end_seconds - first) * scale,
        )
        for word in words
    )
