"""The raster a model draws at, and how its picture comes to the raster asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

STEP = 64
LOWER = 0.75
"""A lower size has three quarters of the sides. House choice: 1152×896 → 832×640, half the memory of attention."""

LEAST_SIDE = 512
"""SDXL's first training stage was 512 square; below it pictures fall apart. Source: Podell et al. 2023, section 2.2."""


def nearest_size(sizes: Sequence[tuple[int, int]], width: int, height: int) -> tuple[int, int]:
    """Return the trained (width, height) whose shape is nearest to width:height, the larger of equals.

    Shapes are compared by the log of their ratio, so that wide and tall count alike. Source: house choice after the
    bucketing of NovelAI (aspect ratio nearest first).
    """
    asked = math.log(width / height)
    return min(sizes, key=lambda s: (round(abs(math.log(s[0] / s[1]) - asked), 6), -s[0] * s[1]))


def lower_size(width: int, height: int) -> tuple[int, int] | None:
    """Return the next smaller raster of nearly the same shape in multiples of 64, None when none is left."""
    lower = tuple(max(STEP, int(side * LOWER) // STEP * STEP) for side in (width, height))
    if min(lower) < min(LEAST_SIDE, min(width, height)) or lower == (width, height):
        return None
    return lower[0], lower[1]


def covering_crop(width: int, height: int, to: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the largest centred window of the shape `to` in a width×height picture, as (x, y, width, height)."""
    kept_width = min(width, round(height * to[0] / to[1]))
    kept_height = min(height, round(width * to[1] / to[0]))
    return (width - kept_width) // 2, (height - kept_height) // 2, kept_width, kept_height


def brought_to(picture: Image, to: tuple[int, int]) -> Image:
    """Return a picture cropped at its centre to the shape asked for and resized to it (Lanczos)."""
    from PIL import Image as Pillow

    if picture.size == to:
        return picture
    x, y, width, height = covering_crop(*picture.size, to)
    return picture.resize(to, Pillow.Resampling.LANCZOS, box=(x, y, x + width, y + height))
