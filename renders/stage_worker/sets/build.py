# SPDX-License-Identifier: GPL-3.0-or-later
"""What sets are made of: boxes with a bevel, cylinders, walls that can be taken away."""

from __future__ import annotations

import bpy
import numpy as np

from renders.stage_worker.meshes import mesh_object

Point = tuple[float, float, float]
BOX_FACES = [[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]


def box(
    name: str,
    centre: Point,
    size: Point,
    material: bpy.types.Material,
    *,
    bevel: float = 0.006,
    turn: float = 0.0,
) -> bpy.types.Object:
    """Return a box by its centre and size, edges rounded, turned about z in degrees."""
    half = np.array(size) / 2
    corners = (
        np.array([[x, y, z] for z in (-1, 1) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))])
        * half
    )
    thing = mesh_object(name, corners, BOX_FACES, material=material, smooth=False)
    thing.location = centre
    thing.rotation_euler = (0, 0, np.radians(turn))
    if bevel > 0:
        modifier = thing.modifiers.new("bevel", "BEVEL")
        modifier.width, modifier.segments = min(bevel, float(half.min()) * 0.9), 2
    return thing


def wall(
    name: str, centre: Point, size: Point, material: bpy.types.Material, **more: float
) -> bpy.types.Object:
    """Return a box that is taken away when the camera stands behind it."""
    thing = box(name, centre, size, material, bevel=0.0, **more)
    thing["wild"] = True
    return thing


def lathe(
    name: str,
    profile: list[tuple[float, float]],
    place: Point,
    material: bpy.types.Material,
    *,
    sectors: int = 40,
) -> bpy.types.Object:
    """Return a turned body from (radius, height) pairs."""
    around = np.linspace(0, 2 * np.pi, sectors, endpoint=False)
    points = [[r * np.cos(a), r * np.sin(a), z] for r, z in profile for a in around]
    faces = [
        [
            i * sectors + j,
            i * sectors + (j + 1) % sectors,
            (i + 1) * sectors + (j + 1) % sectors,
            (i + 1) * sectors + j,
        ]
        for i in range(len(profile) - 1)
        for j in range(sectors)
    ]
    thing = mesh_object(name, np.array(points), faces, material=material)
    thing.location = place
    return thing


def sheet(name: str, rows: np.ndarray, material: bpy.types.Material) -> bpy.types.Object:
    """Return a surface through a grid of points (rows × columns × 3)."""
    high, wide, _ = rows.shape
    faces = [
        [i * wide + j, i * wide + j + 1, (i + 1) * wide + j + 1, (i + 1) * wide + j]
        for i in range(high - 1)
        for j in range(wide - 1)
    ]
    return mesh_object(name, rows.reshape(-1, 3), faces, material=material)
