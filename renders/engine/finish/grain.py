"""Film grain: seeded noise of a film crystal's size, strongest in the middle greys."""

from __future__ import annotations

import numpy as np

from apexsite.kit.colour import LUMA_709
from apexsite.kit.pixels import Bytes3, Floats3
from apexsite.kit.seeds import seed_mix

SIGMA_CODES = 12.0
"""Standard deviation in codes of mid grey at an amount of 1, as a film's grain in the grade. House choice."""
BLUR_AT_1080 = 0.65
"""Crystal size: blur in pixels of a 1080-line picture. House choice, as in the grade."""
CHROMA_SHARE = 0.25
"""How much of it differs between the three layers of the stock: most grain is grey. House choice."""


def grain(pixels: Bytes3, amount: float, *, seed: int) -> Bytes3:
    """Return uint8 H×W×3 under grain of an amount from 0 to 1; the same seed gives the same grain.

    Strength follows 4·Y·(1 − Y) to the power of ½, so that black stays black and white stays white.
    Source: luminance-dependent band-limited Gaussian noise, Norkin & Birkbeck, "Film Grain Synthesis for AV1" (2018).
    """
    from PIL import Image, ImageFilter

    height, width = pixels.shape[:2]
    stream = np.random.default_rng(seed_mix(seed, "finish grain"))

    def plate() -> Floats3:
        raw = stream.integers(0, 256, size=(height, width), dtype=np.uint8)
        blur = ImageFilter.GaussianBlur(BLUR_AT_1080 * min(height, width) / 1080)
        soft = np.asarray(Image.fromarray(raw).filter(blur), dtype=np.float32)
        return np.asarray((soft - soft.mean()) / max(float(soft.std()), 1e-6), dtype=np.float32)

    picture = pixels.astype(np.float32)
    luma = picture @ np.asarray(LUMA_709, dtype=np.float32) / np.float32(255.0)
    shape = 2.0 * np.sqrt(np.maximum(luma * (1.0 - luma), 0.0)) * np.float32(amount * SIGMA_CODES)
    grey = plate() * np.float32(1.0 - CHROMA_SHARE)
    for channel in range(3):
        picture[..., channel] += shape * (grey + plate() * np.float32(CHROMA_SHARE))
    return np.asarray(np.clip(np.rint(picture), 0, 255), dtype=np.uint8)
