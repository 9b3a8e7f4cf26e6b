"""Banding: stairs of flat plateaus where a smooth gradient should be."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.pixels import Bytes3

PLATEAU = 3
LARGEST_STEP, FARTHEST = 40, 160


def banding_strength(pixels: Bytes3) -> float:
    """Return the visible strength of stairs in a uint8 picture: 0 for none; about 1 for a 5-bit gradient.

    A step of 2–40 codes between plateaus of 3 pixels or more counts when the stair before it in the same line goes
    the same way by a like step. Steps on the 8-grid beyond their fair share belong to block coding and are left out.
    Source: the idea of CAMBI (Tandon et al., PCS 2021), simplified.
    """
    green = pixels[..., 1].astype(np.int16)
    return (_along(green) + _along(np.ascontiguousarray(green.T))) / 2


def _along(plane: npt.NDArray[np.int16]) -> float:
    step = np.diff(plane, axis=1)
    flat = step == 0
    width = step.shape[1]
    inner = np.zeros_like(flat)
    if width <= 2 * PLATEAU:
        return 0.0
    calm = np.ones((plane.shape[0], width - 2 * PLATEAU), bool)
    for offset in (*range(PLATEAU), *range(PLATEAU + 1, 2 * PLATEAU + 1)):
        calm &= flat[:, offset : offset + width - 2 * PLATEAU]
    inner[:, PLATEAU : width - PLATEAU] = calm
    inner &= ~flat & (np.abs(step) <= LARGEST_STEP)
    rows, columns = np.nonzero(inner)
    if rows.size < 2:
        return 0.0
    size = step[rows, columns].astype(np.float64)
    near = (np.diff(rows) == 0) & (np.diff(columns) <= FARTHEST)
    ratio = size[1:] / size[:-1]
    stair = near & (ratio > 0.45) & (ratio < 2.2)
    heavy = np.where(stair, np.maximum(np.abs(size[1:]) - 1.0, 0.0) ** 3, 0.0)
    on_grid = columns[1:] % 8 == 7
    total = float(heavy.sum())
    if total == 0.0:
        return 0.0
    share = float(heavy[on_grid].sum()) / total
    fair = 1.0 if share < 0.3 else max(0.0, 1.0 - (share - 0.125) / 0.4)
    return float(np.cbrt(total * fair / plane.size)) / 1.6
