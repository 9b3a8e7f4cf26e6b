# SPDX-License-Identifier: GPL-3.0-or-later
"""Water: a drop that springs back from a puddle, with its rings."""

from __future__ import annotations

import numpy as np

from renders.stage_worker.meshes import mesh_object
from renders.stage_worker.props.look import Look
from renders.stage_worker.sets.build import lathe
from renders.stage_worker.shading import Shader, linear

RINGS = 4.0
"""Waves from the middle to the edge. House choice: what a stone of rain leaves after a tenth of a second."""


def raindrop(look: Look) -> None:
    """Put a puddle of 0.9 m with rings that run from a drop, which springs back over its own column."""
    water = Shader("water")
    water.set(base_color=linear(look.or_else("#05080C")), roughness=0.025, specular_ior_level=0.9)
    radius = np.concatenate([np.linspace(0.0, 0.16, 120), np.linspace(0.165, 0.9, 40)])
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    r, a = np.meshgrid(radius, turn, indexing="ij")
    wobble = 0.0004 * np.sin(14 * r * np.cos(a) + 3) * np.sin(11 * r * np.sin(a))
    edge = np.exp(-((r / 0.085) ** 2)) * np.clip((r - 0.010) / 0.012, 0, 1)
    z = 0.003 + 0.0042 * edge * np.sin(2 * np.pi * RINGS * r / 0.1) + wobble
    for x, y, size in ((0.22, 0.16, 0.5), (-0.26, 0.20, 0.35), (0.10, 0.46, 0.4)):
        far = np.hypot(r * np.cos(a) - x, r * np.sin(a) - y)
        z += 0.0024 * size * np.exp(-((far / 0.06) ** 2)) * np.sin(2 * np.pi * far / 0.022)
    points = np.stack([r * np.cos(a), r * np.sin(a), z], axis=-1).reshape(-1, 3)
    n = len(turn)
    faces = [[i * n + j, i * n + (j + 1) % n, (i + 1) * n + (j + 1) % n, (i + 1) * n + j] for i in range(len(radius) - 1) for j in range(n)]  # fmt: skip
    surface = mesh_object("puddle", points, faces, material=water.material)
    surface["airy"] = True
    drop = Shader("drop")
    drop.set(base_color=linear("#9AB4C8"), roughness=0.02, specular_ior_level=1.0, metallic=0.55)
    lathe("column", [(0.0150, 0.001), (0.0085, 0.004), (0.0050, 0.011), (0.0036, 0.020), (0.0034, 0.027), (0.0042, 0.032), (0.0030, 0.0365), (0.0, 0.038)], (0, 0, 0), drop.material, sectors=32)  # fmt: skip
    for place, size in (((0.0, 0.0, 0.050), 0.0066), ((0.0, 0.0, 0.066), 0.0030)):
        around = [(size * float(np.sin(t)), -size * 1.08 * float(np.cos(t))) for t in np.linspace(0, np.pi, 18)]  # fmt: skip
        lathe("drop", around, place, drop.material, sectors=28)
    lathe("drop", [(0.0, -0.003), (0.002, -0.001), (0.0022, 0.001), (0.0, 0.0032)], (0.021, -0.006, 0.020), drop.material, sectors=20)  # fmt: skip
