"""The features of a picture that its bible speaks of, measured: one number each, on the small copy the eye sees."""

from __future__ import annotations

import numpy as np

from apexsite.kit.colour import Doubles
from apexsite.kit.pixels import Bytes3
from renders.engine.drift.asked import Asked
from renders.engine.drift.shades import shaded_distance
from renders.engine.scoring.noise import noise_sigma
from renders.engine.scoring.views import views_of

GREY_CHROMA = 6.0
"""Chroma below which a pixel has no hue to speak of. House choice, as in scoring."""
HUE_REACH_DEGREES = 40.0
"""How far a hue may lie from a wanted one and still be its shade. House choice: neighbours on a 12-hue wheel are 30."""
COLOURED = 10.0
"""Mean chroma at which a stray hue counts fully; in a nearly grey picture nobody sees it. House choice."""
GRAIN_CROP = 512
"""Side of the middle of the picture that grain is measured on, at full size. House choice: enough flats, one tenth of the time."""


def measured(pixels: Bytes3, asked: Asked) -> dict[str, float]:
    """Return the features of a uint8 H×W×3 picture by name, in the units `SCALES` gives.

    `palette` mean ΔE2000 of the main colours to the nearest shade of a wanted one; `key` mean L*; `contrast` L* from the 5th to the
    95th percentile; `chroma` mean C*; `warmth` mean b*; `hues` share of the colour that is of no wanted hue; `grain`
    sigma of luma noise in codes. Raises `InputError` for another array.
    """
    views = views_of(pixels)
    lab, light = views.lab, views.light
    low, high = np.percentile(light, (5, 95))
    top, left = (max(0, (side - GRAIN_CROP) // 2) for side in views.luma.shape)
    middle = views.luma[top : top + GRAIN_CROP, left : left + GRAIN_CROP]
    found = {
        "palette": shaded_distance(lab, np.concatenate([asked.colours, asked.skin])),
        "key": float(light.mean()),
        "contrast": float(high - low),
        "chroma": float(np.hypot(lab[..., 1], lab[..., 2]).mean()),
        "warmth": float(lab[..., 2].mean()),
        "hues": _stray_hues(lab, asked),
        "grain": noise_sigma(middle),
    }
    return {name: round(value, 4) for name, value in found.items()}


def _stray_hues(lab: Doubles, asked: Asked) -> float:
    """Return the chroma-weighted share of pixels whose hue is further than 40° from every wanted one."""
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    weight = np.where(chroma > GREY_CHROMA, chroma, 0.0)
    if weight.sum() <= 0:
        return 0.0
    wanted = np.concatenate([asked.colours, asked.skin])
    coloured = wanted[np.hypot(wanted[:, 1], wanted[:, 2]) > GREY_CHROMA]
    seen = min(1.0, float(chroma.mean()) / COLOURED)
    if not len(coloured):
        return seen
    hues = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))[..., None]
    away = np.abs((hues - np.degrees(np.arctan2(coloured[:, 2], coloured[:, 1])) + 180) % 360 - 180)
    stray = away.min(axis=-1) > HUE_REACH_DEGREES
    return seen * float((weight * stray).sum() / weight.sum())
