# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms and materials that small things are made of: slabs, tubes, sheets of paper, metal, clear glass."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np

from renders.stage_worker.meshes import mesh_object
from renders.stage_worker.sets.build import Point
from renders.stage_worker.shading import Shader, linear, plain

Outline = Sequence[tuple[float, float]]


def round_outline(
    wide: float, deep: float, radius: float, *, steps: int = 6
) -> list[tuple[float, float]]:
    """Return the outline of a rectangle with round corners, counter-clockwise, metres."""
    out = []
    for cx, cy, start in ((1, 1, 0.0), (-1, 1, 90.0), (-1, -1, 180.0), (1, -1, 270.0)):
        for angle in np.radians(start + np.linspace(0, 90, steps)):
            out.append(
                (
                    cx * (wide / 2 - radius) + radius * float(np.cos(angle)),
                    cy * (deep / 2 - radius) + radius * float(np.sin(angle)),
                )
            )
    return out


def slab(
    name: str,
    outline: Outline,
    low: float,
    high: float,
    material: bpy.types.Material,
    *,
    bevel: float = 0.001,
) -> bpy.types.Object:
    """Return an outline (counter-clockwise, metres) drawn up from one height to another, edges rounded."""
    count = len(outline)
    points = np.array([[x, y, z] for z in (low, high) for x, y in outline])
    sides = [[i, (i + 1) % count, count + (i + 1) % count, count + i] for i in range(count)]
    faces = [list(range(count))[::-1], list(range(count, 2 * count)), *sides]
    thing = mesh_object(name, points, faces, material=material, smooth=False)
    if bevel > 0:
        made = thing.modifiers.new("bevel", "BEVEL")
        made.width, made.segments, made.limit_method = bevel, 2, "ANGLE"
    return thing


def tube(
    name: str,
    path: Sequence[Point],
    radius: float | Sequence[float],
    material: bpy.types.Material,
    *,
    sectors: int = 14,
    closed: bool = False,
) -> bpy.types.Object:
    """Return a round rod along a path; `radius` may change from point to point."""
    line = np.array(path, float)
    radii = np.full(len(line), radius) if isinstance(radius, float) else np.array(radius, float)
    ahead = np.roll(line, -1, 0) - np.roll(line, 1, 0) if closed else np.gradient(line, axis=0)
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-9)
    spare = np.where(np.abs(ahead[:, 2:]) > 0.9, [[1.0, 0, 0]], [[0, 0, 1.0]])
    side = np.cross(spare, ahead)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    up = np.cross(ahead, side)
    turn = np.linspace(0, 2 * np.pi, sectors, endpoint=False)
    ring = (
        side[:, None] * np.cos(turn)[None, :, None] + up[:, None] * np.sin(turn)[None, :, None]
    ) * radii[:, None, None]
    points = (line[:, None] + ring).reshape(-1, 3)
    rows = len(line)
    faces: list[list[int]] = [
        [
            i * sectors + j,
            i * sectors + (j + 1) % sectors,
            (i + 1) % rows * sectors + (j + 1) % sectors,
            (i + 1) % rows * sectors + j,
        ]
        for i in range(rows if closed else rows - 1)
        for j in range(sectors)
    ]
    if not closed:
        faces += [list(range(sectors))[::-1], list(range((rows - 1) * sectors, rows * sectors))]
    return mesh_object(name, points, faces, material=material)


def ring_path(
    radius: float, *, centre: Point = (0, 0, 0), axis: str = "z", steps: int = 40, wide: float = 1.0
) -> list[Point]:
    """Return a closed circle (or ellipse: `wide` stretches the first way) square to an axis."""
    out: list[Point] = []
    for angle in np.linspace(0, 2 * np.pi, steps, endpoint=False):
        a, b = float(np.cos(angle)) * radius * wide, float(np.sin(angle)) * radius
        x, y, z = {"z": (a, b, 0.0), "y": (a, 0.0, b), "x": (0.0, a, b)}[axis]
        out.append((centre[0] + x, centre[1] + y, centre[2] + z))
    return out


def leaf(
    name: str,
    wide: float,
    deep: float,
    material: bpy.types.Material,
    *,
    at: Point = (0, 0, 0),
    turn: float = 0.0,
    curl: float = 0.0,
    folds: int = 0,
    tilt: float = 0.0,
) -> bpy.types.Object:
    """Return a sheet of paper that lies at a height: `curl` lifts its corners, `folds` crease it across (metres, degrees)."""
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, 25), np.linspace(-0.5, 0.5, 37))
    lift = curl * (np.abs(2 * u) ** 3 * 0.5 + np.abs(2 * v) ** 3) ** 1.5
    if folds:
        lift = lift + 0.10 * deep * np.abs(((v + 0.5) * folds + 0.5) % 1.0 - 0.5) / folds
    rows = np.stack([u * wide, v * deep, lift + 0.0008], axis=-1)
    high, across, _ = rows.shape
    faces = [
        [i * across + j, i * across + j + 1, (i + 1) * across + j + 1, (i + 1) * across + j]
        for i in range(high - 1)
        for j in range(across - 1)
    ]
    thing = mesh_object(
        name,
        rows.reshape(-1, 3),
        faces,
        material=material,
        vectors={"page": np.stack([u + 0.5, v + 0.5, u * 0], axis=-1).reshape(-1, 3)},
    )
    thing.location = at
    thing.rotation_euler = (np.radians(tilt), 0, np.radians(turn))
    return thing


def metal(colour: str = "#C9CCD2", *, roughness: float = 0.22) -> bpy.types.Material:
    """Return metal worn a little: its gloss has clouds."""
    shader = Shader(f"metal {colour}")
    shader.set(base_color=linear(colour), metallic=1.0)
    low, high = max(roughness - 0.08, 0.04), roughness + 0.14
    worn = shader.ramp(
        shader.noise(38.0, detail=6.0), [(0.35, (low, low, low, 1)), (0.7, (high, high, high, 1))]
    )
    shader.link(worn, shader.input("Roughness"))
    return shader.material


BRASS, STEEL, GOLD, IRON = "#C8963E", "#C4C8CE", "#E8B548", "#4A4C50"


def clear_glass(colour: str = "#FFFFFF", *, share: float = 0.92) -> bpy.types.Material:
    """Return glass that lets light straight through and mirrors at its rims: it costs no bounces, so a sketch shows it."""
    shader = Shader(f"glass {colour}")
    through = shader.node("ShaderNodeBsdfTransparent")
    tint = linear(colour)
    through.inputs["Color"].default_value = (*tuple(c * share for c in tint[:3]), 1.0)
    shine = shader.node("ShaderNodeBsdfGlossy")
    shine.inputs["Roughness"].default_value = 0.03
    facing = shader.node("ShaderNodeLayerWeight")
    facing.inputs["Blend"].default_value = 0.28
    mix = shader.node("ShaderNodeMixShader")
    rim = shader.math("ADD", shader.math("MULTIPLY", facing.outputs["Facing"], 0.7), 0.05)
    shader.link(rim, mix.inputs[0])
    shader.link(through.outputs[0], mix.inputs[1])
    shader.link(shine.outputs[0], mix.inputs[2])
    shader.link(mix.outputs[0], shader.tree.nodes["Material Output"].inputs["Surface"])
    return shader.material


def written_paper(
    colour: str = "#E9E3D2", ink: str = "#23283A", *, lines: float = 17.0
) -> bpy.types.Material:
    """Return paper with lines of handwriting on its point attribute `page` (0 to 1 both ways)."""
    shader = Shader(f"written {colour}")
    parts = shader.node("ShaderNodeSeparateXYZ")
    shader.link(shader.attribute("page").outputs["Vector"], parts.inputs[0])
    u, v = parts.outputs[0], parts.outputs[1]
    row = shader.math("FRACT", shader.math("MULTIPLY", v, lines))
    letters = shader.noise(
        1.0,
        detail=3.0,
        where=shader.stretched(shader.attribute("page").outputs["Vector"], (95.0, lines * 3.2, 1)),
    )
    words = shader.noise(
        1.0,
        detail=0.0,
        where=shader.stretched(shader.attribute("page").outputs["Vector"], (16.0, lines, 1)),
    )
    on = shader.math("GREATER_THAN", row, 0.30)
    on = shader.math("MULTIPLY", on, shader.math("LESS_THAN", row, 0.72))
    on = shader.math("MULTIPLY", on, shader.math("GREATER_THAN", letters, 0.50))
    on = shader.math("MULTIPLY", on, shader.math("GREATER_THAN", words, 0.41))
    for side, edge, how in ((u, 0.10, "GREATER_THAN"), (u, 0.90, "LESS_THAN"), (v, 0.10, "GREATER_THAN"), (v, 0.88, "LESS_THAN")):  # fmt: skip
        on = shader.math("MULTIPLY", on, shader.math(how, side, edge))
    base = linear(colour)
    tint = shader.mixed(shader.math("MULTIPLY", on, 0.85), base, linear(ink))
    shader.link(tint, shader.input("Base Color"))
    shader.set(roughness=0.85, specular_ior_level=0.2)
    return shader.material


def paper(colour: str = "#E9E3D2") -> bpy.types.Material:
    """Return blank paper or card."""
    return plain(f"paper {colour}", colour, roughness=0.85, specular_ior_level=0.2)
