"""Stage 1 of the grade: white balance and exposure in light, then contrast, brightness, gamma and saturation."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from apexsite.kit.colour import (
    COOLEST_KELVIN,
    LUMA_709,
    WARMEST_KELVIN,
    adaptation_matrix,
    decode_srgb,
    encode_srgb,
    white_xy,
)
from apexsite.kit.errors import InputError, listed
from apexsite.kit.pixels import Floats3, require_picture

GRADE_IDENTITY: dict[str, float] = {
    "exposure_stops": 0.0,
    "contrast_percent": 0.0,
    "brightness_percent": 0.0,
    "saturation_percent": 0.0,
    "temperature_kelvin": 5600.0,
    "tint": 0.0,
    "gamma": 1.0,
}
"""The parameters and the values at which they change nothing. Source: seed S1, "Professional Color Grading"."""

GRADE_RANGE: dict[str, tuple[float, float]] = {
    "exposure_stops": (-8.0, 8.0),
    "contrast_percent": (-100.0, 300.0),
    "brightness_percent": (-100.0, 300.0),
    "saturation_percent": (-100.0, 300.0),
    "temperature_kelvin": (WARMEST_KELVIN, COOLEST_KELVIN),
    "tint": (-150.0, 150.0),
    "gamma": (0.1, 10.0),
}
"""What is taken. House choice, wider than any look needs; temperature is the range of the white-point fit."""

CONTRAST_PIVOT = 0.435
"""Encoded value that contrast leaves alone: 18 % grey. Source: BT.709 curve at 0.18 is 0.409; sRGB's is 0.461;
their mean (house choice)."""

DUV_PER_TINT = 1.0 / 3000.0
"""One step of tint across the daylight locus. Source: the temperature and tint scale of Adobe's DNG SDK."""


def read_grade(grade: Mapping[str, float]) -> dict[str, float]:
    """Return all parameters, those not given at their identity.

    Raises `InputError` for a name that is not known, or a value that is no number or out of range.
    """
    for name, value in grade.items():
        if name not in GRADE_IDENTITY:
            raise InputError(f"grade.{name} is not known; valid: {listed(GRADE_IDENTITY)}")
        least, most = GRADE_RANGE[name]
        if isinstance(value, bool) or not math.isfinite(value) or not least <= value <= most:
            raise InputError(f"grade.{name}={value!r} must be from {least:g} to {most:g}")
    return {**GRADE_IDENTITY, **{name: float(value) for name, value in grade.items()}}


def grade_picture(pixels: Floats3, *, grade: Mapping[str, float]) -> Floats3:
    """Return the graded picture; float32 H×W×3 sRGB-encoded [0, 1] in and out, clipped once at the end.

    Order: white balance and exposure in linear light; then, encoded, contrast about 18 % grey, brightness,
    gamma, saturation. A parameter at its identity is skipped, so the identity grade returns equal pixels.
    Temperature names the light the scene is taken to have: above 5600 K warms, below cools; + tint is magenta.
    Raises `InputError` for pixels or parameters that cannot be used.
    Source: the order of ASC CDL practice; Bradford adaptation from ICC.1:2022; percents as in seed S1.
    """
    require_picture(pixels)
    if pixels.dtype != np.float32:
        raise InputError(f"pixels must be float32, got {pixels.dtype}")
    values = read_grade(grade)
    if values == GRADE_IDENTITY:
        return pixels.copy()
    graded = _light_stage(pixels, values)
    graded = _tone_stage(graded, values)
    saturation = np.float32(1.0 + values["saturation_percent"] / 100.0)
    if saturation != 1.0:
        luma = (graded @ np.asarray(LUMA_709, np.float32))[..., None]
        graded = luma + saturation * (graded - luma)
    return np.clip(graded, np.float32(0.0), np.float32(1.0))


def _light_stage(pixels: Floats3, values: Mapping[str, float]) -> Floats3:
    """Balance white and expose in linear light; values above 1 are kept for the stages after."""
    matrix = np.eye(3)
    white = (values["temperature_kelvin"], values["tint"])
    if white != (GRADE_IDENTITY["temperature_kelvin"], 0.0):
        scene = white_xy(white[0], duv=white[1] * DUV_PER_TINT)
        matrix = adaptation_matrix(scene, white_xy(GRADE_IDENTITY["temperature_kelvin"]))
    matrix = matrix * 2.0 ** values["exposure_stops"]
    if np.array_equal(matrix, np.eye(3)):
        return pixels
    return encode_srgb(decode_srgb(pixels) @ matrix.T.astype(np.float32))


def _tone_stage(pixels: Floats3, values: Mapping[str, float]) -> Floats3:
    """Contrast, brightness and gamma on encoded values."""
    graded = pixels
    contrast = np.float32(1.0 + values["contrast_percent"] / 100.0)
    if contrast != 1.0:
        pivot = np.float32(CONTRAST_PIVOT)
        graded = pivot + contrast * (graded - pivot)
    brightness = np.float32(1.0 + values["brightness_percent"] / 100.0)
    if brightness != 1.0:
        graded = graded * brightness
    if values["gamma"] != 1.0:
        graded = np.power(np.maximum(graded, np.float32(0.0)), np.float32(1.0 / values["gamma"]))
    return graded
