"""The fourth criterion: technical defects, each measured, the worst one named."""

from __future__ import annotations

import numpy as np

from renders.engine.scoring.banding import banding_strength
from renders.engine.scoring.blockiness import block_step
from renders.engine.scoring.blur import reblur_ratio
from renders.engine.scoring.card import Criterion, SubScore
from renders.engine.scoring.noise import noise_sigma
from renders.engine.scoring.views import Views

GRAIN_SIGMA = 12.0
"""Noise in codes that a bible's `film_grain` of 1 asks for. House choice."""

VISIBLE: dict[str, float] = {
    "noise": 3.5,
    "compression": 0.5,
    "banding": 0.55,
    "blur": 0.17,
    "exposure": 0.18,
}
"""How much of each measure a viewer calls a defect; severity 1. House choice, set on ladders of made pictures."""

SHARP_RATIO = 0.42
"""Re-blur ratio of a sharp picture; only what is above counts. House choice, as above."""

WORDS: dict[str, str] = {
    "noise": "noise that was not asked for",
    "compression": "blocks of strong compression",
    "banding": "stairs in smooth gradients",
    "blur": "blur over the whole frame",
    "exposure": "lost highlights or shadows",
}


def artifacts(views: Views, *, film_grain: float) -> tuple[Criterion, str]:
    """Return the criterion and the worst defect's name: noise, compression, banding, blur, exposure or nothing."""
    sigma, blocks = noise_sigma(views.luma), block_step(views.luma)
    bands, soft, lost = banding_strength(views.pixels), reblur_ratio(views.luma), lost_tones(views)
    found = {
        "noise": (max(0.0, sigma - film_grain * GRAIN_SIGMA), f"sigma {sigma:.1f} of 255"),
        "compression": (blocks, f"8-grid steps {blocks:.2f} codes over their neighbours"),
        "banding": (bands, f"strength {bands:.2f}"),
        "blur": (max(0.0, soft - SHARP_RATIO), f"re-blur ratio {soft:.2f}"),
        "exposure": (lost, f"{lost:.0%} of tones lost"),
    }
    severities = {name: value / VISIBLE[name] for name, (value, _) in found.items()}
    parts = tuple(
        SubScore(name, float(np.exp(-0.7 * severities[name])), told)
        for name, (_, told) in found.items()
    )
    worst = max(severities, key=lambda name: severities[name])
    defect = worst if severities[worst] >= 1.0 else ""
    value = sum(part.value or 0.0 for part in parts) / len(parts)
    reason = WORDS[defect] if defect else "no visible technical defect"
    return Criterion("artifacts", value, parts, reason), defect


def lost_tones(views: Views) -> float:
    """Return 0 for a well exposed picture up to 1: clipped shares, and how little of the range is left."""
    luma = views.luma
    white, black = float((luma > 252.5).mean()), float((luma < 2.5).mean())
    dark_end, bright_end = np.percentile(luma, [5, 97]) / 255.0
    under = max(0.0, 0.42 - float(bright_end)) / 0.42
    over = max(0.0, float(dark_end) - 0.45) / 0.55
    # A small part for tones that are near the end already, so that order is kept before anything is lost.
    ends = np.maximum(luma - 190.0, 0.0) / 65.0 + np.maximum(40.0 - luma, 0.0) / 40.0
    near_end = 0.15 * float(ends.mean())
    return float(min(1.0, white + 0.7 * black + under + over + near_end))
