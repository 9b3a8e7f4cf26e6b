"""Weather, mood and lighting of a scene from the words of its heading and action."""

from __future__ import annotations

import re
from dataclasses import dataclass

from projects.engine.framing import Setting, TimeOfDay

WEATHER_WORDS: dict[str, tuple[str, ...]] = {
    "storm": ("storm", "thunder", "lightning", "gale"),
    "rain": ("rain", "raining", "rainy", "rains", "drizzle", "downpour", "wet", "umbrella"),
    "snow": ("snow", "snowing", "snowy", "blizzard", "sleet"),
    "fog": ("fog", "foggy", "mist", "misty", "haze"),
    "wind": ("wind", "windy", "gust"),
    "dust": ("dust", "sandstorm", "ash"),
}
"""Words that name the weather, strongest first. Source: house list."""

MOOD_WORDS: dict[str, tuple[str, ...]] = {
    "tense": (
        "tense",
        "silence",
        "silent",
        "waits",
        "stares",
        "accused",
        "witness",
        "trial",
        "verdict",
        "gun",
        "threat",
        "knife",
        "trembles",
        "still",
    ),
    "eerie": (
        "eerie",
        "whisper",
        "shadow",
        "shadows",
        "creaks",
        "dark",
        "darkness",
        "scream",
        "grave",
        "ghost",
        "hollow",
    ),
    "urgent": (
        "runs",
        "run",
        "chase",
        "races",
        "alarm",
        "explosion",
        "siren",
        "sirens",
        "hurry",
        "bolts",
        "sprints",
        "crash",
    ),
    "tender": (
        "kiss",
        "kisses",
        "smile",
        "smiles",
        "love",
        "gentle",
        "gently",
        "embrace",
        "warm",
        "laughs",
        "letter",
    ),
    "sombre": (
        "grief",
        "tears",
        "weeps",
        "funeral",
        "alone",
        "rain",
        "empty",
        "regret",
        "old",
        "lost",
        "remembers",
    ),
    "hopeful": ("hope", "sunrise", "light", "opens", "bright", "free", "breathes", "dawn"),
}
"""Words that set a mood; the mood with most of them wins, the first on a tie. Source: house list."""

LIGHT_WORDS: dict[str, tuple[str, ...]] = {
    "neon": ("neon", "signs", "sign"),
    "candlelight": ("candle", "candles"),
    "firelight": ("fire", "flames", "fireplace"),
    "moonlight": ("moon", "moonlight", "moonlit"),
    "fluorescent tubes": ("fluorescent", "tubes", "laboratory", "hospital"),
    "practical lamps": ("lamp", "lamps", "lantern", "bulb"),
    "headlights": ("headlights", "headlight"),
    "screen glow": ("screen", "screens", "monitor", "monitors"),
}
"""Words that name a light source. Source: house list."""

DEFAULT_LIGHT: dict[tuple[bool, TimeOfDay], str] = {
    (True, TimeOfDay.DAWN): "first cool light through the windows",
    (True, TimeOfDay.DAY): "soft window light",
    (True, TimeOfDay.DUSK): "low warm light through the windows",
    (True, TimeOfDay.NIGHT): "low practical lamps, deep shadows",
    (False, TimeOfDay.DAWN): "cool first light, low contrast",
    (False, TimeOfDay.DAY): "open daylight",
    (False, TimeOfDay.DUSK): "low warm sun, long shadows",
    (False, TimeOfDay.NIGHT): "street light, hard shadows",
}
"""Light where the script names none, by (inside, time). Source: house choice from common set practice."""


@dataclass(frozen=True, slots=True)
class Atmosphere:
    """Weather (empty when none is named), mood and lighting in words."""

    weather: str
    mood: str
    lighting: str


def atmosphere(words: str, *, setting: Setting, time_of_day: TimeOfDay) -> Atmosphere:
    """Return the weather, mood and lighting that a scene's words name; light falls back to the setting and time."""
    found = re.findall(r"[^\W\d_]+", words.lower())
    known = set(found)
    weather = next((name for name, names in WEATHER_WORDS.items() if known.intersection(names)), "")
    counts = {name: sum(found.count(word) for word in names) for name, names in MOOD_WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    sources = [name for name, names in LIGHT_WORDS.items() if known.intersection(names)]
    base = DEFAULT_LIGHT[(setting is Setting.INT, time_of_day)]
    lighting = ", ".join([*sources[:2], base]) if sources else base
    return Atmosphere(weather, best if counts[best] else "quiet", lighting)
