"""Music with beats of known place, played note for note by the instruments of a General MIDI soundfont.

The soundfont is TimGM6mb, which comes inside the `pretty_midi` wheel; `tinysoundfont` plays it. Both are of the dev tier.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from renders.engine.sound.wav import write_wav

RATE = 44_100
BLOCK = 32
"""Samples between looks at the score: a note is at most 0.7 ms late."""
KICK, SNARE, HAT, OPEN_HAT, RIDE, CRASH = 36, 38, 42, 46, 51, 49
DRUM_CHANNEL = 9


def soundfont() -> Path | None:
    """Return where the soundfont lies, or None where the dev tier is not installed."""
    if importlib.util.find_spec("tinysoundfont") is None:
        return None
    found = importlib.util.find_spec("pretty_midi")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).with_name("TimGM6mb.sf2")
    return path if path.is_file() else None


@dataclass(frozen=True, slots=True)
class Style:
    """How a band plays: drums by eighths of a bar of four, programmes of bass and chords, swing as a share of a beat."""

    name: str
    kick: Sequence[int]
    snare: Sequence[int]
    hats: Sequence[int]
    bass: int = 33
    chords: int = 4
    swing: float = 0.5
    has_drums: bool = True
    beats_a_bar: int = 4


STYLES = {
    style.name: style
    for style in (
        Style("rock", (0, 4), (2, 6), range(8)),
        Style("four on the floor", (0, 2, 4, 6), (2, 6), (1, 3, 5, 7), bass=38, chords=81),
        Style("swing", (0,), (), (0, 2, 3, 4, 6, 7), bass=32, chords=0, swing=0.66),
        Style("ballad", (0, 5), (4,), (0, 2, 4, 6), chords=48),
        Style("piano alone", (), (), (), has_drums=False, chords=0, bass=0),
        Style("waltz", (0,), (2, 4), range(6), chords=21, bass=32, beats_a_bar=3),
    )
}
PROGRESSION = ((45, (57, 60, 64)), (41, (57, 60, 65)), (48, (55, 60, 64)), (43, (55, 59, 62)))


def beats_of(
    *, tempo_bpm: float, seconds: float, first: float = 0.37, ramp: float = 0.0
) -> list[float]:
    """Return when each beat falls; `ramp` is how much faster the end is than the start, as a share."""
    beats, at = [], first
    while at < seconds - 1.0:
        beats.append(at)
        at += 60 / (tempo_bpm * (1 + ramp * at / seconds))
    return beats


def played(
    style: Style, beats: Sequence[float], *, seconds: float, out: Path, seed: int = 1
) -> Path:
    """Write the track as a mono WAV at 44.1 kHz; notes fall on the beats and between them as the style has it."""
    import tinysoundfont

    notes = _notes(style, beats, np.random.default_rng(seed))
    synth = tinysoundfont.Synth(gain=-6, samplerate=RATE)
    font = synth.sfload(str(soundfont()))
    synth.program_select(0, font, 0, style.bass)
    synth.program_select(1, font, 0, style.chords)
    synth.program_select(DRUM_CHANNEL, font, 128, 0, True)
    count, at, sound = round(seconds * RATE), 0, []
    events = sorted(notes)
    while at < count:
        while events and events[0][0] * RATE <= at:
            _, channel, key, velocity = events.pop(0)
            if velocity:
                synth.noteon(channel, key, velocity)
            else:
                synth.noteoff(channel, key)
        sound.append(np.frombuffer(synth.generate(BLOCK), np.float32).reshape(-1, 2).mean(axis=1))
        at += BLOCK
    samples = np.concatenate(sound)
    write_wav(samples / max(1.0, float(np.abs(samples).max()) * 1.05), path=out, sample_rate=RATE)
    return out


def _notes(
    style: Style, beats: Sequence[float], rng: np.random.Generator
) -> list[tuple[float, int, int, int]]:
    notes: list[tuple[float, int, int, int]] = []

    def note(at: float, channel: int, key: int, velocity: float, lasts: float) -> None:
        human = int(np.clip(velocity + rng.normal(0, 5), 20, 127))
        notes.extend([(at, channel, key, human), (at + lasts, channel, key, 0)])

    gaps = np.diff([*beats, beats[-1] + (beats[-1] - beats[-2])])
    for number, (beat, gap) in enumerate(zip(beats, gaps, strict=True)):
        place, bar = number % style.beats_a_bar, number // style.beats_a_bar
        root, chord = PROGRESSION[bar % 4]
        if style.has_drums:
            for half in (0, 1):
                eighth, at = 2 * place + half, beat + half * gap * style.swing
                for key, wanted, velocity in (
                    (KICK, style.kick, 112),
                    (SNARE, style.snare, 104),
                    (HAT, style.hats, 74),
                ):
                    if eighth in wanted:
                        note(at, DRUM_CHANNEL, key, velocity, 0.1)
            if place == 0 and bar % 8 == 0:
                note(beat, DRUM_CHANNEL, CRASH, 96, 0.3)
        note(beat, 0, root - 12 + (7 if place % 2 else 0), 92, gap * 0.8)
        if place % 2 == 0:
            for key in chord:
                note(beat, 1, key, 76, gap * 1.7)
        elif not style.has_drums:
            note(beat + gap / 2, 1, chord[2] + 12, 62, gap * 0.4)
            note(beat, 1, chord[1], 66, gap * 0.9)
    return notes
