"""Features to one distance, 0 on the look to 1 far from it, with what is off said in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from renders.engine.drift.asked import Asked

ALARM = 0.2
"""Distance from which a picture is told, until there are approved ones to go by. Source: seed S1, style drift."""

MOST = 1.0
TOLD_FROM = 0.34
"""How far off a single feature is said in words, of its 1. House choice: a third of the way to plainly wrong."""

EMBEDDING_WEIGHT = 0.5
"""Weight of a style model's distance, where one is here, against 1 of all classical features together. House choice."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How one feature counts: within about `free` of what is asked hardly, from `far` on as 1, nearly straight between."""

    weight: float
    free: float
    far: float


SCALES: dict[str, Scale] = {
    "palette": Scale(0.30, 11.0, 30.0),
    "key": Scale(0.20, 10.0, 36.0),
    "warmth": Scale(0.14, 10.0, 34.0),
    "hues": Scale(0.14, 0.25, 0.8),
    "chroma": Scale(0.09, 2.0, 26.0),
    "contrast": Scale(0.08, 4.0, 40.0),
    "grain": Scale(0.05, 1.0, 12.0),
}
"""Weights add up to 1. House choice: `free` is what pictures of one look differ by, `far` where everybody sees it;
colour and light carry four fifths, as they carry a look."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How far one picture is from what was asked. `parts` says it of each feature, 0 to 1; `issues` in words."""

    distance: float
    parts: Mapping[str, float]
    issues: tuple[str, ...]


def drift_of(found: Mapping[str, float], asked: Asked) -> Drift:
    """Return the distance of measured features to what is asked.

    The distance is the weighted root mean square of the parts: one feature far off is not talked away by six good ones
    (house choice).
    """
    off = offs(found, asked)
    parts = {name: _part(SCALES[name], abs(value)) for name, value in off.items()}
    told = sorted((n for n in parts if parts[n] >= TOLD_FROM), key=lambda n: -parts[n])
    words = tuple(_words(name, found[name], off[name], asked) for name in told)
    return Drift(joined(parts), {n: round(p, 4) for n, p in parts.items()}, words)


def joined(parts: Mapping[str, float]) -> float:
    """Return the distance of the classical parts, 0 to 1; parts of other names are left out."""
    square = sum(scale.weight * parts.get(name, 0.0) ** 2 for name, scale in SCALES.items())
    return float(round(square**0.5, 4))


def with_embedding(distance: float, away: float) -> float:
    """Return a distance joined with a style model's own, both 0 to 1, as a weighted root mean square."""
    total = distance**2 + EMBEDDING_WEIGHT * away**2
    return round(min(MOST, math.sqrt(total / (1.0 + EMBEDDING_WEIGHT))), 4)


def offs(found: Mapping[str, float], asked: Asked) -> dict[str, float]:
    """Return how far each feature lies from what is asked, signed, in its own unit; 0 inside a range."""
    return {
        "palette": found["palette"],
        "key": found["key"] - asked.key,
        "warmth": found["warmth"] - asked.warmth,
        "hues": found["hues"],
        "chroma": _outside(found["chroma"], asked.chroma),
        "contrast": _outside(found["contrast"], asked.contrast),
        "grain": _outside(found["grain"], asked.grain),
    }


def _outside(value: float, band: tuple[float, float]) -> float:
    return min(0.0, value - band[0]) + max(0.0, value - band[1])


def _part(scale: Scale, off: float) -> float:
    """Return 0 to 1 along a hyperbola: never flat before `far`, so that nearer is always less."""
    free = scale.free
    bent = math.hypot(off, free) - free
    return min(MOST, bent / (math.hypot(scale.far, free) - free))


def _words(name: str, value: float, off: float, asked: Asked) -> str:
    """Return what is off as people say it; the numbers in brackets are L*, b*, C* and ΔE2000, unnamed."""
    if name == "palette":
        return f"colours lie away from the palette of the look ({value:.0f} apart on average)"
    if name == "hues":
        return f"{value:.0%} of the colour is of hues the palette has not"
    if name == "key":
        side = "brighter" if off > 0 else "darker"
        return f"{side} than the look asks (lightness {value:.0f}, asked {asked.key:.0f})"
    if name == "warmth":
        side = "warmer" if off > 0 else "cooler"
        return f"{side} than the look asks (warmth {value:.0f}, asked {asked.warmth:.0f})"
    band, unit, more, less = {
        "chroma": (asked.chroma, "colour", "more colourful", "greyer"),
        "contrast": (asked.contrast, "spread of light", "more contrast", "flatter"),
        "grain": (asked.grain, "grain", "grainier", "smoother"),
    }[name]
    edge = f"at most {band[1]:.0f}" if off > 0 else f"at least {band[0]:.0f}"
    return f"{more if off > 0 else less} than the look asks ({unit} {value:.0f}, asked {edge})"
