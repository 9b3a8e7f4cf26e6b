"""The first criterion: light and colour as such, and what trained models say where there are any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from renders.engine.scoring.card import Criterion, SubScore, mean_of
from renders.engine.scoring.views import Views, ramp

GREY_CHROMA = 6.0
"""Chroma below which a pixel has no hue to speak of. House choice."""


def aesthetic(views: Views, *, neural: Sequence[SubScore], wanted_warmth: float = 0.0) -> Criterion:
    """Return harmony and balance of colours, contrast, colourfulness, exposure, and what trained models say.

    `neural` are the parts of `neural_parts`, absent ones among them; `wanted_warmth` is the mean b* the hour asks for.
    """
    harmony, colour, contrast = _harmony(views), _colourfulness(views), float(views.light.std())
    middle = float(np.median(views.light))
    exposure = ramp(middle, bad=-6, good=24) * ramp(middle, bad=101, good=80)
    parts = (
        SubScore("harmony", harmony, f"{harmony:.0%} of the colour lies in one harmony of hues"),
        SubScore("contrast", ramp(contrast, bad=4, good=20), f"L* spread {contrast:.0f}"),
        SubScore("colourfulness", ramp(colour, bad=-4, good=26), f"colourfulness {colour:.0f}"),
        SubScore("exposure", exposure, f"median L* {middle:.0f}"),
        _balance(views, wanted_warmth),
        *neural,
    )
    return Criterion("aesthetic", mean_of(parts), parts, _reason(contrast, colour, middle, harmony))


def _reason(contrast: float, colour: float, middle: float, harmony: float) -> str:
    tones = "strong" if contrast > 24 else "clear" if contrast > 13 else "flat"
    hues = "vivid" if colour > 45 else "restrained" if colour > 15 else "almost grey"
    light = "bright" if middle > 70 else "dark" if middle < 28 else "even"
    union = "that belong together" if harmony > 0.7 else "that pull apart"
    return f"{tones} contrast, {light} exposure; {hues} colours {union}"


def _balance(views: Views, wanted_warmth: float) -> SubScore:
    """Return how free of a cast the greyest third of the midtones is, but for the warmth that is asked for."""
    a, b = views.lab[..., 1], views.lab[..., 2]
    middle = (views.light > 12.0) & (views.light < 96.0)
    if int(middle.sum()) < 30:
        return SubScore("colour_balance", None, "no midtones to read a cast from")
    chroma = np.hypot(a, b)[middle]
    greyest = chroma <= np.quantile(chroma, 1 / 3)
    cast_a, cast_b = float(a[middle][greyest].mean()), float(b[middle][greyest].mean())
    off = float(np.hypot(cast_a, cast_b - 0.5 * wanted_warmth))
    return SubScore(
        "colour_balance",
        ramp(off, bad=32, good=2),
        f"greys lean a* {cast_a:+.0f}, b* {cast_b:+.0f}",
    )


def _harmony(views: Views) -> float:
    """Return the share of chroma inside the best harmony: one hue ±30°, or two opposite ones ±25°.

    Source: after Cohen-Or et al., "Color Harmonization" (2006), templates V and I. A grey picture is in harmony.
    """
    a, b = views.lab[..., 1], views.lab[..., 2]
    chroma = np.hypot(a, b)
    weight = np.where(chroma > GREY_CHROMA, chroma, 0.0).ravel()
    if weight.sum() < GREY_CHROMA * weight.size * 0.02:
        return 1.0
    bins = (np.degrees(np.arctan2(b, a)).ravel() % 360 // 5).astype(int) % 72
    hues = np.bincount(bins, weights=weight, minlength=72) / weight.sum()
    one = sum(np.roll(hues, shift) for shift in range(-6, 7))
    half = sum(np.roll(hues, shift) for shift in range(-5, 6))
    two = half + np.roll(half, 36)
    return float(min(1.0, max(one.max(), two.max())))


def _colourfulness(views: Views) -> float:
    """Return Hasler and Süsstrunk's M, 0 grey to about 110. Source: "Measuring Colourfulness" (2003)."""
    red, green, blue = (views.small[..., index] * 255.0 for index in range(3))
    rg, yb = red - green, (red + green) / 2 - blue
    return float(np.hypot(rg.std(), yb.std()) + 0.3 * np.hypot(rg.mean(), yb.mean()))
