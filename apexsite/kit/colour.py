"""Colour maths shared by all rooms: sRGB light, white points, chromatic adaptation, CIELAB and CIEDE2000."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

LUMA_709: tuple[float, float, float] = (0.2126, 0.7152, 0.0722)
"""Weights of R, G, B in luminance. Source: ITU-R BT.709-6, item 3.2."""

XYZ_FROM_RGB: Doubles = np.array(
    [
        [0.4123907992659595, 0.3575843393838780, 0.1804807884018343],
        [0.2126390058715104, 0.7151686787677559, 0.0721923153607337],
        [0.0193308187155918, 0.1191947797946259, 0.9505321522496608],
    ]
)
"""Linear 709 (= sRGB) RGB to XYZ, D65. Source: SMPTE RP 177 derivation from the BT.709 primaries."""

RGB_FROM_XYZ: Doubles = np.linalg.inv(XYZ_FROM_RGB).astype(np.float64)

BRADFORD: Doubles = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
"""XYZ to Bradford cone responses. Source: Lam (1985), as printed in ICC.1:2022, annex E."""

D65_WHITE: tuple[float, float, float] = (0.9504559270516716, 1.0, 1.0890577507598784)
"""XYZ of D65 with Y = 1, the row sums of `XYZ_FROM_RGB`."""

COOLEST_KELVIN = 25000.0
WARMEST_KELVIN = 1667.0
"""Range of the Planckian fit below and of the CIE daylight locus."""


def decode_srgb(encoded: npt.ArrayLike) -> Floats:
    """Return linear light of sRGB-encoded values; float32, any shape; below 0 is mirrored.

    Source: IEC 61966-2-1, item 5.2.
    """
    value = np.asarray(encoded, dtype=np.float32)
    size = np.abs(value)
    curve = np.power((size + np.float32(0.055)) / np.float32(1.055), np.float32(2.4))
    return np.copysign(np.where(size <= 0.04045, size / np.float32(12.92), curve), value)


def encode_srgb(linear: npt.ArrayLike) -> Floats:
    """Return sRGB-encoded values of linear light; float32, any shape; below 0 is mirrored.

    Source: IEC 61966-2-1, item 5.2.
    """
    value = np.asarray(linear, dtype=np.float32)
    size = np.abs(value)
    curve = np.float32(1.055) * np.power(size, np.float32(1 / 2.4)) - np.float32(0.055)
    return np.copysign(np.where(size <= 0.0031308, size * np.float32(12.92), curve), value)


def daylight_xy(kelvin: float) -> tuple[float, float]:
    """Return CIE 1931 xy of daylight of 4000–25000 K. Source: CIE 15:2018, equations 4.4 to 4.6."""
    t = 1000.0 / kelvin
    if kelvin <= 7000.0:
        x = 0.244063 + 0.09911 * t + 2.9678 * t**2 - 4.6070 * t**3
    else:
        x = 0.237040 + 0.24748 * t + 1.9018 * t**2 - 2.0064 * t**3
    return x, -3.000 * x**2 + 2.870 * x - 0.275


def planckian_xy(kelvin: float) -> tuple[float, float]:
    """Return CIE 1931 xy of a black body of 1667–25000 K.

    Source: Kim et al., US patent 7024034 B2 (2006), cubic fits.
    """
    t = 1000.0 / kelvin
    if kelvin <= 4000.0:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    if kelvin <= 2222.0:
        return x, -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    if kelvin <= 4000.0:
        return x, -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    return x, 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483


def white_xy(kelvin: float, *, duv: float = 0.0) -> tuple[float, float]:
    """Return CIE 1931 xy of a light of this temperature, moved `duv` off the locus (+ is greener).

    Daylight from 5000 K up, black body to 4000 K, mixed between, so that a slider never jumps (house choice).
    Raises `InputError` outside 1667–25000 K. Source: CIE 1960 UCS for the direction across the locus.
    """
    if not WARMEST_KELVIN <= kelvin <= COOLEST_KELVIN:
        raise InputError(
            f"temperature_kelvin={kelvin:g} must be from {WARMEST_KELVIN:g} to {COOLEST_KELVIN:g}"
        )
    if duv == 0.0:
        return _locus_xy(kelvin)
    step = kelvin * 1e-3
    u, v = _uv_of_xy(*_locus_xy(kelvin))
    u_warm, v_warm = _uv_of_xy(*_locus_xy(kelvin - step))
    along = np.array([u_warm - u, v_warm - v])
    across = np.array([-along[1], along[0]]) / np.hypot(*along)
    across = across if across[1] > 0 else -across
    u, v = u + duv * across[0], v + duv * across[1]
    below = 2.0 * u - 8.0 * v + 4.0
    return 3.0 * u / below, 2.0 * v / below


def _locus_xy(kelvin: float) -> tuple[float, float]:
    day = min(max((kelvin - 4000.0) / 1000.0, 0.0), 1.0)
    if day == 1.0:
        return daylight_xy(kelvin)
    warm = planckian_xy(kelvin)
    if day == 0.0:
        return warm
    cool = daylight_xy(kelvin)
    return warm[0] + day * (cool[0] - warm[0]), warm[1] + day * (cool[1] - warm[1])


def _uv_of_xy(x: float, y: float) -> tuple[float, float]:
    below = -2.0 * x + 12.0 * y + 3.0
    return 4.0 * x / below, 6.0 * y / below


def adaptation_matrix(source_xy: tuple[float, float], target_xy: tuple[float, float]) -> Doubles:
    """Return the 3×3 that takes linear 709 RGB lit by one white to look as lit by the other.

    Source: Bradford transform, ICC.1:2022, annex E. Equal whites give the identity exactly.
    """
    if source_xy == target_xy:
        return np.eye(3)
    cones_from = BRADFORD @ _xyz_of_xy(*source_xy)
    cones_to = BRADFORD @ _xyz_of_xy(*target_xy)
    adapt = np.linalg.inv(BRADFORD) @ np.diag(cones_to / cones_from) @ BRADFORD
    return np.asarray(RGB_FROM_XYZ @ adapt @ XYZ_FROM_RGB)


def _xyz_of_xy(x: float, y: float) -> Doubles:
    return np.array([x / y, 1.0, (1.0 - x - y) / y])


def lab_of_srgb(encoded: npt.ArrayLike) -> Doubles:
    """Return CIELAB (D65) of sRGB-encoded colours [0, 1], shape (..., 3). Source: CIE 15:2018, 8.2.1."""
    xyz = decode_srgb(encoded).astype(np.float64) @ XYZ_FROM_RGB.T / np.array(D65_WHITE)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    lightness = 116.0 * f[..., 1] - 16.0
    a, b = 500.0 * (f[..., 0] - f[..., 1]), 200.0 * (f[..., 1] - f[..., 2])
    return np.stack([lightness, a, b], axis=-1)


def delta_e_2000(one: npt.ArrayLike, other: npt.ArrayLike) -> Doubles:
    """Return CIEDE2000 differences of two arrays of CIELAB colours, shape (..., 3) → (...).

    Source: Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula", Color Res. Appl. 30 (2005).
    """
    lab_1, lab_2 = np.asarray(one, np.float64), np.asarray(other, np.float64)
    mean_chroma = (np.hypot(*_ab(lab_1)) + np.hypot(*_ab(lab_2))) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    a_1, a_2 = lab_1[..., 1] * stretch, lab_2[..., 1] * stretch
    c_1, c_2 = np.hypot(a_1, lab_1[..., 2]), np.hypot(a_2, lab_2[..., 2])
    h_1 = np.degrees(np.arctan2(lab_1[..., 2], a_1)) % 360.0
    h_2 = np.degrees(np.arctan2(lab_2[..., 2], a_2)) % 360.0
    grey = c_1 * c_2 == 0
    turn = np.where(grey, 0.0, (h_2 - h_1 + 180.0) % 360.0 - 180.0)
    hue = np.where(grey, h_1 + h_2, (h_1 + turn / 2) % 360.0)
    light, chroma = (lab_1[..., 0] + lab_2[..., 0]) / 2, (c_1 + c_2) / 2
    d_hue = 2.0 * np.sqrt(c_1 * c_2) * np.sin(np.radians(turn) / 2)
    term_l = (lab_2[..., 0] - lab_1[..., 0]) / _weight_lightness(light)
    term_c = (c_2 - c_1) / (1 + 0.045 * chroma)
    term_h = d_hue / (1 + 0.015 * chroma * _weight_hue(hue))
    twist = -np.sin(np.radians(60.0 * np.exp(-(((hue - 275.0) / 25.0) ** 2))))
    twist = twist * 2.0 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    return np.asarray(np.sqrt(term_l**2 + term_c**2 + term_h**2 + twist * term_c * term_h))


def _ab(lab: Doubles) -> tuple[Doubles, Doubles]:
    return lab[..., 1], lab[..., 2]


def _weight_lightness(light: Doubles) -> Doubles:
    return np.asarray(1 + 0.015 * (light - 50.0) ** 2 / np.sqrt(20.0 + (light - 50.0) ** 2))


def _weight_hue(hue: Doubles) -> Doubles:
    return np.asarray(
        1
        - 0.17 * np.cos(np.radians(hue - 30.0))
        + 0.24 * np.cos(np.radians(2.0 * hue))
        + 0.32 * np.cos(np.radians(3.0 * hue + 6.0))
        - 0.20 * np.cos(np.radians(4.0 * hue - 63.0))
    )


def srgb_of_lab(lab: npt.ArrayLike) -> Doubles:
    """Return sRGB-encoded colours of CIELAB (D65), shape (..., 3), clipped to [0, 1]. Source: CIE 15:2018, 8.2.1."""
    colour = np.asarray(lab, np.float64)
    f_y = (colour[..., 0] + 16.0) / 116.0
    f = np.stack([f_y + colour[..., 1] / 500.0, f_y, f_y - colour[..., 2] / 200.0], axis=-1)
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * np.array(D65_WHITE)
    return np.clip(encode_srgb(xyz @ RGB_FROM_XYZ.T), 0.0, 1.0).astype(np.float64)


def lab_of_hex(colours: Sequence[str]) -> Doubles:
    """Return CIELAB of `#RRGGBB` colours, shape (n, 3)."""
    rgb = [[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in colours]
    return lab_of_srgb(np.array(rgb).reshape(-1, 3))


def hex_of_lab(lab: npt.ArrayLike) -> list[str]:
    """Return `#RRGGBB` of CIELAB colours, shape (n, 3), to the nearest code."""
    codes = np.round(srgb_of_lab(lab) * 255).astype(int).reshape(-1, 3)
    return [f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in codes]
