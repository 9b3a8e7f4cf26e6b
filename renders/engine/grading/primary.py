"""Stage 1 of the grade: white balance and exposure in light, then contrast, brightness, gamma and saturation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import LUMA_709, adaptation_matrix, white_xy
from apexsite.kit.errors import InputError, listed
from apexsite.kit.pixels import Floats3, require_picture
from renders.engine.grading.fields import FIELD_NAMED, Stage, names_of
from renders.engine.grading.gamut import srgb_code, srgb_light
from renders.engine.grading.grade import read_number

Doubles = npt.NDArray[np.float64]

GRADE_IDENTITY: dict[str, float] = {n: FIELD_NAMED[n].identity for n in names_of(Stage.PRIMARY)}
"""The parameters and the values at which they change nothing. Source: seed S1, "Professional Color Grading"."""

GRADE_RANGE: dict[str, tuple[float, float]] = {
    name: (FIELD_NAMED[name].least, FIELD_NAMED[name].most) for name in GRADE_IDENTITY
}
"""What is taken. House choice, wider than any look needs; temperature is the range of the white-point fit."""

CONTRAST_PIVOT = 0.435
"""Encoded value that contrast leaves alone: 18 % grey. Source: BT.709 curve at 0.18 is 0.409; sRGB's is 0.461;
their mean (house choice)."""

DUV_PER_TINT = 1.0 / 3000.0
"""One step of tint across the daylight locus. Source: the temperature and tint scale of Adobe's DNG SDK."""


def read_grade(grade: Mapping[str, float]) -> dict[str, float]:
    """Return all parameters of stage 1, those not given at their identity.

    Raises `InputError` for a name that is not known, or a value that is no number or out of range.
    """
    for name in grade:
        if name not in GRADE_IDENTITY:
            raise InputError(f"grade.{name} is not known; valid: {listed(GRADE_IDENTITY)}")
    return {**GRADE_IDENTITY, **{name: read_number(name, value) for name, value in grade.items()}}


def grade_picture(pixels: Floats3, *, grade: Mapping[str, float]) -> Floats3:
    """Return the picture after stage 1; float32 H×W×3 sRGB-encoded [0, 1] in and out, clipped once at the end.

    A parameter at its identity is skipped, so the identity grade returns equal pixels.
    Raises `InputError` for pixels or parameters that cannot be used.
    """
    require_picture(pixels)
    if pixels.dtype != np.float32:
        raise InputError(f"pixels must be float32, got {pixels.dtype}")
    values = read_grade(grade)
    if values == GRADE_IDENTITY:
        return pixels.copy()
    graded = primary_stage(pixels.astype(np.float64), values=values)
    return np.clip(graded, 0.0, 1.0).astype(np.float32)


def primary_stage(pixels: Doubles, *, values: Mapping[str, float]) -> Doubles:
    """Return encoded float64 colours (…, 3) after stage 1, not clipped.

    Order: white balance and exposure in linear light; then, encoded, contrast about 18 % grey, brightness,
    gamma, saturation. Temperature names the light the scene is taken to have: above 5600 K warms, below cools;
    + tint is magenta.
    Source: the order of ASC CDL practice; Bradford adaptation from ICC.1:2022; percents as in seed S1.
    """
    graded = _tone(_light(pixels, values), values)
    saturation = 1.0 + values["saturation_percent"] / 100.0
    if saturation != 1.0:
        luma = (graded @ np.array(LUMA_709))[..., None]
        graded = luma + saturation * (graded - luma)
    return graded


def _light(pixels: Doubles, values: Mapping[str, float]) -> Doubles:
    """Balance white and expose in linear light; values above 1 are kept for the stages after."""
    matrix = np.eye(3)
    white = (values["temperature_kelvin"], values["tint"])
    if white != (GRADE_IDENTITY["temperature_kelvin"], 0.0):
        scene = white_xy(white[0], duv=white[1] * DUV_PER_TINT)
        matrix = adaptation_matrix(scene, white_xy(GRADE_IDENTITY["temperature_kelvin"]))
    matrix = matrix * 2.0 ** values["exposure_stops"]
    if np.array_equal(matrix, np.eye(3)):
        return pixels
    return srgb_code(srgb_light(pixels) @ matrix.T)


def _tone(pixels: Doubles, values: Mapping[str, float]) -> Doubles:
    """Contrast, brightness and gamma on encoded values."""
    graded = pixels
    contrast = 1.0 + values["contrast_percent"] / 100.0
    if contrast != 1.0:
        graded = CONTRAST_PIVOT + contrast * (graded - CONTRAST_PIVOT)
    brightness = 1.0 + values["brightness_percent"] / 100.0
    if brightness != 1.0:
        graded = graded * brightness
    if values["gamma"] != 1.0:
        graded = np.maximum(graded, 0.0) ** (1.0 / values["gamma"])
    return graded
