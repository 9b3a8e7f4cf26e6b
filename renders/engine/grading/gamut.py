"""Colour spaces of pictures and tables: Rec.709, Rec.2020 and P3, changed into one another in linear light.

wide = convert(pixels, source=ColourSpace.REC709, target=ColourSpace.REC2020)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import BRADFORD

Doubles = npt.NDArray[np.float64]
Curve = Callable[[Doubles], Doubles]


class ColourSpace(StrEnum):
    """What the numbers of a picture or a table mean."""

    REC709 = "rec709"
    REC2020 = "rec2020"
    P3_D65 = "p3_d65"
    DCI_P3 = "dci_p3"


@dataclass(frozen=True, slots=True)
class Encoding:
    """Primaries and white as CIE 1931 xy, and the curve between code and display light."""

    words: str
    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    white: tuple[float, float]
    decode: Curve
    encode: Curve


def srgb_light(encoded: Doubles) -> Doubles:
    """Return light of sRGB codes in float64, mirrored below 0. Source: IEC 61966-2-1, item 5.2."""
    size = np.abs(encoded)
    curve = ((size + 0.055) / 1.055) ** 2.4
    return np.asarray(np.copysign(np.where(size <= 0.04045, size / 12.92, curve), encoded))


def srgb_code(light: Doubles) -> Doubles:
    """Return sRGB codes of light in float64, mirrored below 0. Source: IEC 61966-2-1, item 5.2."""
    size = np.abs(light)
    curve = 1.055 * size ** (1 / 2.4) - 0.055
    return np.asarray(np.copysign(np.where(size <= 0.0031308, size * 12.92, curve), light))


def power_light(exponent: float) -> Curve:
    """Return a pure power curve from code to light, mirrored below 0."""
    return lambda code: np.asarray(np.copysign(np.abs(code) ** exponent, code))


D65 = (0.3127, 0.3290)
SRGB, BT1886, DCI = (
    (srgb_light, srgb_code),
    (power_light(2.4), power_light(1 / 2.4)),
    (power_light(2.6), power_light(1 / 2.6)),
)
P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
ENCODINGS: dict[ColourSpace, Encoding] = {
    ColourSpace.REC709: Encoding(
        "Rec.709", (0.640, 0.330), (0.300, 0.600), (0.150, 0.060), D65, *SRGB
    ),
    ColourSpace.REC2020: Encoding(
        "Rec.2020", (0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65, *BT1886
    ),
    ColourSpace.P3_D65: Encoding("Display P3", *P3, D65, *SRGB),
    ColourSpace.DCI_P3: Encoding("DCI-P3", *P3, (0.314, 0.351), *DCI),
}
"""Source: BT.709-6 and BT.2020-2, item 2 (primaries), BT.1886 (2.4), SMPTE RP 431-2 (P3, DCI white, 2.6), Display P3
as in EG 432-1 with the sRGB curve. Stills are drawn and shown as sRGB, so that is the curve of Rec.709 here."""


def xyz_from_rgb(space: ColourSpace) -> Doubles:
    """Return the 3×3 from linear RGB of a space to XYZ. Source: SMPTE RP 177-1993, item 3.3."""
    encoding = ENCODINGS[space]
    columns = np.array([_xyz(xy) for xy in (encoding.red, encoding.green, encoding.blue)]).T
    weights = np.linalg.solve(columns, _xyz(encoding.white))
    return np.asarray(columns * weights)


@lru_cache(maxsize=32)
def _matrix(source: ColourSpace, target: ColourSpace) -> Doubles:
    adapt = np.eye(3)
    white, wanted = ENCODINGS[source].white, ENCODINGS[target].white
    if white != wanted:
        cones = (BRADFORD @ _xyz(wanted)) / (BRADFORD @ _xyz(white))
        adapt = np.linalg.inv(BRADFORD) @ np.diag(cones) @ BRADFORD
    return np.asarray(np.linalg.inv(xyz_from_rgb(target)) @ adapt @ xyz_from_rgb(source))


def light_matrix(*, source: ColourSpace, target: ColourSpace) -> Doubles:
    """Return the 3×3 between the linear light of two spaces; whites are adapted by Bradford where they differ.

    Source: BT.2087-0 for 709 to 2020; ICC.1:2022, annex E, for the adaptation.
    """
    return _matrix(source, target).copy()


def convert(pixels: Doubles, *, source: ColourSpace, target: ColourSpace) -> Doubles:
    """Return encoded float64 colours (…, 3) of one space in the codes of another; nothing is clipped.

    Colours outside the target come out below 0 or above 1, so that the way back is exact.
    """
    if source == target:
        return pixels
    light = ENCODINGS[source].decode(pixels) @ _matrix(source, target).T
    return ENCODINGS[target].encode(light)


def _xyz(xy: tuple[float, float]) -> Doubles:
    x, y = xy
    return np.array([x / y, 1.0, (1.0 - x - y) / y])
