"""The sound of a film: speech where the cut puts it, music ducked under it, one loudness, one true-peak ceiling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.sound.limiter import limited
from renders.engine.sound.loudness import integrated_lufs
from renders.engine.sound.loudness import true_peak_dbtp as measured_true_peak
from renders.engine.sound.stems import Stem, summed, write_stems
from renders.engine.sound.wav import SAMPLE_RATE, Samples, read_sound, write_wav

DUCKING_DB = -12.0
DUCK_IN_SECONDS, DUCK_OUT_SECONDS = 0.150, 0.400
"""How music makes room for speech. Source: house choice after common broadcast practice."""

MUSIC_UNDER_SPEECH_LU = -6.0
"""Loudness of the music against the speech before ducking; with it, music lies 18 LU under a line. House choice."""

MUSIC_FADE_SECONDS = 1.0
"""Fade of music that is longer than the film. House choice."""

LOUDNESS_ROUNDS = 4
"""How often gain and limiter are set again until the loudness is met. House choice."""


@dataclass(frozen=True, slots=True)
class PlacedSpeech:
    """A spoken file, the frame it starts at, and its place from −1 (left) to 1 (right)."""

    path: Path
    start_frame: int
    pan: float = 0.0

    def __post_init__(self) -> None:
        if self.start_frame < 0:
            raise InputError(f"start_frame={self.start_frame} must be 0 or more")
        if not -1.0 <= self.pan <= 1.0:
            raise InputError(f"pan={self.pan} must be from -1 to 1")


@dataclass(frozen=True, slots=True)
class MixReport:
    """The finished mix as measured again from what was written. Loudness and peak are None for silence.

    `speech_intervals` are (start, end) seconds; `ducking_db` is 0 when no music had to make room.
    """

    path: Path
    integrated_lufs: float | None
    true_peak_dbtp: float | None
    speech_intervals: tuple[tuple[float, float], ...]
    ducking_db: float
    seconds: float
    is_silent: bool
    limiting_db: float = 0.0
    speech_cut_off: tuple[int, ...] = ()
    stems: tuple[Stem, ...] = ()


def mix_film(
    *,
    length_frames: int,
    rate: FrameRate,
    speech: Sequence[PlacedSpeech],
    music: Path | None,
    out: Path,
    target_lufs: float = -16.0,
    true_peak_dbtp: float = -1.0,
    stems: Path | None = None,
) -> MixReport:
    """Mix a film's sound into a 48 kHz stereo 16-bit WAV of exactly its length; its parts go to the folder `stems`.

    Speech that runs past the film's end is cut there and its place in `speech` is named in `speech_cut_off`.
    Raises `InputError` for a length below one frame or a file that is no sound.
    """
    if length_frames < 1:
        raise InputError(f"length_frames={length_frames} must be 1 or more")
    count = samples_at(length_frames, rate)
    voices, spans, cut_off = _speech_track(speech, rate, count)
    bed = _music_track(music, count)
    has_music = bool(bed.any())
    if spans:
        voices = _at_loudness(voices, target_lufs)
        bed = _at_loudness(bed, target_lufs + MUSIC_UNDER_SPEECH_LU)
        bed = bed * duck_envelope(spans, count)[:, None]
    parts = {"dialogue": voices, "music": bed}
    mixed, reduction, gain = _finished(parts, target_lufs, true_peak_dbtp)
    write_wav(mixed, path=out)
    written = read_sound(out)
    return MixReport(
        path=out,
        integrated_lufs=integrated_lufs(written),
        true_peak_dbtp=measured_true_peak(written),
        speech_intervals=tuple((a / SAMPLE_RATE, b / SAMPLE_RATE) for a, b in spans),
        ducking_db=DUCKING_DB if spans and has_music else 0.0,
        seconds=count / SAMPLE_RATE,
        is_silent=not written.any(),
        limiting_db=reduction,
        speech_cut_off=cut_off,
        stems=write_stems(_gained(parts, gain), stems) if stems is not None else (),
    )


def samples_at(frames: int, rate: FrameRate) -> int:
    """Return the sample at which a frame begins, rounded once from the exact time."""
    return int((rate.seconds_at(frames) * SAMPLE_RATE + Fraction(1, 2)).__floor__())


def duck_envelope(spans: Sequence[tuple[int, int]], count: int) -> Samples:
    """Return the music's gain per sample: −12 dB inside each (start, end) span, ramps straight in dB around it.

    The ramp down ends where the span begins (150 ms), the ramp up begins where it ends (400 ms).
    """
    level_db = np.zeros(count, np.float32)
    ramp_in, ramp_out = (round(s * SAMPLE_RATE) for s in (DUCK_IN_SECONDS, DUCK_OUT_SECONDS))
    down = np.linspace(0.0, DUCKING_DB, ramp_in, endpoint=False, dtype=np.float32)
    up = np.linspace(DUCKING_DB, 0.0, ramp_out + 1, dtype=np.float32)[1:]
    for start, end in spans:
        first = max(0, start - ramp_in)
        shape = np.concatenate(
            [down[ramp_in - (start - first) :], np.full(end - start, DUCKING_DB, np.float32), up]
        )[: count - first]
        part = level_db[first : first + shape.size]
        np.minimum(part, shape, out=part)
    return np.asarray(10.0 ** (level_db / 20.0), np.float32)


def _speech_track(
    speech: Sequence[PlacedSpeech], rate: FrameRate, count: int
) -> tuple[Samples, list[tuple[int, int]], tuple[int, ...]]:
    track = np.zeros((count, 2), np.float32)
    spans, cut_off = [], []
    for index, placed in enumerate(speech):
        voice = read_sound(placed.path).mean(axis=1)
        start = samples_at(placed.start_frame, rate)
        end = min(count, start + voice.size)
        if end < start + voice.size:
            cut_off.append(index)
        if end <= start:
            continue
        # Constant power: both gains squared sum to 1. Source: sine law of panning.
        angle = (placed.pan + 1.0) * np.pi / 4
        gains = np.array([np.cos(angle), np.sin(angle)], np.float32)
        track[start:end] += voice[: end - start, None] * gains
        spans.append((start, end))
    return track, spans, tuple(cut_off)


def _music_track(music: Path | None, count: int) -> Samples:
    track = np.zeros((count, 2), np.float32)
    if music is None:
        return track
    sound = read_sound(music)
    stereo = sound[:, :2] if sound.shape[1] >= 2 else np.repeat(sound[:, :1], 2, axis=1)
    kept = min(count, stereo.shape[0])
    track[:kept] = stereo[:kept]
    if stereo.shape[0] > count:
        fade = min(count, round(MUSIC_FADE_SECONDS * SAMPLE_RATE))
        track[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None]
    return track


def _at_loudness(samples: Samples, target_lufs: float) -> Samples:
    found = integrated_lufs(samples)
    return samples if found is None else samples * np.float32(10 ** ((target_lufs - found) / 20))


def _finished(
    parts: Mapping[str, Samples], target_lufs: float, ceiling_dbtp: float
) -> tuple[Samples, float, float]:
    """Return the mix at its loudness and under its ceiling, the limiter's most and the gain of all parts.

    Where loudness and ceiling cannot both be had, the ceiling wins.
    """
    gain_db = 0.0

    def tried() -> tuple[Samples, float]:
        return limited(summed(_gained(parts, gain_db)), ceiling_dbtp=ceiling_dbtp)

    for _ in range(LOUDNESS_ROUNDS):
        result, reduction = tried()
        found = integrated_lufs(result)
        if found is None or abs(found - target_lufs) < 0.02:
            return result, reduction, gain_db
        gain_db += target_lufs - found
    result, reduction = tried()
    return result, reduction, gain_db


def _gained(parts: Mapping[str, Samples], gain_db: float) -> dict[str, Samples]:
    gain = np.float32(10 ** (gain_db / 20))
    return {kind: samples * gain for kind, samples in parts.items()}
