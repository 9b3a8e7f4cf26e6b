"""The light of a shot, read from its words and hour: side, colours, contrast, haze and practical lamps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from projects.engine.brief import ShotBrief
from projects.engine.framing import Setting, TimeOfDay
from renders.engine.imaging.sketch.palette import Colour, Scheme, at_luma, mix


@dataclass(frozen=True, slots=True)
class Light:
    """`side` is −1 for a key from the left, +1 from the right; levels are shares of full exposure."""

    side: int
    key: Colour
    shadow: Colour
    rim: Colour
    haze: Colour
    sky_top: Colour
    sky_low: Colour
    exposure: float
    contrast: float
    vignette: float
    is_night: bool
    has_lamps: bool


_HOURS: dict[TimeOfDay, tuple[Colour, Colour, Colour, float, float]] = {
    TimeOfDay.DAWN: ((1.0, 0.83, 0.70), (0.40, 0.46, 0.62), (0.98, 0.78, 0.66), 0.98, 0.7),
    TimeOfDay.DAY: ((1.0, 0.97, 0.90), (0.42, 0.60, 0.80), (0.86, 0.91, 0.94), 1.14, 0.6),
    TimeOfDay.DUSK: ((1.0, 0.70, 0.45), (0.22, 0.22, 0.42), (0.95, 0.55, 0.36), 0.86, 0.8),
    TimeOfDay.NIGHT: ((0.70, 0.82, 1.0), (0.03, 0.05, 0.11), (0.13, 0.17, 0.30), 0.98, 0.8),
}
"""Key colour, sky above, sky low, exposure, contrast of each hour. House choice, by eye."""

_DARK = re.compile(
    r"low[- ]?key|noir|dim|shadow|ominous|tense|menac|grim|dread|sinister|dark", re.I
)
_BRIGHT = re.compile(r"high[- ]?key|bright|cheer|joy|hope|sunny|airy", re.I)
_WARM = re.compile(r"warm|golden|candle|tungsten|fire|cosy|cozy|amber", re.I)
_COOL = re.compile(r"cool|cold|moon|blue|fluorescent|steel|clinical", re.I)


def plan_light(brief: ShotBrief, scheme: Scheme, *, side: int, mood: str) -> Light:
    """Return the light. Words for a side in `lighting` win over `side`; `mood` is the bible's."""
    words = f"{brief.lighting} {brief.mood} {mood}"
    key, top, low, exposure, contrast = _HOURS[brief.time_of_day]
    is_night = brief.time_of_day is TimeOfDay.NIGHT
    is_inside = brief.setting is Setting.INT
    if is_inside and is_night:
        key, exposure = (1.0, 0.82, 0.58), 0.76
    if re.search(r"from (the |camera |screen )*left|left key|left window", brief.lighting, re.I):
        side = -1
    elif re.search(
        r"from (the |camera |screen )*right|right key|right window", brief.lighting, re.I
    ):
        side = 1
    if _WARM.search(brief.lighting):
        key = mix(key, (1.0, 0.74, 0.42), 0.6)
    if _COOL.search(brief.lighting):
        key = mix(key, (0.62, 0.82, 1.0), 0.6)
    if _DARK.search(words):
        exposure, contrast = exposure * 0.86, min(1.0, contrast + 0.18)
    if _BRIGHT.search(words):
        exposure, contrast = exposure * 1.12, contrast - 0.15
    overcast = bool(re.search(r"rain|fog|snow|mist|overcast|storm", brief.weather, re.I))
    if overcast and not is_night:
        key, contrast = mix(key, (0.84, 0.90, 0.96), 0.7), contrast * 0.7
        top, low, exposure = (
            mix(top, (0.55, 0.60, 0.66), 0.75),
            mix(low, (0.74, 0.78, 0.82), 0.7),
            exposure * 0.92,
        )
    shadow = at_luma(mix(scheme.base, (0.16, 0.18, 0.34), 0.5), 0.13 if is_night else 0.2)
    rim = (
        mix(scheme.accent, (1.0, 0.9, 0.8), 0.35)
        if is_night and not is_inside
        else mix(key, (1, 1, 1), 0.35)
    )
    return Light(
        side=side,
        key=key,
        shadow=shadow,
        rim=rim,
        haze=mix(low, at_luma(scheme.base, 0.2 if is_night else 0.62), 0.35),
        sky_top=mix(top, at_luma(scheme.base, 0.05 if is_night else 0.42), 0.35),
        sky_low=mix(low, at_luma(scheme.accent, 0.16 if is_night else 0.7), 0.15),
        exposure=exposure,
        contrast=contrast,
        vignette=0.46 if contrast > 0.85 else 0.34,
        is_night=is_night,
        has_lamps=is_night or brief.time_of_day is TimeOfDay.DUSK or contrast > 0.95,
    )
