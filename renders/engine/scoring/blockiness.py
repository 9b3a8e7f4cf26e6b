"""Blocks of JPEG and of video codecs: steps that stand on every eighth pixel."""

from __future__ import annotations

import numpy as np

from apexsite.kit.pixels import Floats3

BLOCK = 8
LARGEST_STEP = 16.0
"""Steps are capped, so that real edges do not outweigh the grid. House choice."""


def block_step(luma: Floats3) -> float:
    """Return how much larger, in codes, steps on the 8-grid are than those inside; about 0 for untouched pictures.

    Source: after Wang, Bovik, Evans, "Blind Measurement of Blocking Artifacts" (2000); the grid begins at pixel 0.
    """
    excess = []
    for plane in (luma, luma.T):
        steps = np.minimum(np.abs(np.diff(plane, axis=1)), LARGEST_STEP).mean(axis=0)
        whole = steps.size // BLOCK * BLOCK
        columns = steps[:whole].reshape(-1, BLOCK)
        if not columns.size:
            return 0.0
        beside = columns[:, [2, 3, 4, 5, 6]].mean(axis=1)
        excess.append(float(np.mean(columns[:, 7] - beside)))
    return max(0.0, sum(excess) / 2)
