"""Stage 3 of the grade: a tone curve, teal and orange that spares skin, and a table laid over it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import LUMA_709
from renders.engine.grading.fields import IDENTITY
from renders.engine.grading.gamut import ColourSpace, convert
from renders.engine.grading.grade import Grade
from renders.engine.grading.skin import skin_mask
from renders.engine.grading.table import Table, look_up

Doubles = npt.NDArray[np.float64]
TableNamed = Callable[[str], Table]
"""Returns the table a grade names; raises what its store raises."""

CURVE = ("curve_black", "curve_shadows", "curve_mids", "curve_highlights", "curve_white")
CURVE_AT = np.linspace(0.0, 1.0, 5)

TEAL, ORANGE = np.array([-0.6, 0.2, 0.6]), np.array([0.8, 0.25, -0.7])
"""Where shadows and lights are pushed, R, G, B. House choice."""

PUSH = 0.12
"""Push at 100 %; half of it is the usual look. House choice."""

TOE, SHOULDER = 0.12, 0.88
"""Luma below and above which the push fades out, so that black is not lifted nor white coloured. House choice."""


def creative_stage(pixels: Doubles, *, grade: Grade, table_named: TableNamed) -> Doubles:
    """Return encoded colours (…, 3) with curve, teal and orange, and table, in this order; nothing is clipped
    but what a table clips at its own domain.
    """
    graded = pixels
    if any(grade[name] != IDENTITY[name] for name in CURVE):
        graded = tone_curve(graded, heights=[grade[name] / 100.0 for name in CURVE])
    if grade["teal_orange_percent"]:
        graded = graded + _teal_orange(graded, grade)
    if grade.has_table:
        graded = _laid_over(graded, grade, table_named(grade.lut))
    return graded


def tone_curve(values: Doubles, *, heights: list[float]) -> Doubles:
    """Return values through a curve at 0, 25, 50, 75, 100 %, smooth and never overshooting; straight on outside.

    Source: Fritsch and Butland, "A method for constructing local monotone piecewise cubic interpolants" (1984).
    """
    from scipy.interpolate import PchipInterpolator

    curve = PchipInterpolator(CURVE_AT, heights)
    inside = np.clip(values, 0.0, 1.0)
    slope = curve.derivative()
    below, above = np.minimum(values, 0.0), np.maximum(values - 1.0, 0.0)
    return np.asarray(curve(inside) + below * slope(0.0) + above * slope(1.0))


def _teal_orange(pixels: Doubles, grade: Grade) -> Doubles:
    """Return what is added: teal by (1 − L)², orange by L², none at black, white and skin."""
    luma = np.clip(pixels @ np.array(LUMA_709), 0.0, 1.0)
    strength = grade["teal_orange_percent"] / 100.0 * PUSH * (1.0 - skin_mask(pixels, grade=grade))
    strength *= _ramp(luma / TOE) * (1.0 - _ramp((luma - SHOULDER) / (1.0 - SHOULDER)))
    shadows, lights = strength * (1.0 - luma) ** 2, strength * luma**2
    return np.asarray(shadows[..., None] * TEAL + lights[..., None] * ORANGE)


def _laid_over(pixels: Doubles, grade: Grade, table: Table) -> Doubles:
    share = grade["lut_percent"] / 100.0
    inside = convert(pixels, source=ColourSpace.REC709, target=grade.lut_space)
    read = look_up(table, inside)
    looked = convert(read, source=grade.lut_space, target=ColourSpace.REC709)
    return pixels + share * (looked - pixels)


def _ramp(at: Doubles) -> Doubles:
    clipped = np.clip(at, 0.0, 1.0)
    return np.asarray(clipped * clipped * (3.0 - 2.0 * clipped))
