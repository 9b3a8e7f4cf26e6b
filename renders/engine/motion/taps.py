"""Filter taps of one axis at exact phase: which source samples make an output sample, and with what weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError

REACH = 2.0
"""Half width of the cubic in samples. Source: Keys (1981)."""


@dataclass(frozen=True, slots=True)
class Taps:
    """`first` uint32 (n,): the first source sample; `weights` float32 (taps, n): their sum is 1 in each column.

    There are four taps or a larger even number of them, because the drawing takes them in pairs.
    """

    first: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a window: output sample i has its centre at `origin + i·step` in source pixels.

    Pixel j has its centre at j + 0.5. `scale` is source pixels per output pixel; above 1 the picture shrinks.
    """

    origin: float
    step: float
    scale: float


def luma_axis(*, start: float, length: float, samples: int) -> Axis:
    """Return the axis that spreads `samples` over [start, start + length] of the source."""
    scale = length / samples
    return Axis(start + 0.5 * scale, scale, scale)


def chroma_axis(luma: Axis, *, is_left_sited: bool) -> Axis:
    """Return the axis of a halved plane. Left-sited samples lie on the even luma samples, else between two.

    Source: ITU-T H.264, annex E, chroma_sample_loc_type 0: left across, in the middle down.
    """
    shift = 0.0 if is_left_sited else 0.5
    return Axis((luma.origin + shift * luma.scale) / 2.0, luma.step, luma.scale)


def taps_of(axis: Axis, *, samples: int, limit: int) -> Taps:
    """Return the taps for `samples` outputs over a source of `limit` samples whose edge is repeated.

    Catmull-Rom cubic, widened when the picture shrinks so that nothing aliases.
    Source: Keys, "Cubic Convolution Interpolation for Digital Image Processing" (1981), a = −0.5.
    """
    spread = max(1.0, axis.scale)
    centre = axis.origin + axis.step * np.arange(samples)
    first = np.ceil(centre - REACH * spread - 0.5).astype(np.int64)
    count = 2 * int(np.ceil(REACH * spread))
    if count > limit:
        raise InputError(f"source of {limit} samples is too small to be shrunk {spread:.3g} times")
    at = first[None, :] + np.arange(count)[:, None]
    weights = _catmull_rom(np.abs(at + 0.5 - centre[None, :]) / spread)
    weights /= weights.sum(axis=0, keepdims=True)
    if first[0] < 0 or first[-1] + count > limit:
        first, weights = _folded(at, weights, limit=limit)
    return Taps(first.astype(np.uint32), np.ascontiguousarray(weights, dtype=np.float32))


def _catmull_rom(distance: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    near = (1.5 * distance - 2.5) * distance * distance + 1.0
    far = ((-0.5 * distance + 2.5) * distance - 4.0) * distance + 2.0
    return np.where(distance < 1.0, near, np.where(distance < 2.0, far, 0.0))


def _folded(
    at: npt.NDArray[np.int64], weights: npt.NDArray[np.float64], *, limit: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Move the weights of samples beyond the source onto its first and last sample."""
    count = len(at)
    first = np.clip(at[0], 0, limit - count)
    inside = np.clip(at, 0, limit - 1) - first[None, :]
    folded = np.zeros((count, at.shape[1]))
    np.add.at(folded, (inside, np.arange(at.shape[1])[None, :]), weights)
    return first, folded
