"""Tetrahedral interpolation in a cube of colours, compiled: four of a cell's eight corners, greys stay grey."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError
from renders.engine.motion.compiled import compiled

Reals = TypeVar("Reals", npt.NDArray[np.float32], npt.NDArray[np.float64])


def interpolate(points: Reals, colours: Reals) -> Reals:
    """Return the colours (…, 3) read from `points` (N, N, N, 3), red first; what lies outside [0, 1] is clipped.

    Both float32, or both float64. Raises `InputError` for other shapes. The same input gives the same bytes.
    """
    if points.ndim != 4 or points.shape[3] != 3 or len(set(points.shape[:3])) != 1:
        raise InputError(f"points must have shape (N, N, N, 3), got {points.shape}")
    if points.shape[0] < 2 or colours.ndim < 1 or colours.shape[-1] != 3:
        raise InputError(f"two points a side and colours (…, 3) are needed, got {colours.shape}")
    flat = np.ascontiguousarray(colours).reshape(-1, 3)
    out = np.empty_like(flat)
    steps = points.dtype.type(points.shape[0] - 1)
    _interpolate(np.ascontiguousarray(points).reshape(-1), points.shape[0], steps, flat, out)
    return cast(Reals, out.reshape(colours.shape))


@compiled
def _interpolate(points: Any, size: int, steps: Any, colours: Any, out: Any) -> None:
    """Sort the three fractions: the largest is walked first, the smallest last."""
    plane, row = 3 * size * size, 3 * size
    zero = steps - steps
    last = size - 2
    for i in range(colours.shape[0]):
        r = min(max(colours[i, 0] * steps, zero), steps)
        g = min(max(colours[i, 1] * steps, zero), steps)
        b = min(max(colours[i, 2] * steps, zero), steps)
        ri, gi, bi = min(int(r), last), min(int(g), last), min(int(b), last)
        fr, fg, fb = r - ri, g - gi, b - bi
        if fr >= fg:
            if fg >= fb:
                high, mid, low, first, second = fr, fg, fb, plane, row
            elif fr >= fb:
                high, mid, low, first, second = fr, fb, fg, plane, 3
            else:
                high, mid, low, first, second = fb, fr, fg, 3, plane
        elif fr >= fb:
            high, mid, low, first, second = fg, fr, fb, row, plane
        elif fg >= fb:
            high, mid, low, first, second = fg, fb, fr, row, 3
        else:
            high, mid, low, first, second = fb, fg, fr, 3, row
        base = ri * plane + gi * row + bi * 3
        second += first
        corner = plane + row + 3
        for c in range(3):
            at = base + c
            p0, p1, p2, p3 = (
                points[at],
                points[at + first],
                points[at + second],
                points[at + corner],
            )
            out[i, c] = p0 + high * (p1 - p0) + mid * (p2 - p1) + low * (p3 - p2)
