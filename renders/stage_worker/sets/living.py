# SPDX-License-Identifier: GPL-3.0-or-later
"""A living room: sofa, armchairs, rug, fireplace, curtained window, bookcase, lamps."""

from __future__ import annotations

import numpy as np

from renders.stage_worker.lighting import area_light
from renders.stage_worker.sets.build import box, lathe, sheet, wall
from renders.stage_worker.sets.day import Daylight, daylight, window_light
from renders.stage_worker.sets.furniture import (
    books,
    floor_lamp,
    framed_picture,
    plant,
    sofa,
    table,
)
from renders.stage_worker.sets.materials import brick, cloth, plaster, wood
from renders.stage_worker.shading import glow, plain

WIDE, DEEP, HIGH = 7.0, 6.6, 2.9


def build(time_of_day: str) -> None:
    """Build the living room; the sofa's sitters are at y = 1.75, its seat 0.44 m high."""
    light = daylight(time_of_day)
    oak, walls = wood("#6A4428"), plaster("#A08E78")
    box(
        "floor",
        (0, 0, -0.05),
        (WIDE + 1, DEEP + 1, 0.1),
        wood("#6B4528", along="x", roughness=0.28),
        bevel=0,
    )
    box("rug", (0, 0.3, 0.008), (3.4, 2.4, 0.016), cloth("#6A3A34"), bevel=0.004)
    box("ceiling", (0, 0, HIGH + 0.05), (WIDE, DEEP, 0.1), plaster("#CFC6B8"), bevel=0)
    for name, centre, size in (
        ("back", (0, DEEP / 2, HIGH / 2), (WIDE, 0.2, HIGH)),
        ("front", (0, -DEEP / 2, HIGH / 2), (WIDE, 0.2, HIGH)),
        ("left", (WIDE / 2, 0, HIGH / 2), (0.2, DEEP, HIGH)),
        ("right", (-WIDE / 2, 0, HIGH / 2), (0.2, DEEP, HIGH)),
    ):
        wall(name, centre, size, walls)
    sofa((0, 1.85, 0), 2.3, cloth("#4E5A50"))
    table((0, 0.45, 0), (1.1, 0.6, 0.40), oak, top=wood("#6A4428", along="x"))
    lathe(
        "bowl",
        [(0.0, 0.0), (0.08, 0.005), (0.15, 0.07), (0.14, 0.07), (0.07, 0.015)],
        (0.28, 0.52, 0.40),
        plain("bowl", "#3A5A6A", roughness=0.25),
    )
    box("magazine", (-0.37, 0.55, 0.41), (0.21, 0.28, 0.01), plain("magazine", "#B4503A"), turn=14)
    _fireplace(light.lamps)
    _curtained_window(light)
    _bookcase(oak)
    for x, colour in ((-1.3, "#7A5A3A"), (0.0, "#3F5A66"), (1.2, "#8A4A3A")):
        framed_picture((x, DEEP / 2 - 0.12, 1.75), (0.75, 0.58), colour)
    framed_picture((1.6, -DEEP / 2 + 0.12, 1.6), (1.0, 0.7), "#5A6A4A")
    box("door", (-1.4, -DEEP / 2 + 0.12, 1.02), (0.92, 0.05, 2.04), oak, bevel=0.01)
    floor_lamp((-1.75, 2.4, 0), max(light.lamps, 0.35))
    plant((WIDE / 2 - 0.55, DEEP / 2 - 0.6, 0), np.random.default_rng(5), high=1.4)


def _fireplace(lamps: float) -> None:
    x = WIDE / 2 - 0.1
    box("breast", (x - 0.15, -0.4, HIGH / 2), (0.4, 1.7, HIGH), brick("#7A4A3A"), bevel=0)
    box(
        "mantel", (x - 0.40, -0.4, 1.25), (0.30, 1.9, 0.09), wood("#4A2E1C", along="y"), bevel=0.012
    )
    box("hearth", (x - 0.36, -0.4, 0.50), (0.06, 0.9, 0.80), plain("soot", "#0A0908"), bevel=0)
    box("slab", (x - 0.55, -0.4, 0.03), (0.5, 1.5, 0.06), plain("slate", "#33363A", roughness=0.5))
    if lamps > 0.5:
        for dy in (-0.15, 0.0, 0.16):
            lathe(
                "flame",
                [(0.0, 0.0), (0.07, 0.06), (0.045, 0.18), (0.0, 0.34)],
                (x - 0.44, -0.4 + dy, 0.16),
                glow("flame", "#FF7A28", 9.0),
                sectors=14,
            )
        area_light(
            np.array([x - 0.6, -0.4, 0.4]),
            np.array([0, 0, 0.8]),
            watts=34 * lamps,
            size=0.5,
            colour=(1, 0.48, 0.18),
        )
    for dy, high in ((-0.65, 0.22), (0.6, 0.16)):
        lathe(
            "candlestick",
            [(0.04, 0), (0.012, 0.02), (0.012, high)],
            (x - 0.38, -0.4 + dy, 1.295),
            plain("brass", "#8A6A3A", metallic=1.0, roughness=0.3),
            sectors=16,
        )


def _curtained_window(light: Daylight) -> None:
    x = -WIDE / 2 + 0.12
    box(
        "pane",
        (x, 0.2, 1.45),
        (0.04, 1.9, 1.9),
        glow("pane", "#E4ECF4", max(0.04, light.window * 0.6)),
        bevel=0,
    )
    frame = plain("window frame", "#D8D2C4", roughness=0.5)
    for dy in (-0.95, 0.0, 0.95):
        box("mullion", (x + 0.04, 0.2 + dy, 1.45), (0.06, 0.06, 1.96), frame)
    for z in (0.5, 1.45, 2.4):
        box("bar", (x + 0.04, 0.2, z), (0.06, 1.96, 0.06), frame)
    material = cloth("#8A6A4A")
    for start in (-1.05, 1.45):
        across = np.linspace(0, 0.55, 50)
        rows = np.array(
            [
                [[x + 0.16 + 0.035 * np.sin(a * 62 + z), start + a - 0.2, z] for a in across]
                for z in (0.03, 1.3, 2.62)
            ]
        )
        sheet("curtain", rows, material)
    window_light(light, (x + 0.3, 0.2, 1.5), (1.0, 0.2, 0.9), wide=1.8, high=1.8)


def _bookcase(oak: object) -> None:
    rng = np.random.default_rng(21)
    y = -DEEP / 2 + 0.28
    for z in (0.1, 0.5, 0.9, 1.3, 1.7):
        box("shelf", (0.2, y, z), (1.5, 0.30, 0.03), oak, bevel=0.003)
        if z < 1.6:
            books((-0.5, y, z + 0.02), int(rng.integers(16, 30)), rng)
    for side in (-0.56, 0.96):
        box("upright", (side, y, 0.9), (0.03, 0.32, 1.65), oak, bevel=0.003)
