"""Auto balance: the temperature, tint and exposure that make a picture's greys grey and its middle a middle.

numbers = auto_balance(pixels)   # {"temperature_kelvin": 4900.0, "tint": 4.0, "exposure_stops": 0.3}
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import LUMA_709, adaptation_matrix, white_xy
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Floats3, require_picture
from renders.engine.grading.gamut import srgb_light
from renders.engine.grading.primary import DUV_PER_TINT, GRADE_IDENTITY

Doubles = npt.NDArray[np.float64]

NORM = 6
"""Minkowski norm of the mean colour: between the mean and the brightest. Source: Finlayson and Trezzi,
"Shades of Gray and Colour Constancy", CIC 12 (2004), who find 6 best."""

DARKEST, LIGHTEST = 0.02, 0.95
"""Codes outside of which a pixel tells nothing of the light. House choice."""

COLOURED = 0.3
"""Spread of the channels over the largest from which a pixel is a coloured thing, not a grey in coloured light:
a dark wood is no grey. House choice; the light of a lamp at 3200 K spreads a grey by 0.3."""

COOL, WARM, TINT_MOST = 2500.0, 12000.0, 60.0
"""What is proposed at most: beyond it the light is meant. House choice."""

GREY, STOPS_MOST, CLIPPED_MOST = 0.18, 1.0, 0.01
"""Light the middle is brought to, how far exposure goes, and the share of pixels that may clip by it. House choice."""

MOST_SAMPLES = 200_000


def auto_balance(pixels: Floats3) -> dict[str, float]:
    """Return `temperature_kelvin`, `tint` and `exposure_stops` for stage 1; all at their identity for a picture
    without a pixel to go by.

    Rounded to 50 K, 1 and 0.05, as the sliders are. Raises `InputError` for anything but a float32 picture.
    """
    require_picture(pixels)
    if pixels.dtype != np.float32:
        raise InputError(f"pixels must be float32, got {pixels.dtype}")
    flat = pixels.reshape(-1, 3)
    codes = flat[:: max(len(flat) // MOST_SAMPLES, 1)].astype(np.float64)
    found = {name: GRADE_IDENTITY[name] for name in ("temperature_kelvin", "tint")}
    usable = codes[(codes.min(axis=1) > DARKEST) & (codes.max(axis=1) < LIGHTEST)]
    greyish = usable[np.ptp(usable, axis=1) < COLOURED * usable.max(axis=1)]
    if len(greyish):
        light = srgb_light(greyish)
        cast = (light**NORM).mean(axis=0) ** (1 / NORM)
        found = _white_for(cast)
    return {**found, "exposure_stops": _exposure(codes)}


def _white_for(cast: Doubles) -> dict[str, float]:
    """Return the temperature and tint whose balance takes the cast to grey, by steps that grow finer."""
    mired_step, tint_step = 40.0, 24.0
    mired, tint = 1e6 / GRADE_IDENTITY["temperature_kelvin"], 0.0
    while tint_step > 0.3:
        tries = [
            (mired + i * mired_step, tint + j * tint_step) for i in (-1, 0, 1) for j in (-1, 0, 1)
        ]
        best = min((_cast_left(cast, m, t), m, t) for m, t in tries if _is_sane(m, t))
        if (best[1], best[2]) == (mired, tint):
            mired_step, tint_step = mired_step / 2, tint_step / 2
        mired, tint = best[1], best[2]
    kelvin = min(max(round(1e6 / mired / 50.0) * 50.0, COOL), WARM)
    return {"temperature_kelvin": kelvin, "tint": float(round(tint))}


def _is_sane(mired: float, tint: float) -> bool:
    return 1e6 / WARM <= mired <= 1e6 / COOL and abs(tint) <= TINT_MOST


def _cast_left(cast: Doubles, mired: float, tint: float) -> float:
    scene = white_xy(1e6 / mired, duv=tint * DUV_PER_TINT)
    balanced = adaptation_matrix(scene, white_xy(GRADE_IDENTITY["temperature_kelvin"])) @ cast
    return float(np.ptp(np.log(np.maximum(balanced, 1e-9))))


def _exposure(codes: Doubles) -> float:
    """Return the stops that bring the geometric mean of light half-way to middle grey, without clipping."""
    light = srgb_light(codes) @ np.array(LUMA_709)
    middle = float(np.exp(np.log(np.maximum(light, 1e-3)).mean()))
    wanted = 0.5 * np.log2(GREY / middle)
    peak = float(np.quantile(srgb_light(codes).max(axis=1), 1.0 - CLIPPED_MOST))
    room = np.log2(1.0 / max(peak, 1e-3))
    stops = min(wanted, max(room, 0.0), STOPS_MOST)
    return float(round(round(max(stops, -STOPS_MOST) / 0.05) * 0.05, 2))
