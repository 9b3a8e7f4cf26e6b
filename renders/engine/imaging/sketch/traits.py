"""What the words about a person and a mood mean for a drawing: garment, build, face."""

from __future__ import annotations

import re
from dataclasses import dataclass

from characters.engine.profile import CharacterProfile

_GARMENTS: tuple[tuple[str, str], ...] = (
    ("robe", r"robe|gown of|vestment|judicial"),
    ("uniform", r"uniform|officer|police|guard|military|badge|bailiff"),
    ("coat", r"coat|trench|parka|raincoat|cloak|mac\b"),
    ("dress", r"dress|gown|skirt|blouse"),
    ("suit", r"suit|blazer|tie|attire|professional|jacket|formal|tuxedo|waistcoat"),
    ("casual", r"."),
)
"""First match wins. House choice."""

_BUILDS: tuple[tuple[str, float], ...] = (
    (r"slim|slender|thin|lean|petite|skinny|slight", 0.88),
    (r"heavy|stocky|large|broad|burly|fat|stout|big", 1.24),
    (r"athletic|muscular|fit|strong", 1.1),
)


@dataclass(frozen=True, slots=True)
class Mood:
    """Face controls: `curve` −1 frown to +1 smile; `tilt` −1 worried to +1 angry brows; `open_eyes` 0.5 to 1.4."""

    curve: float = 0.0
    tilt: float = 0.0
    open_eyes: float = 1.0


_MOODS: tuple[tuple[str, Mood], ...] = (
    (r"angr|furi|rage|fierce|menac|hostil|threat", Mood(-0.55, 0.9, 0.85)),
    (r"fear|afraid|terrif|horror|panic|shock|scared|dread", Mood(-0.45, -0.8, 1.4)),
    (r"sad|grie|sorrow|weep|melanchol|mourn|lonel|tear", Mood(-0.6, -0.75, 0.8)),
    (r"surpris|astonish|stunn|amaz", Mood(-0.1, -0.35, 1.4)),
    (r"joy|happ|cheer|smil|delight|warm|hope|laugh|playful|triumph", Mood(0.8, -0.15, 0.95)),
    (r"tense|stern|suspic|ominous|determin|cold|resol|serious|grave|sober", Mood(-0.25, 0.5, 0.88)),
    (r"worr|anxi|nervous|uneas|doubt", Mood(-0.3, -0.6, 1.1)),
    (r"calm|seren|gentle|tender|quiet|composed", Mood(0.18, -0.05, 0.92)),
)


def garment_of(profile: CharacterProfile) -> str:
    """Return the garment of a person: robe, uniform, coat, dress, suit or casual."""
    words = f"{profile.clothing} "
    if re.search(r"\bjudge|magistrate", f"{profile.role} {profile.name}", re.I) and not re.search(
        r"casual|coat|pyjama", words, re.I
    ):
        return "robe"
    return next(name for name, rule in _GARMENTS if re.search(rule, words, re.I))


def build_of(profile: CharacterProfile) -> float:
    """Return the width of a person beside the average one."""
    for rule, width in _BUILDS:
        if re.search(rule, profile.build, re.I):
            return width
    return 1.0


def is_woman(profile: CharacterProfile) -> bool:
    """Say whether the figure gets the narrower shoulders of the female mean."""
    return bool(re.search(r"\b(f|female|woman|girl|she)\b", profile.gender, re.I))


def mood_of(*texts: str) -> Mood:
    """Return the face of the first text that names a feeling; a level face when none does."""
    for text in texts:
        for rule, mood in _MOODS:
            if re.search(rule, text, re.I):
                return mood
    return Mood()
