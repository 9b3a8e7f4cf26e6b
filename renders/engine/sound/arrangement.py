"""Where the notes of a bed go: a quiet beginning, a build, the whole band, and a last chord that rings out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from renders.engine.sound import instruments
from renders.engine.sound.moods import Mood
from renders.engine.sound.wav import SAMPLE_RATE, Samples

BEATS_PER_BAR = 4
BASS_PATTERN = (0, 0, 7, 0, 12, 0, 7, 3)
"""Semitones over the chord's root on the eight eighths of a bar; 3 becomes the chord's own third. House choice."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Times of a bed: `beats` are whole beats that fit, `ring_beat` the first beat of the last chord."""

    tempo_bpm: Fraction
    count: int
    beats: int
    ring_beat: int

    def sample_of(self, beat: Fraction | int) -> int:
        """Return the sample of a beat, rounded once from its exact time."""
        return int(Fraction(beat) * 60 / self.tempo_bpm * SAMPLE_RATE + Fraction(1, 2))

    def strength(self, beat: Fraction | int) -> float:
        """Return how much of the band plays at a beat, 0.25 at the start to 1 from a third of the way on."""
        return min(1.0, 0.25 + 0.75 * float(beat) / max(1.0, self.ring_beat / 3))


def plan_of(*, tempo_bpm: Fraction, count: int) -> Plan:
    """Return the plan of a bed of `count` samples; its last bar or so (at most a quarter) rings out."""
    beats = -(-count * tempo_bpm.numerator // (60 * SAMPLE_RATE * tempo_bpm.denominator))
    ring = max(beats - min(2 * BEATS_PER_BAR - 3, beats // 4), 1)
    return Plan(tempo_bpm, count, int(beats), int(ring))


def drums(plan: Plan, mood: Mood, generator: np.random.Generator) -> tuple[Samples, Samples]:
    """Return kick and hats as mono tracks; the kick sounds on every beat up to the last chord."""
    kicks, hats = np.zeros(plan.count, np.float32), np.zeros(plan.count, np.float32)
    kick, hat = instruments.kick(), instruments.hat(generator)
    for beat in range(plan.ring_beat + 1):
        accent = 1.0 if beat % BEATS_PER_BAR == 0 else 0.86
        _add(kicks, kick * np.float32(mood.kick * accent), plan.sample_of(beat))
        if beat < plan.ring_beat and plan.strength(beat) > 0.5:
            # Louder on the beat than between, so that a listener and a tracker hear the same pulse.
            _add(hats, hat * np.float32(mood.hats), plan.sample_of(beat))
            off = plan.sample_of(Fraction(2 * beat + 1, 2))
            _add(hats, hat * np.float32(mood.hats * 0.4 * generator.uniform(0.7, 1.0)), off)
    return kicks, hats


def bass_line(plan: Plan, mood: Mood) -> Samples:
    """Return the bass ostinato in eighths, mono; it enters after the first bar and ends on the last root."""
    track = np.zeros(plan.count, np.float32)
    eighth = float(30 / plan.tempo_bpm)
    notes: dict[int, Samples] = {}
    for step in range(2 * BEATS_PER_BAR, 2 * plan.ring_beat):
        beat = Fraction(step, 2)
        chord = chord_at(mood, beat)
        offset = BASS_PATTERN[step % 8]
        offset = chord[1] - chord[0] if offset == 3 else offset
        note = mood.root - 12 + chord[0] % 12 - (12 if chord[0] % 12 > 6 else 0) + offset
        if note not in notes:
            notes[note] = instruments.bass(
                note, seconds=eighth * 0.95, brightness_hz=mood.brightness_hz
            )
        accent = 1.0 if step % 2 == 0 else 0.55
        gain = np.float32(mood.bass * accent * (0.45 + 0.55 * plan.strength(beat)))
        _add(track, notes[note] * gain, plan.sample_of(beat))
    last = instruments.bass(
        mood.root - 12, seconds=eighth * 6, brightness_hz=mood.brightness_hz * 0.7
    )
    _add(track, last * np.float32(mood.bass), plan.sample_of(plan.ring_beat))
    return track


def pads(plan: Plan, mood: Mood) -> Samples:
    """Return the chords as a stereo track; neighbours overlap by half a beat, the last is the first chord again."""
    track = np.zeros((plan.count, 2), np.float32)
    span = mood.bars_per_chord * BEATS_PER_BAR
    beat = 0
    while beat < plan.ring_beat:
        following = min(beat + span, plan.ring_beat)
        _chord(track, plan, mood, chord_at(mood, beat), beat, Fraction(2 * following + 1, 2))
        beat = following
    _chord(track, plan, mood, mood.chords[0], plan.ring_beat, Fraction(plan.beats + 4))
    return track


def _chord(
    track: Samples, plan: Plan, mood: Mood, chord: tuple[int, ...], start: int, end: Fraction
) -> None:
    begin = plan.sample_of(start)
    seconds = (plan.sample_of(end) - begin) / SAMPLE_RATE
    for index, offset in enumerate(chord):
        note = instruments.pad(
            mood.root + 12 + offset, seconds=seconds, brightness_hz=mood.brightness_hz, start=index
        )
        _add(track, note * np.float32(mood.pad / len(chord)), begin)


def plucks(plan: Plan, mood: Mood, generator: np.random.Generator) -> Samples:
    """Return sparse electric-piano notes of the chord as a stereo track, and one high note at the end."""
    track = np.zeros((plan.count, 2), np.float32)
    last = 0
    for step in range(2 * BEATS_PER_BAR, 2 * plan.ring_beat):
        beat = Fraction(step, 2)
        draw, pick, side, force = generator.random(4)
        if draw > mood.plucks * plan.strength(beat):
            continue
        tones = [mood.root + 24 + tone for tone in chord_at(mood, beat)]
        # The next note lies near the last one: a line, not a scatter.
        tones.sort(key=lambda tone: abs(tone - (last or mood.root + 28)))
        last = tones[1 + int(pick * 2) if last in tones else int(pick * 2)]
        note = instruments.electric_piano(last, velocity=0.35 + 0.4 * force)
        place = np.array([1.0 - 0.6 * side, 0.4 + 0.6 * side], np.float32)
        _add(track, note[:, None] * place, plan.sample_of(beat))
    end = instruments.electric_piano(mood.root + 24 + mood.chords[0][-1], velocity=0.5)
    _add(track, np.repeat(end[:, None], 2, axis=1), plan.sample_of(plan.ring_beat))
    return track


def chord_at(mood: Mood, beat: Fraction | int) -> tuple[int, ...]:
    """Return the chord that sounds at a beat."""
    bar = int(beat) // BEATS_PER_BAR
    return mood.chords[bar // mood.bars_per_chord % len(mood.chords)]


def _add(track: Samples, sound: Samples, start: int) -> None:
    kept = max(0, min(sound.shape[0], track.shape[0] - start))
    track[start : start + kept] += sound[:kept]
