"""Stage 2 of the grade: a soft mask of skin by luma, Cb and Cr, and what is done inside and outside of it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import LUMA_709
from renders.engine.grading.grade import Grade

Doubles = npt.NDArray[np.float64]

SKIN_DEGREES = 123.0
"""Where skin of every shade lies on a vectorscope. Source: the skin line of BT.709 vectorscopes, NTSC's +I."""

WEDGE_DEGREES = 24.0
"""Hues this far from the line are skin for certain: printed skin tones lie from 100° to 146° (house measurement on
ColorChecker and on the tones of seed S1)."""

WEDGE_EDGE_DEGREES = 30.0
"""Width of the wedge's feather at a softness of 1. House choice."""

EDGE = 0.12
"""Width of the box's feather at a softness of 1, as a share of the range of Y, Cb or Cr. House choice: a red cloth
beside a face has a Cr of 0.74 and stays out."""

WEDGE_EDGE_CHROMA = 0.03
"""Least width of that feather in Cb and Cr, where a degree is a short way. House choice: a cube of colours of 65
points has steps of half of it, so that it holds the edge."""

CHROMA_FROM, CHROMA_TO = 0.01, 0.055
"""Distance from grey at which a colour begins to be, and is, coloured enough to be skin. House choice about 0.03."""


def chroma_of(pixels: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Return Y from 0 to 1, and Cb and Cr from −0.5 to 0.5, of encoded colours (…, 3). Source: BT.709-6, item 3."""
    luma = pixels @ np.array(LUMA_709)
    cb = (pixels[..., 2] - luma) / (2.0 - 2.0 * LUMA_709[2])
    cr = (pixels[..., 0] - luma) / (2.0 - 2.0 * LUMA_709[0])
    return luma, cb, cr


def rgb_of(luma: Doubles, cb: Doubles, cr: Doubles) -> Doubles:
    """Return encoded colours (…, 3) of Y, Cb, Cr. Source: BT.709-6, item 3, inverted."""
    red = luma + (2.0 - 2.0 * LUMA_709[0]) * cr
    blue = luma + (2.0 - 2.0 * LUMA_709[2]) * cb
    green = (luma - LUMA_709[0] * red - LUMA_709[2] * blue) / LUMA_709[1]
    return np.stack([red, green, blue], axis=-1)


def skin_mask(pixels: Doubles, *, grade: Grade) -> Doubles:
    """Return how much each encoded colour (…, 3) is skin, float64 from 0 to 1.

    The box of seed S1 alone takes every grey, whose Cb and Cr of 0.5 lie inside it: a wedge of hue about the skin
    line and a gate on chroma are laid over it. Edges are smooth and as wide as `skin_softness` says, outside the box.
    """
    luma, cb, cr = chroma_of(pixels)
    softness = grade["skin_softness"]
    mask = np.ones_like(luma)
    for name, value in (("y", luma), ("cb", cb + 0.5), ("cr", cr + 0.5)):
        least, most = grade[f"skin_{name}_min"], grade[f"skin_{name}_max"]
        outside = np.maximum(least - value, value - most)
        mask *= 1.0 - _smooth(outside / (EDGE * softness))
    hue = np.degrees(np.arctan2(cr, cb))
    away = np.abs((hue - SKIN_DEGREES + 180.0) % 360.0 - 180.0)
    chroma = np.maximum(np.hypot(cb, cr), 1e-6)
    feather = np.maximum(WEDGE_EDGE_DEGREES * softness, np.degrees(WEDGE_EDGE_CHROMA / chroma))
    mask *= 1.0 - _smooth((away - WEDGE_DEGREES) / feather)
    return mask * _smooth((chroma - CHROMA_FROM) / (CHROMA_TO - CHROMA_FROM))


def secondary_stage(pixels: Doubles, *, grade: Grade) -> Doubles:
    """Return encoded colours (…, 3) with skin and all else changed in saturation, skin in hue and brightness too.

    Luma is kept but for the brightness of skin. Positive hue turns skin towards red, negative towards yellow.
    """
    mask = skin_mask(pixels, grade=grade)
    luma, cb, cr = chroma_of(pixels)
    inside = 1.0 + grade["skin_saturation_percent"] / 100.0
    outside = 1.0 + grade["others_saturation_percent"] / 100.0
    scale = outside + mask * (inside - outside)
    turn = np.radians(-grade["skin_hue_degrees"]) * mask
    cos, sin = scale * np.cos(turn), scale * np.sin(turn)
    graded = rgb_of(luma, cos * cb - sin * cr, sin * cb + cos * cr)
    return graded * (1.0 + mask * grade["skin_brightness_percent"] / 100.0)[..., None]


def _smooth(at: Doubles) -> Doubles:
    """Return the smoothstep of a ramp from 0 to 1."""
    clipped = np.clip(at, 0.0, 1.0)
    return np.asarray(clipped * clipped * (3.0 - 2.0 * clipped))
