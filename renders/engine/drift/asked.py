"""What a bible and a brief ask of a picture's colour and light, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apexsite.kit.colour import Doubles
from projects.engine.bible import StyleBible
from projects.engine.framing import TimeOfDay
from renders.engine.scoring.palette import hex_lab
from renders.engine.scoring.style import (
    BRIGHT_MOODS,
    DARK_MOODS,
    MOOD_KEY,
    WANTED_KEY,
    WANTED_WARMTH,
)

PALETTE_CHROMA_SHARE = (0.12, 0.9)
"""Least and most mean chroma of a picture, as shares of its palette's mean chroma: most of any frame is greyer than
the paints of its palette. House choice."""

PALETTE_WARMTH_SHARE = 0.5
"""Most mean b* of a picture as a share of its palette's most: half of a frame in one paint is much. House choice."""

PALETTE_LEAN = 0.25
"""Share of the palette's mean b* that every hour of it leans by. House choice: a quarter of a frame is in its paints."""

CONTRAST_WORDS: dict[str, tuple[float, float]] = {
    "high contrast": (50.0, 100.0),
    "high-contrast": (50.0, 100.0),
    "chiaroscuro": (50.0, 100.0),
    "noir": (42.0, 100.0),
    "low contrast": (15.0, 50.0),
    "low-contrast": (15.0, 50.0),
    "flat": (15.0, 50.0),
    "pastel": (15.0, 60.0),
    "soft": (20.0, 70.0),
}
"""Range of L*, 5th to 95th percentile, that words of a look ask for; the first that is said holds. House choice."""

ANY_CONTRAST = (28.0, 92.0)
"""What is asked where no word says more: neither fog nor cut-out. House choice."""

GRAIN_CODES = 12.0
"""Sigma of luma noise in codes at a bible's film grain of 1. Source: the grade's grain, same number."""

ANY_GRAIN = 6.0
"""Noise that passes without being asked for, in codes: paper and fine stock. House choice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Targets of one picture. `colours` and `skin` are CIELAB (n, 3); pairs are least and most; the rest single numbers.

    `key` is mean L*, `warmth` mean b*, `chroma` mean C*, `contrast` L* from the 5th to the 95th percentile, `grain`
    sigma of luma noise in 8-bit codes.
    """

    colours: Doubles
    skin: Doubles
    key: float
    warmth: float
    chroma: tuple[float, float]
    contrast: tuple[float, float]
    grain: tuple[float, float]


def asked_of(bible: StyleBible, *, time_of_day: TimeOfDay, mood: str = "") -> Asked:
    """Return what a bible asks of a picture at this hour and in this mood of its scene."""
    document = bible.document
    colours = hex_lab(bible.palette)
    skin = hex_lab(document["color_palette"]["skin_tones"])
    chroma = float(np.hypot(colours[:, 1], colours[:, 2]).mean())
    grain = float(document["film_grain"]) * GRAIN_CODES
    return Asked(
        colours=colours,
        skin=skin,
        key=_key(f"{bible.mood} {mood}".casefold(), time_of_day),
        warmth=_warmth(colours, time_of_day),
        chroma=(PALETTE_CHROMA_SHARE[0] * chroma, max(4.0, PALETTE_CHROMA_SHARE[1] * chroma)),
        contrast=_contrast(document["overall_style"]),
        grain=(0.5 * grain, max(ANY_GRAIN, 1.5 * grain)),
    )


def _key(words: str, hour: TimeOfDay) -> float:
    lean = any(stem in words for stem in BRIGHT_MOODS) - any(stem in words for stem in DARK_MOODS)
    return WANTED_KEY[hour] + MOOD_KEY * lean


def _warmth(colours: Doubles, hour: TimeOfDay) -> float:
    """Return the hour's b*, leant by the palette's own and no further than it goes: a grey palette has no cool night."""
    least, most = (PALETTE_WARMTH_SHARE * end for end in (colours[:, 2].min(), colours[:, 2].max()))
    wanted = WANTED_WARMTH[hour] + PALETTE_LEAN * colours[:, 2].mean()
    return float(min(max(wanted, min(0.0, least)), max(0.0, most)))


def _contrast(style: dict[str, object]) -> tuple[float, float]:
    words = " ".join(str(value) for value in style.values()).casefold()
    return next((band for word, band in CONTRAST_WORDS.items() if word in words), ANY_CONTRAST)
