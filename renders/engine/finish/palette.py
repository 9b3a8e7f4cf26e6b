"""A pull of a picture towards its bible's palette in CIELAB: key, chroma, warmth, and each colour to its nearest."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from apexsite.kit.colour import D65_WHITE, RGB_FROM_XYZ, Doubles, encode_srgb, lab_of_srgb
from apexsite.kit.pixels import Bytes3
from renders.engine.drift.asked import Asked
from renders.engine.drift.shades import shades

POINTS = 33
"""Points a side of the cube of colours the pull is laid into: it is smooth, so that 33 hold it. House choice."""
SAMPLE_SIDE = 192
"""Long side of the copy that is measured. House choice: means and spreads are those of the whole to a tenth."""
NEAR = 5.0
"""ΔE by which a wanted colour may be further than the nearest and still share a pixel: no edge appears. House choice."""
PULL = 0.85
"""Share of the way to the wanted chroma at a strength of 1. House choice: further on shading turns into paint."""
TONE = 0.7
"""Share of the way to the wanted key and warmth at a strength of 1. House choice."""
SKIN_REACH = 11.0
"""Distance in a* b* within which a colour counts as skin and is spared. House choice: the tones of a cast differ by 10."""
MOST_SKIN = 0.22
"""Share of a picture that is taken for skin: where more has skin's hue it is wood or sand, and spared less. House choice."""


def palette(pixels: Bytes3, strength: float, *, asked: Asked) -> Bytes3:
    """Return uint8 H×W×3 pulled towards what a bible asks, by a strength from 0 (unchanged) to 1.

    Source: colour transfer by statistics in an opponent space, after Reinhard et al., "Color Transfer between Images"
    (2001), in CIELAB; the soft pull to nearest palette colours and the sparing of skin are house choices.
    """
    from renders.engine.grading.tetrahedra import interpolate

    if strength == 0.0:
        return pixels
    cube = _cube(_sample(pixels), strength, asked)
    table = np.asarray(cube, dtype=np.float32)
    out = np.empty_like(pixels)
    for top in range(0, pixels.shape[0], 256):
        band = pixels[top : top + 256].astype(np.float32) / np.float32(255.0)
        out[top : top + 256] = np.rint(np.clip(interpolate(table, band), 0, 1) * 255.0)
    return out


def _sample(pixels: Bytes3) -> Doubles:
    """Return CIELAB (n, 3) of a small copy."""
    step = max(1, max(pixels.shape[:2]) // SAMPLE_SIDE)
    height, width = (side // step * step for side in pixels.shape[:2])
    tiles = pixels[:height, :width].reshape(height // step, step, width // step, step, 3)
    return lab_of_srgb(tiles.mean(axis=(1, 3)) / 255.0).reshape(-1, 3)


def _cube(sample: Doubles, strength: float, asked: Asked) -> Doubles:
    """Return the pull as encoded colours (N, N, N, 3), red first."""
    curve = _curve(sample[:, 0], asked.key, TONE * strength)
    warmth = TONE * strength * (asked.warmth - float(sample[:, 2].mean()))
    share = min(1.0, MOST_SKIN / max(float(_skin(sample, asked.skin).mean()), 1e-6))
    lab = _grid()
    pulled = _coloured(lab, strength, asked, spared=share, warmth=warmth)
    moved = _coloured(sample, strength, asked, spared=share, warmth=warmth)
    chroma = float(np.hypot(moved[:, 1], moved[:, 2]).mean())
    wanted = min(max(chroma, asked.chroma[0]), asked.chroma[1])
    scale = 1.0 + strength * (wanted / max(chroma, 1.0) - 1.0)
    spared = 1.0 - share * _skin(lab, asked.skin)
    pulled[..., 1:] *= (1.0 + (min(max(scale, 0.4), 2.0) - 1.0) * spared)[..., None]
    pulled[..., 0] = 100.0 * np.power(np.clip(lab[..., 0], 0, 100) / 100.0, curve)
    return np.clip(_srgb_of_lab(pulled), 0.0, 1.0)


def _coloured(
    lab: Doubles, strength: float, asked: Asked, *, spared: float, warmth: float
) -> Doubles:
    """Return colours (…, 3) warmed, then with chroma pulled to a soft mean of the nearest wanted shades; L* is kept."""
    free = 1.0 - spared * _skin(lab, asked.skin)
    out = lab.copy()
    # Black and white have no cast: the shift dies away at both ends of lightness.
    out[..., 2] += warmth * np.sin(np.pi * np.clip(lab[..., 0], 0, 100) / 100) * free
    targets = shades(out[..., 0], np.concatenate([asked.colours, asked.skin]))
    away = np.sqrt(((out[..., None, :] - targets) ** 2).sum(-1))
    # Counted from the nearest, so that a colour far from all of them still has one.
    share = np.exp(-(away - away.min(-1, keepdims=True)) / NEAR)
    share /= share.sum(-1, keepdims=True)
    goal = (share[..., None] * targets[..., 1:]).sum(-2)
    way = (PULL * strength * (1.0 - 0.8 * spared * _skin(lab, asked.skin)))[..., None]
    out[..., 1:] += way * (goal - out[..., 1:])
    return out


def _skin(lab: Doubles, skin: Doubles) -> Doubles:
    """Return how much colours (…, 3) are skin of the bible's tones, 0 to 1; lightness is left out, shade is free."""
    off = lab[..., None, 1:] - skin[:, 1:]
    near = np.sqrt((off**2).sum(-1)).min(-1)
    return np.asarray(np.exp(-0.5 * (near / SKIN_REACH) ** 2))


def _curve(light: Doubles, wanted: float, share: float) -> float:
    """Return the power of L*/100 that moves the mean L* this share of the way to the one wanted."""
    mean = float(light.mean())
    goal = mean + share * (wanted - mean)
    low, high = 0.4, 2.5
    for _ in range(24):
        middle = math.sqrt(low * high)
        reached = float((100.0 * np.power(np.clip(light, 0, 100) / 100.0, middle)).mean())
        low, high = (low, middle) if reached < goal else (middle, high)
    return float((low * high) ** 0.5)


@lru_cache(maxsize=1)
def _grid() -> Doubles:
    """Return CIELAB of the cube's points (N, N, N, 3)."""
    side = np.linspace(0.0, 1.0, POINTS)
    return lab_of_srgb(np.stack(np.meshgrid(side, side, side, indexing="ij"), axis=-1))


def _srgb_of_lab(lab: Doubles) -> Doubles:
    """Return encoded sRGB of CIELAB (D65), not clipped. Source: CIE 15:2018, 8.2.1, inverted."""
    y = (lab[..., 0] + 16.0) / 116.0
    f = np.stack([y + lab[..., 1] / 500.0, y, y - lab[..., 2] / 200.0], axis=-1)
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * np.array(D65_WHITE)
    return np.asarray(encode_srgb(xyz @ RGB_FROM_XYZ.T), dtype=np.float64)
