"""Levels of H.264, HEVC and AV1: the least one that holds a raster, a rate and a bit rate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

MACROBLOCK = 16


@dataclass(frozen=True, slots=True)
class Level:
    """A level's limits: samples of a picture and a second, kb/s of the stream and kbit of its buffer."""

    name: str
    most_picture: int
    most_a_second: int
    most_kbps: int
    most_buffer_kbits: int
    most_side: int


def _h264(name: str, mbps: int, frame: int, kbps: int, buffer: int) -> Level:
    side = math.isqrt(8 * frame) * MACROBLOCK
    return Level(name, frame, mbps, kbps, buffer, side)


H264 = tuple(
    _h264(*row)
    for row in (
        ("1", 1_485, 99, 64, 175), ("1.1", 3_000, 396, 192, 500), ("1.2", 6_000, 396, 384, 1_000),
        ("1.3", 11_880, 396, 768, 2_000), ("2", 11_880, 396, 2_000, 2_000),
        ("2.1", 19_800, 792, 4_000, 4_000), ("2.2", 20_250, 1_620, 4_000, 4_000),
        ("3", 40_500, 1_620, 10_000, 10_000), ("3.1", 108_000, 3_600, 14_000, 14_000),
        ("3.2", 216_000, 5_120, 20_000, 20_000), ("4", 245_760, 8_192, 20_000, 25_000),
        ("4.1", 245_760, 8_192, 50_000, 62_500), ("4.2", 522_240, 8_704, 50_000, 62_500),
        ("5", 589_824, 22_080, 135_000, 135_000), ("5.1", 983_040, 36_864, 240_000, 240_000),
        ("5.2", 2_073_600, 36_864, 240_000, 240_000), ("6", 4_177_920, 139_264, 240_000, 240_000),
        ("6.1", 8_355_840, 139_264, 480_000, 480_000),
        ("6.2", 16_711_680, 139_264, 800_000, 800_000),
    )
)  # fmt: skip
"""MaxMBPS, MaxFS, MaxBR, MaxCPB, in macroblocks and 1000 bit. Source: ITU-T H.264, Table A-1; a side is at most
√(8·MaxFS) macroblocks (A.3.1). Level 1b is left out."""

H264_FACTORS = {"baseline": 1.0, "main": 1.0, "high": 1.25, "high10": 3.0, "high422": 4.0}
"""cpbBrVclFactor over 1000. Source: ITU-T H.264, Table A-2."""


def _hevc(name: str, picture: int, second: int, kbps: int, buffer: int) -> Level:
    return Level(name, picture, second, kbps, buffer, math.isqrt(8 * picture))


HEVC = tuple(
    _hevc(*row)
    for row in (
        ("1", 36_864, 552_960, 128, 350), ("2", 122_880, 3_686_400, 1_500, 1_500),
        ("2.1", 245_760, 7_372_800, 3_000, 3_000), ("3", 552_960, 16_588_800, 6_000, 6_000),
        ("3.1", 983_040, 33_177_600, 10_000, 10_000), ("4", 2_228_224, 66_846_720, 12_000, 12_000),
        ("4.1", 2_228_224, 133_693_440, 20_000, 20_000),
        ("5", 8_912_896, 267_386_880, 25_000, 25_000),
        ("5.1", 8_912_896, 534_773_760, 40_000, 40_000),
        ("5.2", 8_912_896, 1_069_547_520, 60_000, 60_000),
        ("6", 35_651_584, 1_069_547_520, 60_000, 60_000),
        ("6.1", 35_651_584, 2_139_095_040, 120_000, 120_000),
        ("6.2", 35_651_584, 4_278_190_080, 240_000, 240_000),
    )
)  # fmt: skip
"""MaxLumaPs, MaxLumaSr, MaxBR and MaxCPB of the Main tier. Source: ITU-T H.265, Tables A.8 and A.9."""


def _av1(name: str, picture: int, side: int, second: int, mbps: float) -> Level:
    return Level(name, picture, second, round(mbps * 1000), round(mbps * 1000), side)


AV1 = tuple(
    _av1(*row)
    for row in (
        ("2.0", 147_456, 2_048, 4_423_680, 1.5), ("2.1", 278_784, 2_816, 8_363_520, 3.0),
        ("3.0", 665_856, 4_352, 19_975_680, 6.0), ("3.1", 1_065_024, 5_504, 31_950_720, 10.0),
        ("4.0", 2_359_296, 6_144, 70_778_880, 12.0), ("4.1", 2_359_296, 6_144, 141_557_760, 20.0),
        ("5.0", 8_912_896, 8_192, 267_386_880, 30.0), ("5.1", 8_912_896, 8_192, 534_773_760, 40.0),
        ("5.2", 8_912_896, 8_192, 1_069_547_520, 60.0),
        ("6.0", 35_651_584, 16_384, 1_069_547_520, 60.0),
        ("6.1", 35_651_584, 16_384, 2_139_095_040, 100.0),
        ("6.2", 35_651_584, 16_384, 4_278_190_080, 160.0),
    )
)  # fmt: skip
"""MaxPicSize, MaxHSize, MaxDisplayRate, MainMbps. Source: AV1 bitstream specification, A.3."""

LEVELS = {"h264": H264, "hevc": HEVC, "av1": AV1}


def level_named(codec: str, name: str) -> Level:
    """Return a level of a codec by its name."""
    return next(level for level in LEVELS[codec] if level.name == name)


def least_level(
    codec: str,
    *,
    width: int,
    height: int,
    fps: Fraction,
    kbps: int = 0,
    buffer_kbits: int = 0,
    codec_profile: str = "high",
) -> Level | None:
    """Return the least level that holds the stream, or None where none does; 0 means the rate is not bounded."""
    for level in LEVELS[codec]:
        if not why_over(
            level, codec, width=width, height=height, fps=fps, kbps=kbps,
            buffer_kbits=buffer_kbits, codec_profile=codec_profile,
        ):  # fmt: skip
            return level
    return None


def why_over(
    level: Level,
    codec: str,
    *,
    width: int,
    height: int,
    fps: Fraction,
    kbps: int = 0,
    buffer_kbits: int = 0,
    codec_profile: str = "high",
) -> str:
    """Return which limit of a level the stream passes, with both figures, or ""."""
    unit, size = "luma samples", width * height
    if codec == "h264":
        unit, size = "macroblocks", -(-width // MACROBLOCK) * -(-height // MACROBLOCK)
    factor = H264_FACTORS.get(codec_profile, 1.25) if codec == "h264" else 1.0
    if size > level.most_picture:
        return f"{size:,} {unit} a picture, at most {level.most_picture:,}"
    if max(width, height) > level.most_side:
        return f"a side of {max(width, height):,} pixels, at most {level.most_side:,}"
    if size * fps > level.most_a_second:
        return f"{float(size * fps):,.0f} {unit} a second, at most {level.most_a_second:,}"
    if kbps > level.most_kbps * factor:
        return f"{kbps:,} kb/s, at most {level.most_kbps * factor:,.0f}"
    if buffer_kbits > level.most_buffer_kbits * factor:
        return f"a buffer of {buffer_kbits:,} kbit, at most {level.most_buffer_kbits * factor:,.0f}"
    return ""
