"""Edges that lead to the subject, and the line of the horizon."""

from __future__ import annotations

import numpy as np

from apexsite.kit.colour import Doubles

NEAR, CLOSE = 0.05, 0.14


def leading_share(light: Doubles, *, subject: tuple[float, float]) -> float:
    """Return how much more edge points at the subject than chance gives: 0 none, 1 as by chance, above: leads.

    Every edge pixel further than 0.14 of the diagonal away votes with its strength when its line passes within 0.05.
    """
    from scipy.ndimage import gaussian_filter

    smooth = gaussian_filter(light, 1.2)
    dy, dx = np.gradient(smooth)
    size = np.hypot(dx, dy)
    height, width = light.shape
    diagonal = float(np.hypot(height, width))
    ys, xs = np.nonzero(size > max(1.0, float(np.quantile(size, 0.85))))
    if not ys.size:
        return 0.0
    away_x, away_y = subject[0] * width - xs, subject[1] * height - ys
    far = np.hypot(away_x, away_y) / diagonal
    strength = size[ys, xs]
    miss = np.abs(away_x * dx[ys, xs] + away_y * dy[ys, xs]) / strength / diagonal
    voters = far > CLOSE
    if not voters.any():
        return 0.0
    # A line at distance d hits a disc of radius r by chance with probability 2/pi * asin(r / d).
    chance = 2 / np.pi * np.arcsin(np.minimum(1.0, NEAR / far[voters]))
    hits = float((strength * (miss < NEAR))[voters].sum())
    return hits / float((strength[voters] * chance).sum())


def horizon_height(light: Doubles) -> float | None:
    """Return the height (0 top, 1 bottom) of the strongest line across the frame, or None when there is none."""
    height = light.shape[0]
    from scipy.ndimage import gaussian_filter1d

    rows = gaussian_filter1d(light, 1.5, axis=0)
    step = np.diff(rows, axis=0)
    strength = np.abs(np.median(step, axis=1))
    low, high = round(height * 0.12), round(height * 0.9)
    part = strength[low:high]
    if not part.size or float(part.max()) < 1.2:
        return None
    return float((low + int(part.argmax()) + 1) / height)
