"""What words ask of light and mood, and how near a picture comes: the parts of the style score that are read from words."""

from __future__ import annotations

import numpy as np

from renders.engine.scoring.card import SubScore
from renders.engine.scoring.views import Views

LIGHT_WORDS: dict[str, tuple[float, float]] = {
    "low key": (40.0, 100.0),
    "low-key": (40.0, 100.0),
    "high key": (10.0, 60.0),
    "high-key": (10.0, 60.0),
    "chiaroscuro": (50.0, 100.0),
    "noir": (45.0, 100.0),
    "hard": (42.0, 100.0),
    "harsh": (45.0, 100.0),
    "dramatic": (42.0, 100.0),
    "rim": (38.0, 100.0),
    "soft": (18.0, 70.0),
    "diffuse": (12.0, 60.0),
    "overcast": (12.0, 58.0),
    "flat": (10.0, 50.0),
}
"""Range of L*, 5th to 95th percentile, that words for light ask for; the first said holds. House choice."""
ANY_LIGHT = (25.0, 92.0)

MOODS: dict[str, tuple[str, float, float, float]] = {
    "tens": ("tense", -6.0, 4.0, -6.0),
    "dark": ("dark", -10.0, 4.0, -6.0),
    "noir": ("noir", -12.0, 8.0, -12.0),
    "menac": ("menacing", -10.0, 6.0, -6.0),
    "grim": ("grim", -8.0, 2.0, -12.0),
    "sombre": ("sombre", -7.0, -2.0, -10.0),
    "sad": ("sad", -4.0, -4.0, -10.0),
    "brood": ("brooding", -8.0, 3.0, -8.0),
    "quiet": ("quiet", 0.0, -4.0, -4.0),
    "calm": ("calm", 2.0, -5.0, -2.0),
    "hope": ("hopeful", 6.0, 0.0, 5.0),
    "joy": ("joyful", 8.0, 2.0, 12.0),
    "happy": ("happy", 8.0, 2.0, 12.0),
    "playful": ("playful", 7.0, 2.0, 14.0),
    "tender": ("tender", 4.0, -5.0, 2.0),
    "warm": ("warm", 4.0, -2.0, 6.0),
    "bright": ("bright", 9.0, 0.0, 6.0),
}
"""Stem → mood, and how it leans mean L*, spread of L* and chroma beside an ordinary frame. Source: directions after Valdez
and Mehrabian, "Effects of Color on Emotions" (1994): pleasure rises with brightness and saturation; sizes: house choice."""

ORDINARY = (45.0, 19.0, 18.0)
"""Mean L*, spread of L*, mean chroma of a frame without a mood. House choice, the middle of films' stills."""
REACH = (16.0, 9.0, 14.0)


def light_score(views: Views, words: str) -> SubScore:
    """Return how near the range of tones comes to what words for light ask; without such words, to any sound light."""
    low, high = np.percentile(views.light, (5, 95))
    span = float(high - low)
    folded = words.casefold()
    word = next((word for word in LIGHT_WORDS if word in folded), "")
    least, most = LIGHT_WORDS.get(word, ANY_LIGHT)
    off = max(0.0, least - span, span - most)
    told = f"range of L* {span:.0f}, asked {least:.0f} to {most:.0f}"
    return SubScore(
        "lighting", float(np.exp(-((off / 14.0) ** 2))), f"{told} ({word or 'any light'})"
    )


def mood_score(views: Views, words: str, *, key: float) -> SubScore:
    """Return how near brightness, contrast and colour lean to a mood's; None where no known mood is asked for.

    `key` is the mean L* the hour alone asks for: a sad noon is darker than a noon, not than a night.
    """
    folded = words.casefold()
    found = [lean for stem, lean in MOODS.items() if stem in folded]
    if not found:
        return SubScore("mood", None, "no mood is asked for that is known")
    lean = np.mean([one[1:] for one in found], axis=0)
    chroma = float(np.hypot(views.lab[..., 1], views.lab[..., 2]).mean())
    seen = np.array([float(views.light.mean()), float(views.light.std()), chroma])
    wanted = np.array([key, *ORDINARY[1:]]) + lean
    off = (seen - wanted) / np.array(REACH)
    # Leaning further than asked, the way it was asked, is no fault of the mood.
    off = np.where(np.sign(off) == np.sign(lean), 0.5 * off, off)
    value = float(np.exp(-0.5 * np.mean(off**2)))
    return SubScore(
        "mood",
        value,
        f"{', '.join(one[0] for one in found)}: L* {seen[0]:.0f}, spread {seen[1]:.0f}, chroma {seen[2]:.0f}",
    )
