"""Film grain and dither as fixed noise plates; a frame reads them at an offset drawn from its own number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError
from apexsite.kit.seeds import seed_mix

Plate = npt.NDArray[np.int8]

ROOM = 256
"""Spare columns and rows of a plate: 65 536 offsets before grain could repeat. House choice."""

SIGMA_CODES = 12.0
"""Standard deviation in 8-bit codes of mid-grey luma at a film grain of 1. House choice: 0.2 looks like fine stock."""

PLATE_SIGMA = 32.0
"""Standard deviation of the grain plate's int8 numbers, which leaves four sigmas of room."""

BLUR_AT_1080 = 0.65
"""Blur of the grain in pixels of a 1080-line raster: a crystal is a little larger than a pixel. House choice."""


@dataclass(frozen=True, slots=True)
class NoisePlates:
    """`grain` is band-limited Gaussian noise of sigma 32; `dither` is flat from −128 to 127, half a code each way."""

    grain: Plate
    dither: Plate
    grain_codes: float


def noise_plates(*, width: int, height: int, film_grain: float, seed: int) -> NoisePlates:
    """Return the plates for a raster; raises `InputError` unless film_grain is from 0 to 1.

    Source: grain as band-limited Gaussian noise follows Norkin & Birkbeck, "Film Grain Synthesis for AV1" (2018).
    """
    if not 0.0 <= film_grain <= 1.0:
        raise InputError(f"film_grain={film_grain!r} must be from 0 to 1")
    shape = (height + ROOM, width + ROOM)
    generator = np.random.default_rng(seed_mix(seed, "noise plates"))
    dither = generator.integers(-128, 128, size=shape, dtype=np.int8)
    if film_grain == 0.0:
        return NoisePlates(np.zeros((1, 1), np.int8), dither, 0.0)
    noise = _blurred(
        generator.standard_normal(shape, dtype=np.float32), BLUR_AT_1080 * height / 1080
    )
    noise *= np.float32(PLATE_SIGMA / noise.std())
    grain = np.clip(np.rint(noise), -127, 127).astype(np.int8)
    return NoisePlates(grain, dither, film_grain * SIGMA_CODES / PLATE_SIGMA)


def noise_offsets(*, frame: int, seed: int) -> tuple[int, int, int, int]:
    """Return (grain row, grain column, dither row, dither column) for a frame, each from 0 to ROOM − 1."""
    drawn = seed_mix(seed, "noise offset", frame)
    row, column, dither_row, dither_column = ((drawn >> (8 * part)) & 0xFF for part in range(4))
    return row, column, dither_row, dither_column


def _blurred(noise: npt.NDArray[np.float32], sigma: float) -> npt.NDArray[np.float32]:
    """Return the noise after a separable Gaussian that wraps round."""
    reach = int(3 * sigma + 0.5)
    if reach == 0:
        return noise
    at = np.arange(-reach, reach + 1)
    taps = np.exp(-0.5 * (at / sigma) ** 2).astype(np.float32)
    taps /= taps.sum()
    for axis in (0, 1):
        noise = sum(tap * np.roll(noise, shift, axis) for tap, shift in zip(taps, at, strict=True))
    return noise
