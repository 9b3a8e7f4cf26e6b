"""A music bed made by Apex's own synthesis: seeded, 48 kHz stereo, with beats whose times are known exactly."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from apexsite.kit.errors import InputError
from apexsite.kit.seeds import seed_mix
from renders.engine.sound import arrangement
from renders.engine.sound.moods import Mood, mood_named
from renders.engine.sound.moods import tempo_for_mood as tempo_for_mood
from renders.engine.sound.plate import plate
from renders.engine.sound.wav import SAMPLE_RATE, Samples, write_wav

SLOWEST_BPM, FASTEST_BPM = 50, 180
LONGEST_SECONDS = 1800.0
PEAK_DBFS = -3.0
LAST_FADE_SECONDS = 1.2


@dataclass(frozen=True, slots=True)
class MusicBed:
    """A made piece: 48 kHz stereo 16-bit WAV and the exact time of every beat in it, from 0."""

    path: Path
    beats_seconds: tuple[float, ...]
    tempo_bpm: Fraction
    mood: str
    seconds: float
    sample_rate: int = SAMPLE_RATE


def beat_times(*, tempo_bpm: Fraction | int, seconds: float) -> tuple[Fraction, ...]:
    """Return the exact times in seconds of all beats before `seconds`; beat k lies at k × 60 / tempo."""
    tempo = _checked_tempo(tempo_bpm)
    count = int(-(-Fraction(seconds) * tempo // 60))
    return tuple(k * 60 / tempo for k in range(count))


def compose_bed(
    *, mood: str, tempo_bpm: Fraction | int, seconds: float, seed: int, out: Path
) -> MusicBed:
    """Compose a bed of exactly `seconds` into a WAV; same arguments, same bytes.

    Raises `InputError` for an unknown mood, a tempo outside 50–180 or a length outside 1–1800 s.
    """
    tempo = _checked_tempo(tempo_bpm)
    table = mood_named(mood)
    if not 1.0 <= seconds <= LONGEST_SECONDS:
        raise InputError(f"seconds={seconds:g} must be from 1 to {LONGEST_SECONDS:g}")
    count = round(seconds * SAMPLE_RATE)
    samples = _mixed(table, arrangement.plan_of(tempo_bpm=tempo, count=count), seed)
    write_wav(samples, path=out)
    beats = tuple(float(beat) for beat in beat_times(tempo_bpm=tempo, seconds=seconds))
    return MusicBed(out, beats, tempo, mood, count / SAMPLE_RATE)


def _checked_tempo(tempo_bpm: Fraction | int) -> Fraction:
    tempo = Fraction(tempo_bpm)
    if not SLOWEST_BPM <= tempo <= FASTEST_BPM:
        raise InputError(f"tempo_bpm={tempo} must be from {SLOWEST_BPM} to {FASTEST_BPM}")
    return tempo


def _mixed(mood: Mood, plan: arrangement.Plan, seed: int) -> Samples:
    rng = [np.random.default_rng(seed_mix(seed, part)) for part in ("drums", "plucks", "plate")]
    kicks, hats = arrangement.drums(plan, mood, rng[0])
    bass = arrangement.bass_line(plan, mood)
    chords = arrangement.pads(plan, mood) * _pumping(plan)[:, None]
    notes = arrangement.plucks(plan, mood, rng[1])
    dry = chords * np.float32(0.9) + notes * np.float32(0.24)
    dry += (kicks * np.float32(0.8) + bass * np.float32(0.34))[:, None]
    dry += hats[:, None] * np.array([0.75, 1.0], np.float32) * np.float32(0.55)
    sent = chords * np.float32(0.7) + notes * np.float32(0.35) + hats[:, None] * np.float32(0.1)
    mixed = dry + plate(sent, generator=rng[2]) * np.float32(mood.wet * 3.0)
    fade = min(plan.count, round(LAST_FADE_SECONDS * SAMPLE_RATE))
    mixed[-fade:] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)[:, None] ** 2
    peak = float(np.abs(mixed).max())
    return np.asarray(mixed * np.float32(10 ** (PEAK_DBFS / 20) * 0.999 / peak), np.float32)


def _pumping(plan: arrangement.Plan) -> Samples:
    """Return a gain that dips the pads by a third at each kick and lets them back within a quarter second."""
    gain = np.ones(plan.count, np.float32)
    dip = 1.0 - 0.35 * np.exp(-np.arange(round(0.25 * SAMPLE_RATE)) / (0.07 * SAMPLE_RATE))
    for beat in range(plan.ring_beat):
        start = plan.sample_of(beat)
        part = gain[start : start + dip.size]
        np.minimum(part, dip[: part.size].astype(np.float32), out=part)
    return gain
