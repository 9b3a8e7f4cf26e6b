"""Brightness as one factor on the codes."""

from __future__ import annotations

import numpy as np

from apexsite.kit.pixels import Bytes3

SPAN = 0.5
"""How far the slider's ends go: a factor of 0.5 to 1.5. House choice, as for contrast."""


def brightness(pixels: Bytes3, amount: float) -> Bytes3:
    """Return uint8 H×W×3 with its codes scaled by 1 + amount/2; amount is from −1 to 1.

    Source: Pillow's `ImageEnhance.Brightness`.
    """
    from PIL import Image, ImageEnhance

    return np.asarray(
        ImageEnhance.Brightness(Image.fromarray(pixels)).enhance(1.0 + SPAN * amount),
        dtype=np.uint8,
    )
