# SPDX-License-Identifier: GPL-3.0-or-later
"""An office: desk, shelves of books, a window with blinds over a town, filing cabinets, a lamp."""

from __future__ import annotations

import numpy as np

from renders.stage_worker.sets.build import box, lathe, wall
from renders.stage_worker.sets.day import daylight, window_light
from renders.stage_worker.sets.furniture import (
    books,
    chair,
    floor_lamp,
    framed_picture,
    plant,
    table,
)
from renders.stage_worker.sets.materials import cloth, leather, plaster, wood
from renders.stage_worker.shading import glow, plain

WIDE, DEEP, HIGH = 6.4, 6.6, 2.9


def build(time_of_day: str) -> None:
    """Build the office; a sitter behind the desk is at (0, 1.75), guests stand in front at y below 0.4."""
    light = daylight(time_of_day)
    oak, walls = wood("#5A3A24"), plaster("#8F9A8E")
    box("floor", (0, 0, -0.05), (WIDE + 1, DEEP + 1, 0.1), cloth("#3E4348"), bevel=0)
    box("ceiling", (0, 0, HIGH + 0.05), (WIDE, DEEP, 0.1), plaster("#CFCBC2"), bevel=0)
    for name, centre, size in (
        ("back", (0, DEEP / 2, HIGH / 2), (WIDE, 0.2, HIGH)),
        ("front", (0, -DEEP / 2, HIGH / 2), (WIDE, 0.2, HIGH)),
        ("left", (WIDE / 2, 0, HIGH / 2), (0.2, DEEP, HIGH)),
        ("right", (-WIDE / 2, 0, HIGH / 2), (0.2, DEEP, HIGH)),
    ):
        wall(name, centre, size, walls)
    for y in (DEEP / 2 - 0.11, -DEEP / 2 + 0.11):
        box("skirting", (0, y, 0.06), (WIDE, 0.03, 0.12), plain("skirting", "#3A2E26"))
    _desk(oak, light.lamps)
    _shelves(oak)
    _window(light)
    framed_picture((WIDE / 2 - 0.12, -0.6, 1.6), (1.1, 0.8), "#4A5A6A", axis="x")
    framed_picture((1.4, -DEEP / 2 + 0.12, 1.6), (0.9, 0.65), "#6A5138")
    box("door", (-1.6, -DEEP / 2 + 0.12, 1.02), (0.92, 0.05, 2.04), oak, bevel=0.01)
    plant((WIDE / 2 - 0.5, DEEP / 2 - 0.6, 0), np.random.default_rng(3), high=1.3)
    floor_lamp((-WIDE / 2 + 0.55, DEEP / 2 - 0.6, 0), light.lamps)
    metal = plain("cabinet", "#5A615E", roughness=0.45, metallic=0.3)
    for z in (0.35, 1.02):
        box("cabinet", (WIDE / 2 - 0.42, 1.2, z), (0.6, 0.5, 0.64), metal, bevel=0.01)
    box(
        "ceiling lamp",
        (0, 0.2, HIGH - 0.03),
        (1.4, 0.5, 0.05),
        glow("panel", "#FFF2DC", 2.5 + 5.0 * light.lamps),
        bevel=0,
    )


def _desk(oak: object, lamps: float) -> None:
    table((0, 1.0, 0), (1.8, 0.85, 0.75), oak, front=True, top=wood("#5A3A24", along="x"))
    chair(
        (0, 1.80, 0),
        leather("#2A1C18"),
        plain("steel", "#30343A", metallic=0.9, roughness=0.35),
        high=1.15,
    )
    chair((-0.7, -0.35, 0), cloth("#5A3A30"), oak, turn=180)
    chair((0.7, -0.35, 0), cloth("#5A3A30"), oak, turn=180)
    box("papers", (0.35, 0.95, 0.765), (0.21, 0.30, 0.02), plain("paper", "#E6E2D6"), turn=12)
    box("folder", (-0.45, 0.92, 0.765), (0.32, 0.24, 0.03), plain("folder", "#8A6A3A"), turn=-9)
    dark = plain("screen", "#15171A", roughness=0.2)
    box("screen", (-0.62, 1.15, 1.06), (0.52, 0.03, 0.32), dark, bevel=0.008, turn=24)
    box("stand", (-0.62, 1.16, 0.83), (0.05, 0.05, 0.16), dark)
    lathe(
        "mug",
        [(0.035, 0), (0.04, 0.09), (0.034, 0.09), (0.03, 0.01), (0, 0.01)],
        (0.68, 0.95, 0.75),
        plain("mug", "#B8452E", roughness=0.3),
        sectors=24,
    )
    lathe(
        "lamp foot",
        [(0.09, 0), (0.09, 0.015), (0.01, 0.02), (0.01, 0.36)],
        (0.72, 1.2, 0.75),
        plain("brass", "#8A6A3A", metallic=1.0, roughness=0.3),
        sectors=20,
    )
    lathe(
        "lamp shade",
        [(0.02, 0.46), (0.11, 0.34)],
        (0.72, 1.2, 0.75),
        glow("green shade", "#7FC48A", 0.5 + lamps),
        sectors=24,
    )


def _shelves(oak: object) -> None:
    rng = np.random.default_rng(11)
    for x in (-1.9, 1.3):
        for z in (0.1, 0.5, 0.9, 1.3, 1.7, 2.1):
            box("shelf", (x, DEEP / 2 - 0.27, z), (1.5, 0.30, 0.03), oak, bevel=0.003)
            if z < 2.0:
                books((x - 0.7, DEEP / 2 - 0.27, z + 0.02), int(rng.integers(18, 34)), rng)
        for side in (-0.76, 0.76):
            box("upright", (x + side, DEEP / 2 - 0.27, 1.1), (0.03, 0.32, 2.05), oak, bevel=0.003)


def _window(light: object) -> None:
    box(
        "pane",
        (-WIDE / 2 + 0.12, 0.6, 1.6),
        (0.04, 2.4, 1.5),
        glow("pane", "#DDE8F2", max(0.04, light.window * 0.6)),
        bevel=0,
    )
    slat = plain("slat", "#C9C2B2", roughness=0.5)
    for z in np.arange(0.86, 2.36, 0.075):
        thing = box("slat", (-WIDE / 2 + 0.20, 0.6, float(z)), (0.055, 2.4, 0.006), slat, bevel=0)
        thing.rotation_euler = (0, np.radians(32), 0)
    window_light(light, (-WIDE / 2 + 0.34, 0.6, 1.6), (0.5, 0.6, 1.0), wide=2.3, high=1.4)
