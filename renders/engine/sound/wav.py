"""Reading sound files as float arrays at one rate, and writing 16-bit WAV that is the same bytes every time."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError

Samples = npt.NDArray[np.float32]

SAMPLE_RATE = 48_000
"""The rate of all sound of a film. Source: SMPTE ST 299 / EBU R 83 practice, 48 kHz with picture."""


def write_wav(samples: Samples, *, path: Path, sample_rate: int = SAMPLE_RATE) -> None:
    """Write float samples [−1, 1], shape (n,) or (n, channels), as 16-bit PCM; values outside are clipped."""
    columns = samples[:, None] if samples.ndim == 1 else samples
    whole = np.rint(np.clip(columns, -1.0, 1.0) * np.float32(32767.0)).astype("<i2")
    with wave.open(str(path), "wb") as stream:
        stream.setnchannels(columns.shape[1])
        stream.setsampwidth(2)
        stream.setframerate(sample_rate)
        stream.writeframes(whole.tobytes())


def write_float_wav(samples: Samples, *, path: Path, sample_rate: int = SAMPLE_RATE) -> None:
    """Write float samples, shape (n,) or (n, channels), as they are: 32-bit float, values outside [−1, 1] kept.

    Source: Multimedia Programming Interface 1.0, RIFF WAVE; format tag 3 and its `fact` chunk, Microsoft's "New
    Multimedia Data Types", 1994.
    """
    columns = samples[:, None] if samples.ndim == 1 else samples
    frames, channels = columns.shape
    body = columns.astype("<f4").tobytes()
    form = struct.pack("<HHIIHHH", 3, channels, sample_rate, sample_rate * channels * 4,
                       channels * 4, 32, 0)  # fmt: skip
    chunks = b"fmt " + struct.pack("<I", len(form)) + form
    chunks += b"fact" + struct.pack("<II", 4, frames) + b"data" + struct.pack("<I", len(body))
    head = b"RIFF" + struct.pack("<I", 4 + len(chunks) + len(body)) + b"WAVE"
    path.write_bytes(head + chunks + body)


def read_sound(path: Path, *, sample_rate: int = SAMPLE_RATE) -> Samples:
    """Return a sound file as float32 (n, channels) at `sample_rate`, resampled where it has another.

    Raises `InputError` when the file is missing or no sound.
    """
    import soundfile

    try:
        samples, found_rate = soundfile.read(str(path), dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError, RuntimeError) as err:
        raise InputError(f"sound={path.name!r} cannot be read as sound: {err}") from err
    return resampled(samples, found_rate=int(found_rate), sample_rate=sample_rate)


def resampled(samples: Samples, *, found_rate: int, sample_rate: int) -> Samples:
    """Return samples (n, channels) at another rate, by a polyphase low-pass of scipy's default window."""
    if found_rate == sample_rate or samples.shape[0] == 0:
        return samples
    from scipy.signal import resample_poly

    return np.asarray(resample_poly(samples, sample_rate, found_rate, axis=0), np.float32)
