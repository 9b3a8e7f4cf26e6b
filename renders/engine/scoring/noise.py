"""Noise of a picture by Immerkaer's operator, away from edges and clipped pixels."""

from __future__ import annotations

import numpy as np

from apexsite.kit.pixels import Floats3

OPERATOR = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
LEAST_PIXELS = 200


def noise_sigma(luma: Floats3) -> float:
    """Return the standard deviation of white noise in an H×W plane of 0–255, in the same units.

    Source: Immerkaer, "Fast Noise Variance Estimation", CVIU 64 (1996); edges masked (house choice): pixels whose
    smoothed gradient is over three times the median, widened by 3.
    """
    from scipy.ndimage import convolve, gaussian_filter, maximum_filter, sobel

    answer = np.abs(convolve(luma, OPERATOR, mode="nearest"))
    smooth = gaussian_filter(luma, 1.5)
    gradient = np.hypot(sobel(smooth, 0), sobel(smooth, 1))
    edge = maximum_filter(gradient, 7) > 6.0 * max(float(np.median(gradient)), 0.5)
    clipped = (luma < 1.5) | (luma > 253.5)
    kept = answer[2:-2, 2:-2][~(edge | maximum_filter(clipped, 3))[2:-2, 2:-2]]
    if kept.size < LEAST_PIXELS:
        kept = np.sort(answer.ravel())[: max(LEAST_PIXELS, answer.size // 4)]
    return float(np.sqrt(np.pi / 2) * kept.mean() / 6.0)
