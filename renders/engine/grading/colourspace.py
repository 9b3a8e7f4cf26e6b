"""RGB stills to the film's own planes: BT.709 limited-range Y, Cb, Cr at 16 bits, chroma halved both ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import LUMA_709
from apexsite.kit.pixels import Floats3, require_picture

Words = npt.NDArray[np.uint16]

BLACK, LUMA_SPAN, CHROMA_ZERO, CHROMA_SPAN = 16.0, 219.0, 128.0, 224.0
"""Limited range at 8 bits: black, black to white, grey of Cb and Cr, their span. Source: BT.709-6, item 4.6."""

STEPS = 256.0
"""16-bit steps in one 8-bit code, so that a plane keeps what the dither needs."""


@dataclass(frozen=True, slots=True)
class Planes:
    """A still as uint16 planes, code × 256: `y` H×W; `cb` and `cr` half of it each way, rounded up.

    A chroma sample lies in the middle of its four luma samples; the film's own siting is made when drawing.
    """

    y: Words
    cb: Words
    cr: Words


def planes_of(pixels: Floats3) -> Planes:
    """Return the planes of a float32 H×W×3 sRGB-encoded picture [0, 1]; odd sides repeat their last line.

    The encoded values go in as they are: a still's sRGB code is the film's code (what every player shows).
    Source: BT.709-6, items 3.3 and 4.6.
    """
    require_picture(pixels)
    red, green, blue = (pixels[..., channel] for channel in range(3))
    weights = [np.float32(weight) for weight in LUMA_709]
    luma = weights[0] * red + weights[1] * green + weights[2] * blue
    cb = (_halved(blue) - (half_luma := _halved(luma))) / np.float32(2 - 2 * LUMA_709[2])
    cr = (_halved(red) - half_luma) / np.float32(2 - 2 * LUMA_709[0])
    return Planes(
        y=_words(luma, BLACK, LUMA_SPAN),
        cb=_words(cb, CHROMA_ZERO, CHROMA_SPAN),
        cr=_words(cr, CHROMA_ZERO, CHROMA_SPAN),
    )


def rgb_of_frame(
    y: npt.NDArray[np.uint8], cb: npt.NDArray[np.uint8], cr: npt.NDArray[np.uint8]
) -> Floats3:
    """Return float32 H×W×3 [0, 1] of one 8-bit 4:2:0 frame, chroma repeated; for looking and testing.

    Source: BT.709-6, items 3.3 and 4.6, inverted.
    """
    height, width = y.shape
    luma = (y.astype(np.float32) - np.float32(BLACK)) / np.float32(LUMA_SPAN)
    blue_less, red_less = (
        np.repeat(np.repeat(plane, 2, axis=0), 2, axis=1)[:height, :width].astype(np.float32)
        for plane in (cb, cr)
    )
    blue = luma + (blue_less - 128) * np.float32((2 - 2 * LUMA_709[2]) / CHROMA_SPAN)
    red = luma + (red_less - 128) * np.float32((2 - 2 * LUMA_709[0]) / CHROMA_SPAN)
    green = (luma - LUMA_709[0] * red - LUMA_709[2] * blue) / np.float32(LUMA_709[1])
    return np.asarray(np.clip(np.stack([red, green, blue], axis=-1), 0.0, 1.0), dtype=np.float32)


def _halved(plane: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the mean of every 2×2 block; an odd last line counts twice."""
    height, width = plane.shape
    if height % 2 or width % 2:
        plane = np.pad(plane, ((0, height % 2), (0, width % 2)), mode="edge")
    rows = plane[0::2] + plane[1::2]
    halved: npt.NDArray[np.float32] = (rows[:, 0::2] + rows[:, 1::2]) * np.float32(0.25)
    return halved


def _words(plane: npt.NDArray[np.float32], zero: float, span: float) -> Words:
    scaled = plane * np.float32(span * STEPS) + np.float32(zero * STEPS + 0.5)
    return np.asarray(np.clip(scaled, 0, 65535), dtype=np.uint16)
