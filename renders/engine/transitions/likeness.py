"""Where two shots look alike: the shift and scale that lay the edges of the second best on those of the first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import LUMA_709
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Floats3, require_picture
from renders.engine.transitions.base import Match

Plane = npt.NDArray[np.float32]

SEARCH_WIDTH = 160
"""Width in pixels at which is searched: shapes count, texture does not. House choice."""

MOST_SHIFT = 0.10
"""Largest shift as a share of the frame; more would need a zoom that is seen as one. House choice."""

SCALES = np.exp(np.linspace(np.log(0.8), np.log(1.25), 13))
LEAST_OVERLAP = 0.6
"""Share of the first picture's weight that must lie under the second. House choice."""

BLUR = 1.5
"""Blur of the edges in search pixels, so that edges near one another count as alike. House choice."""


@dataclass(frozen=True, slots=True)
class _Peak:
    score: float
    shift_x: float
    shift_y: float


def find_match(before: Floats3, after: Floats3) -> Match:
    """Return the placement of `after` that matches `before` best; float32 H×W×3 [0, 1] of the same shape.

    Weighted normalised cross-correlation of blurred gradients over a range of scales, refined between samples by
    parabolas; the confidence is the correlation itself. Raises `InputError` for pictures of two shapes.
    Source: Padfield, "Masked Object Registration in the Fourier Domain" (2012).

    >>> ball = np.random.default_rng(1).random((90, 160, 3), dtype=np.float32)
    >>> find_match(ball, ball).confidence > 0.95
    True
    """
    require_picture(before, name="before")
    require_picture(after, name="after")
    if before.shape != after.shape:
        raise InputError(
            f"before has shape {before.shape}, after {after.shape}; they must be equal"
        )
    first, second = _edges(_small(before)), _edges(_small(after))
    weight = _centre_weight(first.shape)
    peaks = [_best_shift(first, weight, second, float(scale)) for scale in SCALES]
    best = int(np.argmax([peak.score for peak in peaks]))
    log_scale = np.log(SCALES)[best]
    if 0 < best < len(SCALES) - 1:
        offset = _vertex(*(peaks[best + step].score for step in (-1, 0, 1)))
        log_scale += offset * (np.log(SCALES)[1] - np.log(SCALES)[0])
    peak = peaks[best]
    return Match(
        scale=float(np.exp(log_scale)),
        shift_x=peak.shift_x / first.shape[1],
        shift_y=peak.shift_y / first.shape[0],
        confidence=float(min(max(peak.score, 0.0), 1.0)),
    )


def _small(pixels: Floats3) -> Plane:
    from PIL import Image

    luma = np.asarray(pixels @ np.asarray(LUMA_709, np.float32), np.float32)
    height = max(8, round(SEARCH_WIDTH * luma.shape[0] / luma.shape[1]))
    picture = Image.fromarray(luma).resize((SEARCH_WIDTH, height), Image.Resampling.BOX)
    return np.asarray(picture, np.float32)


def _edges(luma: Plane) -> Plane:
    from scipy.ndimage import gaussian_filter, gaussian_gradient_magnitude

    edges = np.sqrt(gaussian_gradient_magnitude(luma, 1.0, mode="nearest"))
    return np.asarray(gaussian_filter(edges, BLUR, mode="nearest"), np.float32)


def _centre_weight(shape: tuple[int, ...]) -> Plane:
    """Return weights that favour the middle, where people look. House choice: a Gaussian of a third of the frame."""
    rows = np.linspace(-1.5, 1.5, shape[0])[:, None]
    columns = np.linspace(-1.5, 1.5, shape[1])[None, :]
    return np.asarray(np.exp(-0.5 * (rows**2 + columns**2)), np.float32)


def _scaled(plane: Plane, scale: float) -> tuple[Plane, Plane]:
    """Return the plane scaled about its middle on the same canvas, and a mask of where it lies."""
    from scipy.ndimage import affine_transform

    centre = (np.array(plane.shape) - 1) / 2
    offset = centre - centre / scale
    scaled = affine_transform(plane, np.full(2, 1 / scale), offset, order=1, cval=0.0)
    mask = affine_transform(np.ones_like(plane), np.full(2, 1 / scale), offset, order=0, cval=0.0)
    return np.asarray(scaled * mask, np.float32), np.asarray(mask, np.float32)


def _best_shift(first: Plane, weight: Plane, second: Plane, scale: float) -> _Peak:
    """Return the best correlation within the largest shift, refined between pixels."""
    other, mask = _scaled(second, scale)
    padded = [side + int(side * MOST_SHIFT) + 2 for side in first.shape]

    def spectrum(plane: Plane) -> npt.NDArray[np.complex128]:
        return np.asarray(np.fft.rfft2(plane, padded))

    def correlated(one: Plane, two: Plane) -> npt.NDArray[np.float64]:
        whole = np.fft.irfft2(spectrum(one) * np.conj(spectrum(two)), padded)
        return np.asarray(_near(whole, first.shape))

    weights = correlated(weight, mask)
    weighed = weight * first
    sums, other_sums = correlated(weighed, mask), correlated(weight, other)
    squares, other_squares = (
        correlated(weighed * first, mask),
        correlated(weight, other * other),
    )
    products = correlated(weighed, other)
    safe = np.maximum(weights, 1e-9)
    spread = np.maximum(squares - sums**2 / safe, 1e-12)
    other_spread = np.maximum(other_squares - other_sums**2 / safe, 1e-12)
    score = (products - sums * other_sums / safe) / np.sqrt(spread * other_spread)
    score[weights < LEAST_OVERLAP * weight.sum()] = -1.0
    return _peak_of(score)


def _near(whole: npt.NDArray[np.float64], shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Return the correlations of shifts within reach; the middle is no shift."""
    for axis, side in enumerate(shape):
        reach = int(side * MOST_SHIFT)
        whole = np.take(whole, np.arange(-reach, reach + 1), axis=axis, mode="wrap")
    return whole


def _peak_of(score: npt.NDArray[np.float64]) -> _Peak:
    row, column = (int(at) for at in np.unravel_index(int(score.argmax()), score.shape))
    y, x = float(row - score.shape[0] // 2), float(column - score.shape[1] // 2)
    if 0 < row < score.shape[0] - 1:
        y += _vertex(*score[row - 1 : row + 2, column])
    if 0 < column < score.shape[1] - 1:
        x += _vertex(*score[row, column - 1 : column + 2])
    return _Peak(float(score[row, column]), x, y)


def _vertex(left: float, middle: float, right: float) -> float:
    """Return where the parabola through three samples is highest, −½ to ½."""
    bend = left - 2.0 * middle + right
    return 0.0 if bend >= 0.0 else float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5))
