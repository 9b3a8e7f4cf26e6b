"""Blur of a picture by blurring it again: what was soft already hardly changes. Judged where it has to be sharp."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.pixels import Floats3

REACH = 9
TILES_DOWN, TILES_ACROSS = 5, 6
SHARPEST = 0.34
"""Share of a picture's tiles that must be sharp: with a shallow focus the rest may be as soft as it likes. House choice."""
LEAST_DETAIL = 0.7
"""A tile with less of the mean tile's detail shows neither blur nor sharpness. House choice."""

Box = tuple[float, float, float, float]


def reblur_ratio(luma: Floats3, *, box: Box | None = None) -> float:
    """Return 0 (sharp) to 1 (blurred) of an H×W plane; a flat plane has no blur to see and gives 0.

    Measured inside `box` (x0, y0, x1, y1 as shares of the frame), where the subject is, if it is known and has detail;
    else over the sharpest third of the tiles that have detail.
    Source: Crete et al., "The Blur Effect", SPIE 6492 (2007), box of 9, the worse of both directions.
    """
    from scipy.ndimage import uniform_filter1d

    tops = np.linspace(0, luma.shape[0], TILES_DOWN + 1).astype(int)[:-1]
    lefts = np.linspace(0, luma.shape[1], TILES_ACROSS + 1).astype(int)[:-1]
    ratios = []
    for axis in (0, 1):
        again = uniform_filter1d(luma, REACH, axis=axis)
        pad = ((0, 1), (0, 0)) if axis == 0 else ((0, 0), (0, 1))
        before, after = (np.pad(np.abs(np.diff(p, axis=axis)), pad) for p in (luma, again))
        lost = np.maximum(0.0, before - after)
        if box is not None:
            inner = _within(before, box)
            if float(inner.mean()) >= LEAST_DETAIL * float(before.mean()) > 0:
                ratios.append(1.0 - float(_within(lost, box).sum()) / float(inner.sum()))
                continue
        totals, losts = (
            np.add.reduceat(np.add.reduceat(plane, tops, axis=0), lefts, axis=1).ravel()
            for plane in (before, lost)
        )
        ratios.append(_sharpest(totals, losts))
    return max(ratios)


def _within(plane: Floats3, box: Box) -> Floats3:
    height, width = plane.shape
    left, right = sorted((round(box[0] * width), round(box[2] * width)))
    top, low = sorted((round(box[1] * height), round(box[3] * height)))
    return plane[top : max(low, top + 1), left : max(right, left + 1)]


def _sharpest(totals: npt.NDArray[np.float32], losts: npt.NDArray[np.float32]) -> float:
    """Return the ratio over the sharpest tiles, each with the detail it has."""
    told = totals > max(1e-6, LEAST_DETAIL * float(totals.mean()))
    if not told.any():
        return 0.0
    totals, losts = totals[told], losts[told]
    order = np.argsort(1.0 - losts / totals, kind="stable")
    kept = order[: max(1, round(SHARPEST * order.size))]
    return float(1.0 - losts[kept].sum() / totals[kept].sum())
