"""The fourth criterion: technical defects, each measured, the worst one named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from renders.engine.scoring.banding import banding_strength
from renders.engine.scoring.blockiness import block_step
from renders.engine.scoring.blur import Box, reblur_ratio
from renders.engine.scoring.card import Criterion, SubScore, mean_of
from renders.engine.scoring.noise import noise_sigma
from renders.engine.scoring.quantised import coding_scale
from renders.engine.scoring.views import Views

GRAIN_SIGMA = 12.0
"""Noise in codes that a bible's `film_grain` of 1 asks for. House choice."""

VISIBLE: dict[str, float] = {
    "noise": 3.5,
    "compression": 0.5,
    "banding": 0.55,
    "blur": 0.48**4,
    "exposure": 0.18,
}
"""How much of each measure a viewer calls a defect; severity 1. House choice, set on ladders of made pictures."""

A_SCALE = 0.5 / 1.25
"""Block steps that are as visible as a coding scale of 1: from quality 40 down it is a defect. House choice."""

BLACK, BLACK_CODES = "black frame", 8.0
"""A frame whose brightest two hundredth stays below 8 of 255 shows nothing on any screen. House choice."""

WORDS: dict[str, str] = {
    BLACK: "a black frame",
    "noise": "noise that was not asked for",
    "compression": "blocks of strong compression",
    "banding": "stairs in smooth gradients",
    "blur": "blur where it has to be sharp",
    "exposure": "lost highlights or shadows",
}


def artifacts(
    views: Views,
    *,
    film_grain: float,
    subject_box: Box | None = None,
    more: Sequence[SubScore] = (),
) -> tuple[Criterion, str]:
    """Return the criterion and the worst defect's name: a black frame, noise, compression, banding, blur, exposure or nothing.

    Grain that was asked for is no noise; blur is judged on the subject where its box (shares of the frame) is known.
    `more` are further parts that count, absent ones among them.
    """
    if is_black(views):
        return _black(more), BLACK
    sigma = noise_sigma(views.luma)
    bands, soft, lost = (
        banding_strength(views.pixels),
        reblur_ratio(views.luma, box=subject_box),
        lost_tones(views),
    )
    where = "on the subject" if subject_box else "where it is sharpest"
    found = {
        "noise": (max(0.0, sigma - film_grain * GRAIN_SIGMA), f"sigma {sigma:.1f} of 255"),
        "compression": _coded(views),
        "banding": (bands, f"strength {bands:.2f}"),
        # The fourth power: hardly anything for what lenses do, never quite nothing, so that order is kept.
        "blur": (soft**4, f"re-blur ratio {soft:.2f} {where}"),
        "exposure": (lost, f"{min(lost, 1.0):.0%} of tones lost"),
    }
    severities = {name: value / VISIBLE[name] for name, (value, _) in found.items()}
    parts = (
        *(
            SubScore(name, float(np.exp(-0.7 * severities[name])), told)
            for name, (_, told) in found.items()
        ),
        *more,
    )
    worst = max(severities, key=lambda name: severities[name])
    defect = worst if severities[worst] >= 1.0 else ""
    reason = WORDS[defect] if defect else "no visible technical defect"
    return Criterion("artifacts", mean_of(parts), parts, reason), defect


def is_black(views: Views) -> bool:
    """Say whether nothing is to be seen: what some engines give in place of a picture they refuse."""
    return float(np.percentile(views.luma, 99.5)) < BLACK_CODES


def _black(more: Sequence[SubScore]) -> Criterion:
    names = (*VISIBLE, *(part.name for part in more))
    parts = tuple(SubScore(name, 0.0 if name == "exposure" else None, "black") for name in names)
    return Criterion("artifacts", 0.0, parts, WORDS[BLACK])


def _coded(views: Views) -> tuple[float, str]:
    """Return how strongly a picture was coded, by its frequencies where they tell, else by its blocks."""
    scale = coding_scale(views.luma)
    if scale > 0.0:
        return scale * A_SCALE, f"coded as JPEG of quality {quality_of(scale):.0f}"
    blocks = block_step(views.luma)
    return blocks, f"8-grid steps {blocks:.2f} codes over their neighbours"


def quality_of(scale: float) -> float:
    """Return the usual 1–100 quality of a coding scale. Source: libjpeg's `jpeg_quality_scaling`."""
    return 100.0 - 50.0 * scale if scale <= 1.0 else 50.0 / scale


def lost_tones(views: Views) -> float:
    """Return 0 for a well exposed picture, 1 and above for a lost one: clipped shares, and how little of the range is left."""
    luma = views.luma
    clipped = float((views.pixels > 252).mean())
    white, black = max(float((luma > 252.5).mean()), 0.8 * clipped), float((luma < 2.5).mean())
    dark_end, bright_end = np.percentile(luma[::2, ::2], [5, 97]) / 255.0
    under = max(0.0, 0.42 - float(bright_end)) / 0.42
    over = max(0.0, float(dark_end) - 0.45) / 0.55
    # A small part for tones that are near the end already, so that order is kept before anything is lost.
    ends = np.maximum(luma - 190.0, 0.0) / 65.0 + np.maximum(40.0 - luma, 0.0) / 40.0
    return white + 0.7 * black + under + over + 0.15 * float(ends.mean())
