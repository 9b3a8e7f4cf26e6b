"""Contrast about the picture's own mean grey."""

from __future__ import annotations

import numpy as np

from apexsite.kit.pixels import Bytes3

SPAN = 0.5
"""How far the slider's ends go: a factor of 0.5 to 1.5. House choice: further only clips."""


def contrast(pixels: Bytes3, amount: float) -> Bytes3:
    """Return uint8 H×W×3 with distances from its mean grey scaled by 1 + amount/2; amount is from −1 to 1.

    Source: Pillow's `ImageEnhance.Contrast`.
    """
    from PIL import Image, ImageEnhance

    return np.asarray(
        ImageEnhance.Contrast(Image.fromarray(pixels)).enhance(1.0 + SPAN * amount), dtype=np.uint8
    )
