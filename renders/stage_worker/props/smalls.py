# SPDX-License-Identifier: GPL-3.0-or-later
"""Small things of metal: keys, a ring, a knife, a coin."""

from __future__ import annotations

import bpy
import numpy as np
from mathutils import Matrix

from renders.stage_worker.props.forms import (
    BRASS,
    GOLD,
    IRON,
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
from renders.stage_worker.sets.materials import wood
from renders.stage_worker.shading import glow


def key(look: Look) -> None:
    """Put an old key with a bow, a collar and a bit, on its ring."""
    brass = metal(look.or_else(BRASS), roughness=0.24)
    z = 0.0045
    tube("bow", ring_path(0.0125, centre=(-0.038, 0, z), wide=1.1), 0.0030, brass, closed=True)
    tube("shank", [(-0.025, 0, z), (0.036, 0, z)], 0.0036, brass, sectors=20)
    for x, radius in ((-0.021, 0.0058), (-0.017, 0.0050), (0.012, 0.0048)):
        tube("collar", [(x - 0.0014, 0, z), (x + 0.0014, 0, z)], radius, brass, sectors=24)
    bit = [(0.018, -0.002), (0.018, -0.018), (0.0225, -0.018), (0.0225, -0.012), (0.0255, -0.012), (0.0255, -0.018),
        (0.033, -0.018), (0.033, -0.002)]  # fmt: skip
    slab("bit", bit, z - 0.0014, z + 0.0014, brass, bevel=0.0004)
    tube("ring", ring_path(0.016, centre=(-0.060, 0.006, 0.0022)), 0.0013, metal(STEEL), closed=True)  # fmt: skip


def ring(look: Look) -> None:
    """Put a ring with one stone, leaning on its edge."""
    gold = metal(look.or_else(GOLD), roughness=0.10)
    made = [tube("band", ring_path(0.0098, axis="y", steps=64), 0.00125, gold, closed=True)]
    stone = clear_glass("#DCEBFF", share=0.75)
    made.append(lathe("stone", [(0.0, 0.0), (0.0034, 0.0030), (0.0034, 0.0036), (0.0021, 0.0048), (0.0, 0.0048)], (0, 0, 0.0103), stone, sectors=8))  # fmt: skip
    made.append(lathe("spark", [(0.0, 0.0008), (0.0012, 0.0024), (0.0, 0.0030)], (0, 0, 0.0103), glow("spark", "#EAF4FF", 1.6), sectors=8))  # fmt: skip
    for a in np.radians((45, 135, 225, 315)):
        x, y = 0.0032 * float(np.cos(a)), 0.0032 * float(np.sin(a))
        made.append(tube("claw", [(x * 0.3, y * 0.3, 0.0102), (x, y, 0.0135), (x * 0.9, y * 0.9, 0.0143)], 0.00045, gold, sectors=8))  # fmt: skip
    bpy.context.view_layer.update()
    lean = Matrix.Translation((0, 0, 0.0102)) @ Matrix.Rotation(np.radians(34), 4, "Y") @ Matrix.Rotation(np.radians(24), 4, "Z")  # fmt: skip
    for thing in made:
        thing.matrix_world = lean @ thing.matrix_world


def knife(look: Look) -> None:
    """Put a kitchen knife on its side."""
    steel = metal(STEEL, roughness=0.14)
    edge = [(0.0, -0.020), (0.09, -0.0205), (0.14, -0.013), (0.172, 0.004), (0.10, 0.0075), (0.0, 0.008)]  # fmt: skip
    slab("blade", edge, 0.0075, 0.0092, steel, bevel=0.0007)
    slab("bolster", [(x - 0.006, y - 0.004) for x, y in round_outline(0.014, 0.024, 0.003)], 0.002, 0.0150, steel, bevel=0.002)  # fmt: skip
    grip = [(-0.012, -0.014), (-0.012, 0.008), (-0.07, 0.009), (-0.118, 0.006), (-0.124, -0.012), (-0.112, -0.018), (-0.070, -0.0125)]  # fmt: skip
    slab("grip", grip[::-1][::-1], 0.0, 0.0165, wood(look.or_else("#2E1C12"), along="x"), bevel=0.005)  # fmt: skip
    for x in (-0.035, -0.066, -0.098):
        lathe("rivet", [(0.0032, 0.0), (0.0028, 0.0006), (0.0, 0.0007)], (x, -0.003, 0.0164), metal(BRASS), sectors=16)  # fmt: skip


def coin(look: Look) -> None:
    """Put three coins, one on the others."""
    gold = metal(look.or_else(GOLD), roughness=0.25)
    face = [(0.0, 0.0), (0.0125, 0.0), (0.0128, 0.0003), (0.0128, 0.0017), (0.0125, 0.002), (0.0112, 0.002), (0.0110, 0.0016), (0.0, 0.0016)]  # fmt: skip
    for x, y, z, lean in ((0, 0, 0, 0), (0.019, -0.014, 0, 0), (0.011, -0.004, 0.0022, 6)):
        thing = lathe("coin", face, (x, y, z), gold, sectors=56)
        thing.rotation_euler = (np.radians(lean), 0, 0)


def door_handle(look: Look) -> None:
    """Put a panelled door that stands, with a plate, a lever and a keyhole: handle at 1.02 m."""
    brass, oak = metal(look.or_else(BRASS), roughness=0.2), wood("#4A2A18")
    box("door", (0, 0.02, 1.03), (0.92, 0.045, 2.06), oak, bevel=0.004)
    for z, high in ((0.52, 0.70), (1.50, 0.86)):
        box("moulding", (-0.09, -0.004, z), (0.54, 0.018, high), oak, bevel=0.008)
        box("panel", (-0.09, -0.010, z), (0.46, 0.018, high - 0.08), oak, bevel=0.010)
    box("frame", (0.53, 0.02, 1.05), (0.12, 0.11, 2.10), wood("#3A2012"), bevel=0.008)
    x, z = 0.365, 1.02
    made = slab("plate", round_outline(0.048, 0.24, 0.012), 0.0, 0.004, brass, bevel=0.0012)
    made.rotation_euler, made.location = (np.radians(90), 0, 0), (x, -0.0025, z - 0.04)
    tube("neck", [(x, -0.004, z), (x, -0.055, z)], 0.0095, brass, sectors=24)
    tube("lever", [(x, -0.052, z), (x - 0.02, -0.057, z), (x - 0.07, -0.058, z + 0.003), (x - 0.118, -0.055, z - 0.002), (x - 0.126, -0.050, z - 0.006)], [0.0105, 0.0105, 0.0085, 0.0095, 0.006], brass, sectors=24)  # fmt: skip
    hole = metal(IRON, roughness=0.7)
    tube("keyhole", [(x, -0.0062, z - 0.10), (x, -0.0072, z - 0.10)], 0.0052, hole)
    box("keyhole slot", (x, -0.0066, z - 0.109), (0.0048, 0.001, 0.016), hole, bevel=0)
