"""Banding: stairs of flat plateaus where a smooth gradient should be."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.pixels import Bytes3

PLATEAU = 3
LARGEST_STEP, FARTHEST = 40, 160
LARGEST_COMB = 24
HELD = 0.9
"""Share of the steps between neighbours that must be multiples of a size before it counts as the comb's. House choice."""
A_CODE = 0.1
"""Strength of each code a comb leaves out, in a busy picture; twice that in a smooth one. House choice."""

Steps = npt.NDArray[np.int16]
Marks = npt.NDArray[np.bool_]


def banding_strength(pixels: Bytes3) -> float:
    """Return the visible strength of stairs in a uint8 picture: 0 for none; about 1 for a 5-bit gradient.

    Where the whole picture holds only every n-th code, n decides, and how much of it is smooth enough to show it.
    Elsewhere a step of 2–40 codes between plateaus of 3 pixels or more counts when the stair before it in the same line
    goes the same way by a like step, and smooth steps of one code are rare beside it. Steps on the 8-grid beyond their
    fair share belong to block coding and are left out. Source: the idea of CAMBI (Tandon et al., PCS 2021), simplified.
    """
    green = pixels[..., 1].astype(np.int16)
    planes = (green, np.ascontiguousarray(green.T))
    steps = [np.diff(plane, axis=1) for plane in planes]
    comb = comb_size(steps)
    if comb > 1:
        smooth = float(np.mean([_calm(step).mean() for step in steps]))
        return A_CODE * (comb - 1) * (1.0 + smooth)
    return sum(_along(step) for step in steps) / 2


def comb_size(steps: list[Steps]) -> int:
    """Return n where the steps between neighbours are multiples of n, 1 where they are not."""
    counts = np.zeros(LARGEST_STEP + 1, np.int64)
    for step in steps:
        sizes = np.abs(step)
        counts += np.bincount(sizes[sizes <= LARGEST_STEP], minlength=LARGEST_STEP + 1)
    counts[0] = 0
    total = int(counts.sum())
    if total < 200:
        return 1
    held = [n for n in range(2, LARGEST_COMB + 1) if counts[n::n].sum() >= HELD * total]
    return held[-1] if held else 1


def _calm(step: Steps) -> Marks:
    """Return where a pixel's neighbours in its line, 3 to each side, are flat."""
    flat: Marks = step == 0
    width = step.shape[1]
    inner: Marks = np.zeros(flat.shape, np.bool_)
    if width <= 2 * PLATEAU:
        return inner
    calm = np.ones((step.shape[0], width - 2 * PLATEAU), bool)
    for offset in (*range(PLATEAU), *range(PLATEAU + 1, 2 * PLATEAU + 1)):
        calm &= flat[:, offset : offset + width - 2 * PLATEAU]
    inner[:, PLATEAU : width - PLATEAU] = calm
    return inner


def _along(step: Steps) -> float:
    calm = _calm(step)
    sizes = np.abs(step)
    inner = calm & (sizes > 0) & (sizes <= LARGEST_STEP)
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
    fair *= float((np.abs(size) > 1).mean())
    return float(np.cbrt(total * fair / step.size)) / 1.6
