# SPDX-License-Identifier: GPL-3.0-or-later
"""Furniture: tables, chairs, sofas, lamps, books, pictures, plants."""

from __future__ import annotations

import bpy
import numpy as np

from renders.stage_worker.lighting import area_light
from renders.stage_worker.sets.build import Point, box, lathe
from renders.stage_worker.shading import Shader, glow, linear, plain


def table(
    centre: Point,
    size: tuple[float, float, float],
    material: bpy.types.Material,
    *,
    front: bool = False,
    top: bpy.types.Material | None = None,
) -> None:
    """Put a table: top (of its own wood where given), four legs or a closed front; `size` is width, depth, height."""
    x, y, z = centre
    wide, deep, high = size
    box("top", (x, y, z + high - 0.02), (wide, deep, 0.04), top or material, bevel=0.008)
    if front:
        box("front", (x, y, z + high / 2 - 0.03), (wide - 0.12, deep - 0.16, high - 0.06), material)
        return
    for dx in (-1, 1):
        for dy in (-1, 1):
            box(
                "leg",
                (x + dx * (wide / 2 - 0.06), y + dy * (deep / 2 - 0.06), z + high / 2 - 0.02),
                (0.05, 0.05, high - 0.04),
                material,
            )


def chair(
    place: Point,
    material: bpy.types.Material,
    frame: bpy.types.Material,
    *,
    turn: float = 0.0,
    seat: float = 0.46,
    high: float = 1.0,
) -> None:
    """Put a chair whose sitter faces -y turned by `turn` degrees to the left."""
    angle = np.radians(turn)

    def at(dx: float, dy: float, z: float) -> Point:
        return (
            place[0] + dx * np.cos(angle) - dy * np.sin(angle),
            place[1] + dx * np.sin(angle) + dy * np.cos(angle),
            place[2] + z,
        )

    box("seat", at(0, 0.02, seat - 0.04), (0.48, 0.46, 0.08), material, bevel=0.03, turn=turn)
    box(
        "back",
        at(0, 0.28, seat + (high - seat) / 2 + 0.05),
        (0.46, 0.07, high - seat - 0.06),
        material,
        bevel=0.03,
        turn=turn,
    )
    for dx in (-0.2, 0.2):
        for dy in (-0.18, 0.24):
            box("leg", at(dx, dy, (seat - 0.08) / 2), (0.035, 0.035, seat - 0.08), frame, turn=turn)


def sofa(centre: Point, wide: float, material: bpy.types.Material, *, seat: float = 0.44) -> None:
    """Put a sofa that faces -y."""
    x, y, z = centre
    box("base", (x, y, z + seat / 2 - 0.06), (wide, 0.86, seat - 0.14), material, bevel=0.03)
    cushions = max(2, round(wide / 0.8))
    for i in range(cushions):
        place = x - wide / 2 + 0.18 + (i + 0.5) * (wide - 0.36) / cushions
        box(
            "cushion",
            (place, y - 0.06, z + seat - 0.07),
            ((wide - 0.38) / cushions, 0.74, 0.15),
            material,
            bevel=0.05,
        )
        box(
            "pillow",
            (place, y + 0.30, z + seat + 0.22),
            ((wide - 0.40) / cushions, 0.20, 0.44),
            material,
            bevel=0.08,
        )
    for side in (-1, 1):
        box(
            "arm",
            (x + side * (wide / 2 - 0.09), y, z + 0.32),
            (0.19, 0.90, 0.62),
            material,
            bevel=0.06,
        )


def floor_lamp(place: Point, brightness: float, *, high: float = 1.6) -> None:
    """Put a standing lamp that is on by `brightness`."""
    metal = plain("brass", "#8A6A3A", roughness=0.3, metallic=1.0)
    lathe(
        "pole",
        [(0.16, 0.0), (0.16, 0.02), (0.012, 0.03), (0.012, high - 0.2)],
        place,
        metal,
        sectors=20,
    )
    shade = glow("shade", "#FFD9A0", 2.2 * brightness + 0.05)
    lathe(
        "shade",
        [(0.14, high - 0.24), (0.20, high - 0.24), (0.14, high + 0.06)],
        place,
        shade,
        sectors=28,
    )
    top = np.array(place) + np.array([0, 0, high - 0.05])
    area_light(
        top, top + np.array([0, 0, 1.0]), watts=14 * brightness, size=0.2, colour=(1, 0.75, 0.48)
    )
    area_light(
        top - np.array([0, 0, 0.2]),
        np.array(place),
        watts=16 * brightness,
        size=0.3,
        colour=(1, 0.75, 0.48),
    )


def books(start: Point, count: int, rng: np.random.Generator, *, along_x: bool = True) -> None:
    """Put a row of upright books from a place on."""
    colours = ("#5A2A26", "#2A3A4E", "#4A4630", "#6B5A40", "#2E2A2A", "#7A6A52", "#3A4A3A")
    materials = [plain(f"book{i}", c, roughness=0.7) for i, c in enumerate(colours)]
    x, y, z = start
    for _ in range(count):
        thick, high = float(rng.uniform(0.018, 0.05)), float(rng.uniform(0.19, 0.28))
        size = (thick, 0.17, high) if along_x else (0.17, thick, high)
        box(
            "book",
            (x + (thick / 2 if along_x else 0), y + (0 if along_x else thick / 2), z + high / 2),
            size,
            materials[int(rng.integers(len(materials)))],
            bevel=0.003,
        )
        x, y = (x + thick + 0.002, y) if along_x else (x, y + thick + 0.002)


def plant(place: Point, rng: np.random.Generator, *, high: float = 1.1) -> None:
    """Put a potted plant with long leaves."""
    pot = plain("pot", "#7A4B36", roughness=0.8)
    leaf = plain("leaf", "#274A2A", roughness=0.45)
    lathe(
        "pot",
        [(0.0, 0.02), (0.12, 0.0), (0.16, 0.30), (0.145, 0.30), (0.14, 0.26), (0.0, 0.25)],
        place,
        pot,
        sectors=28,
    )
    rows = []
    faces: list[list[int]] = []
    for _ in range(26):
        turn, lean = rng.uniform(0, 6.28), rng.uniform(0.15, 0.75)
        long = high * rng.uniform(0.55, 1.0)
        out, side = (
            np.array([np.cos(turn), np.sin(turn), 0]),
            np.array([-np.sin(turn), np.cos(turn), 0]),
        )
        first = len(rows)
        for k, t in enumerate(np.linspace(0, 1, 8)):
            mid = (
                np.array([0, 0, 0.26])
                + out * lean * long * t**1.6
                + np.array([0, 0, long * t * (1 - 0.35 * lean * t)])
            )
            wide = 0.035 * np.sin(np.pi * min(0.98, t * 0.92 + 0.08))
            rows += [mid - side * wide, mid + side * wide]
            if k:
                faces.append(
                    [first + 2 * k - 2, first + 2 * k - 1, first + 2 * k + 1, first + 2 * k]
                )
    from renders.stage_worker.meshes import mesh_object

    mesh_object("leaves", np.array(rows), faces, material=leaf).location = place


def framed_picture(
    centre: Point, size: tuple[float, float], colour: str, *, axis: str = "y"
) -> None:
    """Hang a picture on a wall across an axis."""
    wide, high = size
    frame, paint = plain("frame", "#2A1E16", roughness=0.4), _painted(colour)
    outer = (wide, 0.03, high) if axis == "y" else (0.03, wide, high)
    inner = (wide - 0.08, 0.045, high - 0.08) if axis == "y" else (0.045, wide - 0.08, high - 0.08)
    box("frame", centre, outer, frame)
    box("paint", centre, inner, paint, bevel=0.0)


def _painted(colour: str) -> bpy.types.Material:
    """Return a small landscape in oils: sky over land in the colour, loose strokes."""
    shader = Shader(f"painting {colour}")
    where = shader.coordinates("Generated")
    apart = shader.node("ShaderNodeSeparateXYZ")
    shader.link(where, apart.inputs[0])
    stroke = shader.noise(5.0, detail=6.0, where=shader.stretched(where, (1.0, 1.0, 3.0)))
    level = shader.math("ADD", apart.outputs["Z"], shader.math("MULTIPLY", stroke, 0.45))
    base = linear(colour)
    dark = tuple(c * 0.30 for c in base[:3])
    pale = tuple(0.5 * c + 0.30 for c in base[:3])
    stops = [
        (0.30, (*dark, 1.0)),
        (0.52, base),
        (0.62, (*pale, 1.0)),
        (0.95, (*base[:2], 0.35, 1.0)),
    ]
    shader.link(shader.ramp(level, stops), shader.input("Base Color"))
    shader.set(roughness=0.55)
    return shader.material
