"""A fingerprint of a picture that near-duplicates share: 64 bits of its lowest frequencies."""

from __future__ import annotations

import numpy as np

from apexsite.kit.pixels import Bytes3

SIDE, KEPT = 32, 8
SAME = 3
"""Bits two pictures may differ in and still be the same to the eye. House choice, below the usual 10 of 64: variants of one
shot share their set, so that only the same frame again counts."""


def fingerprint(pixels: Bytes3) -> int:
    """Return 64 bits of a uint8 H×W×3 picture. Source: pHash, DCT variant (Zauner 2010): signs against the median."""
    from PIL import Image
    from scipy.fft import dctn

    grey = Image.fromarray(pixels).convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    low = dctn(np.asarray(grey, dtype=np.float64), norm="ortho")[:KEPT, :KEPT].ravel()
    bits = low > np.median(low[1:])
    return int("".join("1" if bit else "0" for bit in bits), 2)


def bits_apart(one: int, other: int) -> int:
    """Return in how many of 64 bits two fingerprints differ."""
    return (one ^ other).bit_count()
