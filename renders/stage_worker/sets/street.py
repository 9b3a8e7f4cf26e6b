# SPDX-License-Identifier: GPL-3.0-or-later
"""A street after rain: house fronts with lit windows, shop signs, street lamps, kerbs, parked cars as masses."""

from __future__ import annotations

import bpy
import numpy as np

from renders.stage_worker.lighting import area_light, set_world
from renders.stage_worker.sets.build import Point, box, lathe
from renders.stage_worker.sets.day import Daylight, daylight, sun
from renders.stage_worker.sets.materials import brick, plaster, wet_asphalt
from renders.stage_worker.shading import Shader, glow, linear, plain

NEON = ("#FF2E88", "#20C8FF", "#FFB020", "#8A5CFF", "#3CFF9A", "#FF4A30")
FRONT = 4.6


def build(time_of_day: str) -> None:
    """Build the street; it runs along y, people stand on the road or the pavements (x = ±3.2)."""
    light = daylight(time_of_day)
    set_world(light.sky, 3.4 if light.lamps < 0.5 else 1.0)
    sun(light, azimuth_degrees=38)
    box("road", (0, 0, -0.05), (7.0, 90, 0.1), wet_asphalt(), bevel=0)
    stone = plain("pavement", "#4A4B4D", roughness=0.45)
    for side in (-1, 1):
        box("pavement", (side * 4.1, 0, 0.03), (2.2, 90, 0.16), stone, bevel=0.01)
        _row(side, light)
    _doorway(light)
    for y, side in ((-9, 1), (3.5, -1), (10, 1), (19, -1), (28, 1), (-16, -1)):
        _street_lamp((side * 3.25, float(y), 0.1), light.lamps)
    for y, side, colour in (
        (8.5, 1, "#3A1E22"),
        (15.5, -1, "#22303A"),
        (-7.5, -1, "#2E2E30"),
        (-14.0, 1, "#4A4436"),
    ):
        _car((side * 2.35, float(y), 0.0), colour)
    haze = (
        plain("far", "#15181E") if light.lamps > 0.5 else plain("far day", "#8C9298", roughness=1.0)
    )
    for y in (46, -46):
        box("end", (0, y, 6), (16, 1, 12), haze, bevel=0)


def _row(side: int, light: Daylight) -> None:
    rng = np.random.default_rng(31 if side > 0 else 47)
    fronts = [brick("#8A5444"), plaster("#8A8478"), brick("#6E5650"), plaster("#9A8C78")]
    lit = [
        glow(f"room{i}", c, 0.1 + 2.8 * light.lamps)
        for i, c in enumerate(("#FFCB86", "#FFE0B0", "#BFD8FF"))
    ]
    dark = plain("dark pane", "#0B0E12", roughness=0.12)
    y = -45.0
    number = 0
    while y < 45:
        wide, high = float(rng.uniform(5.0, 8.0)), float(rng.uniform(8.5, 14.0))
        box(
            "house",
            (side * (FRONT + 0.6 + 2.4), y + wide / 2, high / 2),
            (4.8, wide - 0.02, high),
            fronts[number % 4],
            bevel=0,
        )
        face = side * (FRONT + 0.6)
        _windows(face, side, y, wide, high, [*lit, dark, dark, dark], rng)
        _shop(face, side, y, wide, light, NEON[number % len(NEON)], rng)
        y, number = y + wide, number + 1


def _doorway(light: Daylight) -> None:
    """Put a doorway with a step into the row at +x: things are left there, people shelter in it."""
    x, y, stone = FRONT + 0.5, 1.9, plaster("#6E675C")
    box("step", (x - 0.22, y, 0.17), (0.62, 1.5, 0.13), stone, bevel=0.012)
    for side in (-1, 1):
        box("jamb", (x - 0.04, y + side * 0.66, 1.4), (0.34, 0.20, 2.4), stone, bevel=0.012)
    box("lintel", (x - 0.04, y, 2.68), (0.40, 1.56, 0.20), stone, bevel=0.012)
    oak = plain("street door", "#1E2A2C", roughness=0.35)
    box("door leaf", (x + 0.06, y, 1.38), (0.06, 1.12, 2.3), oak, bevel=0.006)
    for z, high in ((0.72, 0.66), (1.72, 0.98)):
        for dy in (-0.27, 0.27):
            box("door panel", (x + 0.025, y + dy, z), (0.03, 0.40, high), oak, bevel=0.012)
    box("door lamp", (x - 0.12, y, 2.50), (0.14, 0.22, 0.08), glow("door lamp", "#FFC98A", 0.05 + 9.0 * light.lamps), bevel=0.02)  # fmt: skip
    if light.lamps > 0.5:
        area_light(np.array([x - 0.16, y, 2.42]), np.array([x - 0.3, y, 0.2]), watts=16 * light.lamps, size=0.2, colour=(1, 0.76, 0.5))  # fmt: skip


def _windows(
    face: float,
    side: int,
    y: float,
    wide: float,
    high: float,
    panes: list,
    rng: np.random.Generator,
) -> None:
    trim = plain("trim", "#2A2724", roughness=0.6)
    for z in np.arange(4.3, high - 1.2, 2.9):
        for at in np.arange(y + 1.0, y + wide - 0.8, 1.7):
            place = (face - side * 0.02, float(at), float(z))
            box("trim", place, (0.10, 1.06, 1.66), trim, bevel=0)
            box(
                "pane",
                (place[0] - side * 0.05, place[1], place[2]),
                (0.04, 0.90, 1.50),
                panes[int(rng.integers(len(panes)))],
                bevel=0,
            )
            box(
                "sill",
                (place[0] - side * 0.08, place[1], place[2] - 0.86),
                (0.16, 1.2, 0.07),
                trim,
                bevel=0,
            )


def _shop(
    face: float,
    side: int,
    y: float,
    wide: float,
    light: Daylight,
    colour: str,
    rng: np.random.Generator,
) -> None:
    frame = plain("shop frame", "#1C1F22", roughness=0.4)
    box("front", (face - side * 0.03, y + wide / 2, 1.45), (0.12, wide - 0.7, 2.7), frame, bevel=0)
    warm = shop_glass(light.lamps)
    count = max(2, int(wide / 2.0))
    pane = (wide - 1.2) / count
    for i in range(count):
        box(
            "shop pane",
            (face - side * 0.10, y + 0.6 + (i + 0.5) * pane, 1.45),
            (0.04, pane - 0.18, 2.2),
            warm,
            bevel=0,
        )
    if light.lamps < 0.5:
        return
    sign = glow(f"neon {colour}", colour, 7.0)
    flat = rng.random() < 0.6
    if flat:
        for k, z in enumerate((3.0, 3.18)):
            box(
                "sign",
                (face - side * 0.16, y + wide / 2, z),
                (0.05, wide * (0.62 - 0.18 * k), 0.06),
                sign,
                bevel=0.02,
            )
    else:
        for z in np.arange(2.6, 4.6, 0.42):
            box(
                "sign", (face - side * 0.65, y + 0.5, float(z)), (0.5, 0.06, 0.26), sign, bevel=0.03
            )
    rgb = tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    area_light(
        np.array([face - side * 0.5, y + wide / 2, 3.1]),
        np.array([0.0, y + wide / 2, 0.4]),
        watts=90 * light.lamps,
        size=2.2,
        colour=rgb,
    )


def shop_glass(lamps: float) -> bpy.types.Material:
    """Return a shop window: dark goods before a lit back wall, with a sheen of glass."""
    shader = Shader("shop window")
    where = shader.stretched(
        shader.coordinates("Object"), (1.0, 1.0, 1.0), rotation=(0, np.radians(90), np.radians(90))
    )
    shelves = shader.node("ShaderNodeTexBrick", offset=0.35, squash=1.0)
    shader.link(where, shelves.inputs["Vector"])
    for name, value in (
        ("Scale", 1.0), ("Brick Width", 0.16), ("Row Height", 0.42), ("Mortar Size", 0.012), ("Bias", -0.1),
    ):  # fmt: skip
        shelves.inputs[name].default_value = value
    shelves.inputs["Color1"].default_value = linear("#7A4A22")
    shelves.inputs["Color2"].default_value = linear("#FFDCA6")
    shelves.inputs["Mortar"].default_value = linear("#120A05")
    deep = shader.noise(0.7, detail=3.0, where=shader.coordinates("Object"))
    fall = shader.ramp(deep, [(0.35, (0.10, 0.09, 0.08, 1)), (0.65, (0.9, 0.9, 0.9, 1))])
    tint = shader.mixed(1.0, shelves.outputs["Color"], fall, blend="MULTIPLY")
    shader.link(tint, shader.input("Emission Color"))
    shader.set(
        base_color=(0.01, 0.01, 0.012, 1),
        roughness=0.08,
        emission_strength=0.02 + 0.85 * max(lamps - 0.2, 0.0),
    )
    return shader.material


def _street_lamp(place: Point, lamps: float) -> None:
    metal = plain("lamp iron", "#15171A", roughness=0.5, metallic=0.6)
    lathe("post", [(0.11, 0), (0.11, 0.3), (0.05, 0.4), (0.04, 4.3)], place, metal, sectors=16)
    side = -1 if place[0] > 0 else 1
    box("arm", (place[0] + side * 0.35, place[1], place[2] + 4.3), (0.8, 0.05, 0.05), metal)
    head = (place[0] + side * 0.7, place[1], place[2] + 4.24)
    lathe(
        "head",
        [(0.0, 0.10), (0.14, 0.06), (0.16, 0.0), (0.0, -0.03)],
        head,
        glow("lamp", "#FFC27A", 12 * lamps + 0.02),
        sectors=20,
    )
    if lamps > 0.5:
        area_light(
            np.array(head) - [0, 0, 0.1],
            np.array([head[0], head[1], 0]),
            watts=120 * lamps,
            size=0.3,
            colour=(1, 0.70, 0.38),
        )


def _car(place: Point, colour: str) -> None:
    body = plain(f"car {colour}", colour, roughness=0.2, metallic=0.3)
    glass, tyre = (
        plain("car glass", "#0A0C0F", roughness=0.08),
        plain("tyre", "#0D0D0E", roughness=0.9),
    )
    x, y, _ = place
    box("car", (x, y, 0.55), (1.75, 4.3, 0.55), body, bevel=0.16)
    box("cabin", (x, y + 0.2, 1.05), (1.5, 2.2, 0.55), glass, bevel=0.22)
    box("roof", (x, y + 0.2, 1.30), (1.36, 1.7, 0.08), body, bevel=0.04)
    for dx in (-0.82, 0.82):
        for dy in (-1.35, 1.35):
            wheel = lathe(
                "wheel",
                [(0.0, -0.1), (0.32, -0.1), (0.32, 0.1), (0.0, 0.1)],
                (x + dx, y + dy, 0.32),
                tyre,
                sectors=24,
            )
            wheel.rotation_euler = (0, np.pi / 2, 0)
    for dx in (-0.62, 0.62):
        box(
            "tail lamp",
            (x + dx, y - 2.14, 0.66),
            (0.30, 0.05, 0.10),
            plain("red lamp", "#7A1014", roughness=0.2),
            bevel=0.02,
        )
