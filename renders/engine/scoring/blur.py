"""Blur of a picture by blurring it again: what was soft already hardly changes."""

from __future__ import annotations

import numpy as np

from apexsite.kit.pixels import Floats3

REACH = 9


def reblur_ratio(luma: Floats3) -> float:
    """Return 0 (sharp) to 1 (blurred) of an H×W plane; a flat plane has no blur to see and gives 0.

    Source: Crete et al., "The Blur Effect", SPIE 6492 (2007), box of 9, the worse of both directions.
    """
    from scipy.ndimage import uniform_filter1d

    ratios = []
    for axis in (0, 1):
        again = uniform_filter1d(luma, REACH, axis=axis)
        before, after = (np.abs(np.diff(plane, axis=axis)) for plane in (luma, again))
        total = float(before.sum())
        lost = float(np.maximum(0.0, before - after).sum())
        ratios.append(1.0 - lost / total if total > 0 else 0.0)
    return max(ratios)
