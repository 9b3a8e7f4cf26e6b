"""Stage 4 on a whole picture: halation in light, colour fringes, sharpening; vignette and grain for a single still.

A film's vignette and grain lie on its frames, not on the stills that move beneath: `motion.resample` draws those.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import LUMA_709, decode_srgb, encode_srgb
from apexsite.kit.pixels import Floats3
from renders.engine.grading.grade import Grade
from renders.engine.grading.grain import noise_offsets, noise_plates
from renders.engine.grading.vignette import vignette_sides

Floats = npt.NDArray[np.float32]

HALATION_FROM, HALATION_SOFT = 0.8, 0.2
"""Light from which a highlight glows, and over how much it comes in. Source: halation shows about bare lamps and
windows only; the numbers are a house choice."""

HALATION_WIDTH = 0.01
"""Sigma of the glow as a share of the picture's width. House choice."""

HALATION_COLOUR = np.array([1.0, 0.25, 0.0], np.float32)
"""Glow in R, G, B: light that went through all layers of a film and came back reaches the red layer first, a
little of it the green one. Source: Kodak, "The Essential Reference Guide for Filmmakers", anti-halation backing."""

SHARPEN_SIGMA = 0.8
"""Radius of sharpening in pixels of a picture of 1080 lines. House choice."""

FRINGE_MOST = 0.03
"""Most that a sharpened luma may move, so that edges get no white line. House choice."""


def finish_still(pixels: Floats3, *, grade: Grade) -> Floats3:
    """Return the picture with what of stage 4 belongs to the still; float32 H×W×3 sRGB-encoded in and out.

    Radii follow the picture's size, so a thumbnail looks as the film does. At the identity the pixels are equal.
    """
    finished = pixels
    if grade["halation"]:
        finished = _with_halation(finished, grade["halation"])
    if grade["chromatic_aberration"]:
        finished = _with_fringes(finished, grade["chromatic_aberration"] / 1000.0)
    if grade["sharpening"]:
        finished = _sharpened(finished, grade["sharpening"])
    return finished


def frame_still(pixels: Floats3, *, grade: Grade, seed: int = 0, frame: int = 0) -> Floats3:
    """Return a single still as a frame of the film would show it: with vignette and a frame's grain.

    Grain is laid on the luma as the film does it: strongest at mid-grey, a quarter of it in black and white.
    """
    height, width, _ = pixels.shape
    shown = pixels
    if grade["vignette"]:
        rows, columns = vignette_sides(height=height, width=width, amount=grade["vignette"])
        shown = shown * (rows[:, None] * columns)[..., None]
    if grade["film_grain"]:
        plates = noise_plates(width=width, height=height, film_grain=grade["film_grain"], seed=seed)
        top, left, *_ = noise_offsets(frame=frame, seed=seed)
        plate = plates.grain[top : top + height, left : left + width].astype(np.float32)
        tone = np.clip(shown @ np.asarray(LUMA_709, np.float32), 0.0, 1.0)
        strength = np.float32(0.25) + np.float32(3.0) * tone * (1 - tone)
        strength *= np.float32(plates.grain_codes / 219.0)
        shown = shown + (strength * plate)[..., None]
    return np.clip(shown, np.float32(0.0), np.float32(1.0)) if shown is not pixels else shown


def _with_halation(pixels: Floats3, amount: float) -> Floats3:
    """Add the blurred light of what is brighter than the threshold; done at a quarter of the size and drawn up."""
    from PIL import Image
    from scipy.ndimage import gaussian_filter

    light = decode_srgb(pixels)
    luma = light @ np.asarray(LUMA_709, np.float32)
    over = np.clip((luma - HALATION_FROM) / HALATION_SOFT, 0.0, 1.0) * luma
    height, width = luma.shape
    small = (max(width // 4, 1), max(height // 4, 1))
    source = Image.fromarray(np.asarray(over, np.float32)).resize(small, Image.Resampling.BOX)
    glow = gaussian_filter(np.asarray(source), HALATION_WIDTH * small[0], mode="nearest")
    drawn = Image.fromarray(glow).resize((width, height), Image.Resampling.BILINEAR)
    lit = light + np.float32(amount) * np.asarray(drawn)[..., None] * HALATION_COLOUR
    return np.clip(encode_srgb(lit), np.float32(0.0), np.float32(1.0))


def _with_fringes(pixels: Floats3, share: float) -> Floats3:
    """Draw red larger and blue smaller by `share` about the middle, as a lens with lateral colour does."""
    red = _scaled(pixels[..., 0], 1.0 + share)
    blue = _scaled(pixels[..., 2], 1.0 - share)
    return np.clip(np.stack([red, pixels[..., 1], blue], axis=-1), 0.0, 1.0).astype(np.float32)


def _scaled(channel: Floats, scale: float) -> Floats:
    from PIL import Image

    height, width = channel.shape
    spare = 2 + int(max(height, width) * abs(scale - 1.0))
    padded = np.pad(channel, spare, mode="edge")
    middle = (width / 2 + spare, height / 2 + spare)
    half = (width / 2 / scale, height / 2 / scale)
    box = (middle[0] - half[0], middle[1] - half[1], middle[0] + half[0], middle[1] + half[1])
    image = Image.fromarray(np.ascontiguousarray(padded, np.float32))
    drawn = image.resize((width, height), Image.Resampling.BICUBIC, box=box)
    return np.asarray(drawn, np.float32)


def _sharpened(pixels: Floats3, amount: float) -> Floats3:
    """Unsharp mask on luma alone, its halo bounded, so that colours get no edge."""
    from scipy.ndimage import gaussian_filter

    luma = pixels @ np.asarray(LUMA_709, np.float32)
    sigma = SHARPEN_SIGMA * pixels.shape[0] / 1080.0
    detail = np.float32(amount) * (luma - gaussian_filter(luma, max(sigma, 0.4), mode="nearest"))
    bound = np.float32(FRINGE_MOST * (1.0 + amount))
    detail = bound * np.tanh(detail / bound)
    sharp = pixels + detail[..., None]
    return np.asarray(np.clip(sharp, np.float32(0.0), np.float32(1.0)), np.float32)
