"""What each mood sounds like: tempo, chords, and how much of every instrument. All tables are house choices."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from apexsite.kit.errors import InputError

Chord = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mood:
    """Chords are semitones over the root (a MIDI note); each lasts `bars_per_chord` bars of four beats.

    `brightness_hz` is where the pads and the bass are rolled off; `plucks` the chance of a note on an eighth.
    """

    tempo_bpm: int
    root: int
    chords: tuple[Chord, ...]
    bars_per_chord: int
    brightness_hz: float
    kick: float
    bass: float
    hats: float
    pad: float
    plucks: float
    wet: float


MOODS: dict[str, Mood] = {
    "tense": Mood(
        100, 45, ((0, 3, 7, 14), (-4, 0, 3, 7), (-7, 0, 5, 8), (-5, 2, 7, 10)),
        2, 1100.0, 0.9, 0.85, 0.20, 0.62, 0.13, 0.22,
    ),
    "dark": Mood(
        84, 41, ((0, 3, 7, 12), (1, 5, 8, 12), (0, 3, 7, 10), (-4, 0, 3, 8)),
        2, 800.0, 0.95, 0.9, 0.12, 0.7, 0.07, 0.30,
    ),
    "sad": Mood(
        76, 45, ((0, 3, 7, 12), (-4, 3, 8, 12), (-9, 3, 7, 10), (-2, 2, 5, 10)),
        2, 1300.0, 0.55, 0.45, 0.07, 0.75, 0.20, 0.32,
    ),
    "hopeful": Mood(
        104, 48, ((0, 4, 7, 14), (-5, 2, 7, 11), (-3, 0, 4, 7), (-7, 0, 5, 9)),
        2, 1900.0, 0.75, 0.6, 0.22, 0.65, 0.24, 0.26,
    ),
    "bright": Mood(
        120, 50, ((0, 4, 7, 12), (-3, 0, 4, 9), (-7, 0, 5, 9), (-5, 2, 7, 11)),
        1, 2400.0, 0.85, 0.7, 0.28, 0.5, 0.30, 0.20,
    ),
}  # fmt: skip

WORDS: dict[str, tuple[str, ...]] = {
    "tense": (
        "tens",
        "suspen",
        "noir",
        "thrill",
        "urgent",
        "action",
        "anxious",
        "nervous",
        "pulse",
    ),
    "dark": ("dark", "horror", "menac", "ominous", "grim", "sinister", "dread", "brood", "myster"),
    "sad": ("sad", "sombre", "somber", "melanch", "grief", "lonel", "tender", "wistful", "quiet"),
    "hopeful": ("hope", "warm", "uplift", "inspir", "romantic", "gentle", "calm", "seren", "dream"),
    "bright": ("bright", "happy", "joy", "playful", "comed", "cheer", "light", "energetic", "fun"),
}
"""Beginnings of words that stand for a mood, so that a bible's free words find one."""

NEUTRAL = "tense"
"""Used where no word is known; the caller is told the name. A film without any mood still needs a pulse."""


def tempo_for_mood(words: str) -> tuple[str, Fraction]:
    """Return the mood that free words name and its tempo in beats a minute; unknown words give `tense`.

    The mood with most words wins, the earliest in the text on a tie.
    """
    text = words.casefold()
    best, best_rank = NEUTRAL, (0, 0)
    for mood, stems in WORDS.items():
        places = [text.find(stem) for stem in stems if stem in text]
        rank = (len(places), -min(places)) if places else (0, 0)
        if places and (best_rank == (0, 0) or rank > best_rank):
            best, best_rank = mood, rank
    return best, Fraction(MOODS[best].tempo_bpm)


def mood_named(name: str) -> Mood:
    """Return the table of a mood, or raise `InputError` with the valid names."""
    try:
        return MOODS[name]
    except KeyError:
        raise InputError(f"mood={name!r} must be one of {', '.join(MOODS)}") from None
