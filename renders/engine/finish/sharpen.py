"""Sharpening by an unsharp mask whose radius follows the raster."""

from __future__ import annotations

import numpy as np

from apexsite.kit.pixels import Bytes3

RADIUS_AT_1080 = 1.6
"""Radius in pixels of a 1080-line picture: the same edge on every raster. House choice."""
MOST_PERCENT = 160.0
THRESHOLD_CODES = 2
"""Differences below this are grain and sky, and stay. House choice."""


def sharpen(pixels: Bytes3, amount: float) -> Bytes3:
    """Return uint8 H×W×3 sharpened by an amount from 0 (unchanged) to 1.

    Source: unsharp masking as Pillow's `UnsharpMask` does it (blur, difference, threshold).
    """
    from PIL import Image, ImageFilter

    radius = RADIUS_AT_1080 * min(pixels.shape[:2]) / 1080
    mask = ImageFilter.UnsharpMask(
        radius=max(0.4, radius), percent=round(amount * MOST_PERCENT), threshold=THRESHOLD_CODES
    )
    return np.asarray(Image.fromarray(pixels).filter(mask), dtype=np.uint8)
