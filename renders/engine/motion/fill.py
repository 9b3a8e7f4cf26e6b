"""Filling what nobody saw: holes take the colours of what is around them, nearest first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Light = npt.NDArray[np.float32]


def fill_holes(colours: Light, known: Light) -> Light:
    """Return the colours with every pixel filled; float32 H×W×C, and `known` H×W, 0 for a hole to 1.

    Averages of ever larger blocks flow back into the holes. Where nothing is known the result is 0.
    Source: Gortler and others, "The Lumigraph" (1996), pull-push.
    """
    weight = np.clip(known, 0.0, 1.0)[..., None]
    if min(colours.shape[:2]) < 2 or bool((known >= 1.0).all()):
        return np.asarray(colours * (weight > 0), np.float32)
    height, width = (side + side % 2 for side in colours.shape[:2])
    pad = ((0, height - colours.shape[0]), (0, width - colours.shape[1]), (0, 0))
    sums = _blocks(np.pad(colours * weight, pad))
    weights = _blocks(np.pad(weight, pad))
    coarse = sums / np.maximum(weights, 1e-6)
    filled = fill_holes(np.asarray(coarse, np.float32), np.minimum(weights[..., 0], 1.0))
    back = _doubled(filled)[: colours.shape[0], : colours.shape[1]]
    return np.asarray(colours * weight + back * (1.0 - weight), np.float32)


def _blocks(plane: Light) -> Light:
    rows = plane[0::2] + plane[1::2]
    return np.asarray(rows[:, 0::2] + rows[:, 1::2], np.float32)


def _doubled(plane: Light) -> Light:
    """Return the plane at twice its size, linear between the middles of its pixels."""
    for axis in (0, 1):
        edge = np.take(plane, [0], axis=axis), np.take(plane, [-1], axis=axis)
        before = np.concatenate([edge[0], plane], axis=axis)
        after = np.concatenate([plane, edge[1]], axis=axis)
        count = plane.shape[axis]
        early = 0.75 * plane + 0.25 * np.take(before, range(count), axis=axis)
        late = 0.75 * plane + 0.25 * np.take(after, range(1, count + 1), axis=axis)
        shape = list(plane.shape)
        shape[axis] *= 2
        plane = np.stack([early, late], axis=axis + 1).reshape(shape)
    return np.asarray(plane, np.float32)
