"""How far two pictures of the same size are apart: noise ratio, colour difference, the largest step."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from apexsite.kit.colour import delta_e_2000, lab_of_srgb
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3, require_picture

ROWS_AT_ONCE = 64
"""Rows whose colours are compared in one go, so that a large picture takes little memory. House choice."""


@dataclass(frozen=True, slots=True)
class Distance:
    """`psnr_db` is infinite for equal pictures; `delta_e_mean` is CIEDE2000; `most` the largest step of 255 in a channel."""

    psnr_db: float
    delta_e_mean: float
    most: int
    share_changed: float

    @property
    def is_none(self) -> bool:
        """Return whether every pixel is the same."""
        return self.most == 0

    def __str__(self) -> str:
        if self.is_none:
            return "every pixel is the same"
        return (
            f"PSNR {self.psnr_db:.1f} dB, mean ΔE2000 {self.delta_e_mean:.3f}, "
            f"at most {self.most} of 255 in a channel, {100 * self.share_changed:.2g} % of the pixels"
        )


def distance(one: Bytes3, other: Bytes3) -> Distance:
    """Return how far two pictures, uint8 H×W×3 sRGB, are apart; raises `InputError` for two sizes.

    PSNR is over all three channels, peak 255. Source: ITU-T J.340; ΔE2000: Sharma, Wu, Dalal (2005).
    """
    require_picture(one)
    require_picture(other)
    if one.shape != other.shape:
        raise InputError(
            f"size={other.shape[1]}×{other.shape[0]} must be {one.shape[1]}×{one.shape[0]}"
        )
    steps = np.abs(one.astype(np.int16) - other.astype(np.int16))
    most = int(steps.max())
    if most == 0:
        return Distance(math.inf, 0.0, 0, 0.0)
    error = float(np.mean(np.square(steps, dtype=np.float64)))
    changed = np.any(steps > 0, axis=2)
    total = 0.0
    for top in range(0, one.shape[0], ROWS_AT_ONCE):
        rows = changed[top : top + ROWS_AT_ONCE]
        if rows.any():
            pair = (picture[top : top + ROWS_AT_ONCE][rows] / 255.0 for picture in (one, other))
            first, second = (lab_of_srgb(colours) for colours in pair)
            total += float(delta_e_2000(first, second).sum())
    return Distance(
        10.0 * math.log10(255.0**2 / error), total / changed.size, most, float(changed.mean())
    )


def pixels_sha256(pixels: Bytes3) -> str:
    """Return the sha256 of a picture's size and pixels, whatever file they are kept in."""
    require_picture(pixels)
    digest = hashlib.sha256(f"{pixels.shape[1]}x{pixels.shape[0]} RGB8\n".encode("ascii"))
    digest.update(np.ascontiguousarray(pixels).tobytes())
    return digest.hexdigest()
