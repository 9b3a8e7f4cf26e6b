# SPDX-License-Identifier: GPL-3.0-or-later
"""Machines for the hand and the desk: a tape recorder, a telephone to carry, clocks, a desk lamp."""

from __future__ import annotations

import bpy
import numpy as np

from renders.stage_worker.lighting import area_light
from renders.stage_worker.props.forms import (
    BRASS,
    STEEL,
    clear_glass,
    metal,
    ring_path,
    round_outline,
    slab,
    tube,
)
from renders.stage_worker.props.look import Look
from renders.stage_worker.sets.build import box, lathe
from renders.stage_worker.sets.materials import leather
from renders.stage_worker.shading import Shader, glow, linear, plain


def recorder(look: Look) -> None:
    """Put a flat cassette recorder on its back: speaker, window with two reels, keys, a red light when it runs."""
    shell = plain("recorder", look.or_else("#26272B"), roughness=0.42)
    steel, dark = metal(STEEL, roughness=0.3), plain("recess", "#08080A", roughness=0.6)
    slab("recorder", round_outline(0.135, 0.245, 0.014), 0.0, 0.040, shell, bevel=0.004)
    slab("face", round_outline(0.123, 0.232, 0.010), 0.040, 0.0412, steel, bevel=0.0004)
    slab("speaker", _moved(round_outline(0.110, 0.078, 0.006), 0.066), 0.041, 0.0418, dark, bevel=0)
    for y in np.arange(0.032, 0.101, 0.0062):
        box("grille", (0, float(y), 0.0425), (0.106, 0.0026, 0.0016), steel, bevel=0.0005)
    slab("well", _moved(round_outline(0.108, 0.084, 0.006), -0.026), 0.041, 0.0422, shell, bevel=0.0005)  # fmt: skip
    _cassette()
    for i, x in enumerate(np.linspace(-0.046, 0.046, 5)):
        pressed = look.lit and i in (2, 3)
        key = plain("record key", "#A81E1E", roughness=0.35) if i == 3 else plain("key", "#D8D6D0", roughness=0.35)  # fmt: skip
        box("key", (float(x), -0.096, 0.0450 - 0.004 * pressed), (0.0205, 0.030, 0.010), key, bevel=0.0022)  # fmt: skip
    lamp = glow("record lamp", "#FF1208", 22.0) if look.lit else plain("record lamp", "#4A0C0A", roughness=0.2)  # fmt: skip
    lathe("lamp rim", [(0.0042, 0.0), (0.0062, 0.0), (0.0062, 0.003), (0.0042, 0.003)], (0.048, 0.0235, 0.0412), steel, sectors=24)  # fmt: skip
    lathe("record lamp", [(0.0042, 0.0), (0.0042, 0.002), (0.0034, 0.0042), (0.0, 0.0052)], (0.048, 0.0235, 0.0412), lamp, sectors=24)  # fmt: skip
    if look.lit:
        _shine((0.048, 0.0235, 0.060), (0.048, 0.0235, 0.0), 0.05, (1.0, 0.05, 0.03))


def _cassette() -> None:
    label = plain("label", "#D9CFB4", roughness=0.8)
    black, white = plain("cassette", "#141416", roughness=0.4), plain("hub", "#E6E4DE", roughness=0.5)  # fmt: skip
    y = -0.026
    slab("cassette", _moved(round_outline(0.100, 0.064, 0.003), y), 0.0422, 0.0446, black, bevel=0.0006)  # fmt: skip
    slab("label", _moved(round_outline(0.088, 0.044, 0.003), y + 0.006), 0.0446, 0.0449, label, bevel=0)  # fmt: skip
    box("stripe", (0, y + 0.0235, 0.0450), (0.088, 0.003, 0.0003), plain("stripe", "#B03A2A"), bevel=0)  # fmt: skip
    slab("window", _moved(round_outline(0.066, 0.019, 0.008), y + 0.002), 0.0449, 0.0452, black, bevel=0)  # fmt: skip
    for x, wound in ((-0.0212, 0.0125), (0.0212, 0.0093)):
        lathe("tape", [(0.0, 0.0), (wound, 0.0), (wound, 0.0004), (0.0, 0.0004)], (x, y + 0.002, 0.0452), plain("tape", "#3A2418", roughness=0.3), sectors=36)  # fmt: skip
        lathe("hub", [(0.0028, 0.0), (0.0052, 0.0), (0.0052, 0.0009), (0.0028, 0.0009)], (x, y + 0.002, 0.0455), white, sectors=30)  # fmt: skip
        for a in np.radians((20, 140, 260)):
            box("tooth", (x + 0.0024 * float(np.cos(a)), y + 0.002 + 0.0024 * float(np.sin(a)), 0.0459), (0.0016, 0.0016, 0.0008), white, bevel=0)  # fmt: skip


def phone(look: Look) -> None:
    """Put a telephone to carry on its back, its screen dark or lit with two lines of a message."""
    slab("phone", round_outline(0.072, 0.150, 0.010), 0.0, 0.0082, metal("#3A3D42", roughness=0.3), bevel=0.0028)  # fmt: skip
    dark = plain("screen", "#050609", roughness=0.06)
    face = glow("screen", "#B8CCE6", 1.1) if look.lit else dark
    slab("glass", round_outline(0.069, 0.147, 0.009), 0.0080, 0.0087, dark, bevel=0.0003)
    slab("screen", round_outline(0.065, 0.139, 0.007), 0.0087, 0.00885, face, bevel=0)
    if look.lit:
        white, blue = glow("words", "#FFFFFF", 1.5), glow("bubble", "#2A66D0", 1.0)
        for y, x, wide, colour in ((0.030, -0.010, 0.040, white), (0.014, -0.004, 0.052, white), (-0.006, 0.010, 0.040, blue), (-0.050, 0.0, 0.058, white)):  # fmt: skip
            slab("bubble", [(px + x, py + y) for px, py in round_outline(wide, 0.011, 0.005)], 0.0089, 0.0090, colour, bevel=0)  # fmt: skip
    lathe("camera", [(0.0, 0.0), (0.0018, 0.0), (0.0018, 0.0002), (0.0, 0.0002)], (0, 0.066, 0.0089), plain("lens", "#0A1020", roughness=0.05), sectors=16)  # fmt: skip


def clock(look: Look) -> None:
    """Put an alarm clock with two bells, its hands at ten past ten."""
    coat = plain("clock", look.or_else("#8E2A22"), roughness=0.25, metallic=0.2)
    brass, ink = metal(BRASS, roughness=0.2), plain("hands", "#16161A", roughness=0.4)
    high = 0.068
    _upright(lathe("case", [(0.0, 0.0), (0.050, 0.0), (0.055, 0.006), (0.055, 0.040), (0.052, 0.046), (0.0475, 0.047), (0.0475, 0.043)], (0, 0, 0), coat, sectors=64), high)  # fmt: skip
    _upright(lathe("dial", [(0.0475, 0.043), (0.0, 0.043)], (0, 0, 0), plain("dial", "#EFE8D6", roughness=0.7), sectors=64), high)  # fmt: skip
    for hour in range(12):
        angle = np.radians(90 - 30 * hour)
        mark = box("hour", (0.040 * float(np.cos(angle)), -0.0436, high + 0.040 * float(np.sin(angle))), (0.008, 0.0006, 0.0022), ink, bevel=0)  # fmt: skip
        mark.rotation_euler = (0, -angle, 0)
    for hours, length, thick in ((10.17, 0.022, 0.0036), (2.0, 0.033, 0.0024)):
        angle = np.radians(90 - 30 * hours)
        middle = length / 2 - 0.004
        hand = box("hand", (middle * float(np.cos(angle)), -0.0445, high + middle * float(np.sin(angle))), (length, 0.0008, thick), ink, bevel=0)  # fmt: skip
        hand.rotation_euler = (0, -angle, 0)
    for x in (-0.028, 0.028):
        bell = lathe("bell", [(0.022, 0.0), (0.0215, 0.006), (0.016, 0.015), (0.0, 0.019)], (x, -0.02, high + 0.050), brass, sectors=40)  # fmt: skip
        bell.rotation_euler = (0, np.radians(34 * np.sign(x)), 0)
        tube("foot", [(x, -0.02, high - 0.044), (x * 1.35, -0.02, 0.0)], 0.004, brass)
    tube("grip", [(0.02 * float(np.cos(a)), -0.02, high + 0.078 + 0.014 * float(np.sin(a))) for a in np.linspace(0, np.pi, 14)], 0.0022, brass)  # fmt: skip


def watch(look: Look) -> None:
    """Put a wrist watch on its back, the two ends of its strap laid out, twenty past four."""
    strap, thread = leather(look.or_else("#94683C")), plain("thread", "#D8C49A", roughness=0.9)
    steel, ink = metal(STEEL, roughness=0.15), plain("hands", "#101216", roughness=0.3)
    lathe("watch", [(0.0, 0.001), (0.0175, 0.001), (0.0195, 0.003), (0.0195, 0.0075), (0.0175, 0.0098), (0.0160, 0.0098), (0.0160, 0.0082)], (0, 0, 0), steel, sectors=64)  # fmt: skip
    lathe("dial", [(0.0160, 0.0082), (0.0, 0.0082)], (0, 0, 0), plain("dial", "#E8E4D8", roughness=0.5), sectors=64)  # fmt: skip
    for hour in range(12):
        angle = np.radians(30 * hour)
        long = 0.0042 if hour % 3 == 0 else 0.0026
        box("hour", (0.0132 * float(np.cos(angle)), 0.0132 * float(np.sin(angle)), 0.0084), (long, 0.0008, 0.0003), ink, bevel=0, turn=30.0 * hour)  # fmt: skip
    for turn, length, thick in ((-40.0, 0.0085, 0.0016), (-30.0, 0.0130, 0.0011), (100.0, 0.0125, 0.0004)):  # fmt: skip
        angle = np.radians(turn)
        box("hand", (length / 2 * float(np.cos(angle)), length / 2 * float(np.sin(angle)), 0.0090), (length, thick, 0.0003), ink, bevel=0, turn=turn)  # fmt: skip
    tube("crown", [(0.0190, 0, 0.0055), (0.0230, 0, 0.0055)], 0.0023, steel)
    for side, long in ((1, 0.075), (-1, 0.105)):
        box("lug", (0, side * 0.0200, 0.0045), (0.019, 0.006, 0.0045), steel, bevel=0.0015)
        wide = [(x, side * (0.022 + long / 2) + y) for x, y in round_outline(0.0175, long, 0.004)]
        slab("strap", wide, 0.0005, 0.0028, strap, bevel=0.0009)
        for x in (-0.0072, 0.0072):
            box("thread", (x, side * (0.022 + long / 2), 0.0030), (0.0005, long * 0.92, 0.0003), thread, bevel=0)  # fmt: skip
    tube("buckle", [(x, 0.100 + y, 0.003) for x, y in round_outline(0.024, 0.014, 0.003)], 0.0011, steel, closed=True)  # fmt: skip
    for y in (-0.085, -0.095, -0.105):
        lathe("hole", [(0.0011, 0.0), (0.0, 0.0001)], (0, y, 0.0029), ink, sectors=12)


def desk_lamp(look: Look) -> None:
    """Put a lamp with a green shade on a brass foot, lit."""
    brass = metal(BRASS, roughness=0.2)
    lathe("foot", [(0.0, 0.0), (0.080, 0.0), (0.084, 0.006), (0.070, 0.018), (0.020, 0.026), (0.009, 0.034), (0.009, 0.270)], (0, 0, 0), brass, sectors=56)  # fmt: skip
    shell = Shader("lamp shade")
    shell.set(base_color=linear(look.or_else("#1E5A3A")), roughness=0.12, coat_weight=0.5, emission_color=linear("#3E9A5E"), emission_strength=0.35)  # fmt: skip
    shade = [(0.020, 0.345), (0.045, 0.335), (0.085, 0.300), (0.110, 0.250), (0.112, 0.246)]
    lathe("shade", shade, (0, 0, 0), shell.material, sectors=64)
    lathe("bulb", [(0.0, 0.250), (0.022, 0.262), (0.028, 0.285), (0.0, 0.310)], (0, 0, 0), glow("bulb", "#FFD9A0", 9.0), sectors=24)  # fmt: skip
    tube("pull", [(0.07, 0, 0.255), (0.07, 0, 0.175)], 0.0012, brass, sectors=8)
    lathe("pull end", [(0.0, -0.006), (0.005, 0.0), (0.0, 0.006)], (0.07, 0, 0.17), brass, sectors=16)  # fmt: skip
    _shine((0, 0, 0.24), (0, 0, 0.0), 3.2, (1.0, 0.78, 0.5), size=0.16)


def spectacles(look: Look) -> None:
    """Put a pair of glasses, its sides open behind it."""
    frame = plain("frame", look.or_else("#221A16"), roughness=0.25)
    for x in (-0.034, 0.034):
        rim = ring_path(0.021, centre=(x, 0, 0.023), axis="y", wide=1.18)
        tube("rim", rim, 0.0022, frame, closed=True)
        lens = lathe("lens", [(0.0, 0.0), (0.0205, 0.0)], (x, 0, 0.023), clear_glass(), sectors=40)
        lens.rotation_euler, lens.scale = (np.radians(90), 0, 0), (1.16, 1, 1)
        side = np.sign(x)
        tube("side", [(x + side * 0.025, 0, 0.030), (x + side * 0.030, 0.02, 0.031), (x + side * 0.028, 0.10, 0.026), (x + side * 0.024, 0.135, 0.002)], 0.0021, frame)  # fmt: skip
    tube("bridge", [(-0.011, 0, 0.028), (0, 0, 0.032), (0.011, 0, 0.028)], 0.0021, frame)


def _upright(thing: bpy.types.Object, high: float) -> None:
    """Turn a body made along z so that its top looks at -y, its middle at a height."""
    thing.rotation_euler, thing.location = (np.radians(90), 0, 0), (0, 0, high)


def _moved(outline: list[tuple[float, float]], y: float) -> list[tuple[float, float]]:
    return [(px, py + y) for px, py in outline]


def _shine(place: tuple[float, float, float], towards: tuple[float, float, float], watts: float, colour: tuple[float, float, float], *, size: float = 0.02) -> None:  # fmt: skip
    area_light(np.array(place), np.array(towards), watts=watts, size=size, colour=colour)
