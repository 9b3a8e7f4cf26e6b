"""The third criterion: the picture against the look of the bible and the mood and hour of the brief."""

from __future__ import annotations

import numpy as np

from projects.engine.bible import StyleBible
from projects.engine.brief import ShotBrief
from projects.engine.framing import TimeOfDay
from renders.engine.scoring.card import Criterion, SubScore, mean_of
from renders.engine.scoring.intent import light_score, mood_score
from renders.engine.scoring.palette import hex_lab, palette_distance
from renders.engine.scoring.views import Views, ramp

WANTED_KEY: dict[TimeOfDay, float] = {
    TimeOfDay.DAWN: 45.0,
    TimeOfDay.DAY: 58.0,
    TimeOfDay.DUSK: 38.0,
    TimeOfDay.NIGHT: 24.0,
}
"""Mean L* that reads as the hour. House choice."""

WANTED_WARMTH: dict[TimeOfDay, float] = {
    TimeOfDay.DAWN: 2.0,
    TimeOfDay.DAY: 2.0,
    TimeOfDay.DUSK: 10.0,
    TimeOfDay.NIGHT: -8.0,
}
"""Mean b* (+ warm, − cool) that reads as the hour. House choice."""

DARK_MOODS = ("tens", "dark", "noir", "sombre", "sad", "grim", "menac", "brood")
BRIGHT_MOODS = ("hope", "bright", "joy", "tender", "happy", "warm", "playful")
MOOD_KEY = 7.0


def style(views: Views, *, bible: StyleBible, brief: ShotBrief) -> Criterion:
    """Return palette, luminance key, colour temperature, light, mood and texture as one criterion."""
    colours = [*bible.palette, *bible.document["color_palette"]["skin_tones"]]
    distance = palette_distance(views.lab, wanted=hex_lab(colours))
    mood = f"{bible.mood} {brief.mood}"
    wanted_key = _wanted_key(mood.casefold(), brief.time_of_day)
    light = brief.lighting or " ".join(str(v) for v in bible.document["overall_style"].values())
    key = float(views.light.mean())
    warmth = float(views.lab[..., 2].mean())
    wanted_warmth = WANTED_WARMTH[brief.time_of_day]
    texture = _texture(views)
    parts = (
        SubScore("palette", ramp(distance, bad=34, good=6), f"ΔE2000 {distance:.1f} to the look"),
        SubScore("key", _close(key - wanted_key, 18), f"mean L* {key:.0f}, asked {wanted_key:.0f}"),
        SubScore(
            "temperature",
            _close(warmth - wanted_warmth, 16),
            f"mean b* {warmth:.0f}, asked {wanted_warmth:.0f}",
        ),
        light_score(views, light),
        mood_score(views, mood, key=WANTED_KEY[brief.time_of_day]),
        SubScore("texture", ramp(texture, bad=-0.5, good=2.5), f"fine contrast {texture:.1f} L*"),
    )
    return Criterion(
        "style", mean_of(parts), parts, _reason(distance, key - wanted_key, warmth, brief)
    )


def _wanted_key(mood: str, hour: TimeOfDay) -> float:
    lean = any(stem in mood for stem in BRIGHT_MOODS) - any(stem in mood for stem in DARK_MOODS)
    return WANTED_KEY[hour] + MOOD_KEY * lean


def _close(off: float, spread: float) -> float:
    return float(np.exp(-(off**2) / (2 * spread**2)))


def _texture(views: Views) -> float:
    from scipy.ndimage import gaussian_filter

    return float(np.abs(views.light - gaussian_filter(views.light, 2.0)).mean())


def _reason(distance: float, key_off: float, warmth: float, brief: ShotBrief) -> str:
    near = "close to" if distance < 14 else "some way from" if distance < 24 else "far from"
    light = "right" if abs(key_off) < 12 else "too bright" if key_off > 0 else "too dark"
    cast = "warm" if warmth > 5 else "cool" if warmth < -5 else "neutral"
    return (
        f"colours {near} the palette of the look (ΔE {distance:.0f}); light is {light} for "
        f"{brief.time_of_day.value}, with a {cast} cast"
    )
