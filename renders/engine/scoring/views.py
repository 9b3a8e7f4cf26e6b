"""The planes of a picture that measures read, made once: full-size luma for artifacts, a small copy for the look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apexsite.kit.colour import Doubles, lab_of_srgb
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3, Floats3, require_picture

LOOK_LONG_SIDE = 256
"""Long side of the copy the look is measured on. House choice: composition is read at a glance."""

LEAST_SIDE = 16


@dataclass(frozen=True, slots=True)
class Views:
    """`luma` is float32 H×W 0–255 full size, `pixels` the picture; `small` sRGB [0, 1] and `lab` its CIELAB."""

    pixels: Bytes3
    luma: Floats3
    small: Floats3
    lab: Doubles

    @property
    def light(self) -> Doubles:
        """Return L* of the small copy, 0–100."""
        return self.lab[..., 0]


def views_of(pixels: Bytes3) -> Views:
    """Return the planes of a uint8 H×W×3 picture; raises `InputError` for another array or a side below 16."""
    require_picture(pixels)
    if pixels.dtype != np.uint8 or min(pixels.shape[:2]) < LEAST_SIDE:
        raise InputError(
            f"pixels must be uint8 with sides of {LEAST_SIDE} or more, got {pixels.dtype} {pixels.shape}"
        )
    weights = np.array([0.299, 0.587, 0.114], np.float32)  # Source: ITU-R BT.601, Y' of JPEG
    luma = pixels.astype(np.float32) @ weights
    step = max(1, round(max(pixels.shape[:2]) / LOOK_LONG_SIDE))
    height, width = (side // step for side in pixels.shape[:2])
    tiles = pixels[: height * step, : width * step].reshape(height, step, width, step, 3)
    small = tiles.mean(axis=(1, 3), dtype=np.float32) / np.float32(255.0)
    return Views(pixels, luma, small, lab_of_srgb(small))


def ramp(value: float, *, bad: float, good: float) -> float:
    """Return a smooth 0–1 verdict: about 0.05 at `bad`, 0.95 at `good`, never flat, so that order is kept."""
    middle, slope = (bad + good) / 2, 5.9 / (good - bad)
    return float(1.0 / (1.0 + np.exp(-np.clip(slope * (value - middle), -40, 40))))
