# SPDX-License-Identifier: GPL-3.0-or-later
"""A courtroom: panelled walls, the bench on its dais, columns, counsel's tables, tall windows, a gallery rail."""

from __future__ import annotations

import numpy as np

from renders.stage_worker.sets.build import box, lathe, wall
from renders.stage_worker.sets.day import daylight, window_light
from renders.stage_worker.sets.furniture import chair, table
from renders.stage_worker.sets.materials import leather, marble, plaster, wood
from renders.stage_worker.shading import glow, plain

WIDE, DEEP, HIGH = 11.0, 12.0, 5.2


def build(time_of_day: str) -> None:
    """Build the courtroom; people stand round the middle of the floor, the bench is at the back (+y)."""
    light = daylight(time_of_day)
    oak, panel = wood("#82502C"), wood("#6A4024")
    stone, paint = marble(), plaster("#B8AE98")
    box(
        "floor",
        (0, 0, -0.05),
        (WIDE + 1, DEEP + 1, 0.1),
        wood("#5E3E26", along="x", roughness=0.24),
        bevel=0,
    )
    box("ceiling", (0, 0, HIGH + 0.05), (WIDE, DEEP, 0.1), plaster("#C9C0AC"), bevel=0)
    for name, centre, size in (
        ("back", (0, DEEP / 2, HIGH / 2), (WIDE, 0.2, HIGH)),
        ("front", (0, -DEEP / 2, HIGH / 2), (WIDE, 0.2, HIGH)),
        ("left", (WIDE / 2, 0, HIGH / 2), (0.2, DEEP, HIGH)),
        ("right", (-WIDE / 2, 0, HIGH / 2), (0.2, DEEP, HIGH)),
    ):
        wall(name, centre, size, paint)
    _panels(oak, panel)
    _bench(oak, panel)
    for x in (-2.9, 2.9):
        profile = [
            (0.34, 0),
            (0.34, 0.25),
            (0.27, 0.32),
            (0.24, 4.5),
            (0.30, 4.75),
            (0.36, 4.8),
            (0.36, HIGH),
        ]
        lathe("column", profile, (x, DEEP / 2 - 0.55, 0), stone)
    for x in (-1.9, 1.9):
        table((x, -1.0, 0), (1.7, 0.8, 0.76), oak, front=True, top=wood("#5E3A20", along="x"))
        chair((x, -1.75, 0), leather("#3A1A16"), oak, turn=180)
    _rail(oak)
    _windows(light)
    for x in (-2.2, 2.2):
        box(
            "ceiling lamp",
            (x, 0.5, HIGH - 0.06),
            (1.2, 1.2, 0.06),
            glow("panel", "#FFE9C8", 9.0 * max(light.lamps, 0.5)),
            bevel=0,
        )


def _panels(oak: object, panel: object) -> None:
    for y, sign in ((DEEP / 2 - 0.12, 1), (-DEEP / 2 + 0.12, -1)):
        box("dado", (0, y, 1.3), (WIDE, 0.06, 2.6), panel, bevel=0)
        box("rail", (0, y - sign * 0.05, 2.62), (WIDE, 0.12, 0.12), oak)
        for x in np.arange(-WIDE / 2 + 0.55, WIDE / 2, 1.1):
            box("panel", (float(x), y - sign * 0.045, 1.38), (0.86, 0.05, 2.1), oak, bevel=0.03)
    for x, sign in ((WIDE / 2 - 0.12, 1), (-WIDE / 2 + 0.12, -1)):
        box("dado", (x, 0, 0.6), (0.06, DEEP, 1.2), panel, bevel=0)
        box("rail", (x - sign * 0.05, 0, 1.22), (0.12, DEEP, 0.10), oak)
        for y in np.arange(-DEEP / 2 + 0.6, DEEP / 2, 1.2):
            box("panel", (x - sign * 0.045, float(y), 0.62), (0.05, 0.96, 0.86), oak, bevel=0.03)


def _bench(oak: object, panel: object) -> None:
    """Build dais and bench; a seated judge at (0, 4.35) on the dais of 0.45 m looks over it."""
    box("dais", (0, 4.5, 0.225), (6.4, 2.8, 0.45), panel)
    box("step", (0, 2.95, 0.11), (6.4, 0.4, 0.22), panel)
    box("bench", (0, 3.45, 0.73), (4.4, 0.5, 0.86), oak)
    box("bench top", (0, 3.50, 1.19), (4.7, 0.85, 0.06), wood("#5E3A20", along="x"), bevel=0.015)
    for x in np.arange(-1.8, 1.9, 0.9):
        box("bench panel", (float(x), 3.19, 0.75), (0.72, 0.04, 0.62), panel, bevel=0.03)
    red = leather("#4A1418")
    box("throne", (0, 5.05, 1.35), (0.82, 0.14, 1.8), oak, bevel=0.03)
    box("throne pad", (0, 4.97, 1.35), (0.66, 0.08, 1.5), red, bevel=0.04)
    box("throne seat", (0, 4.68, 0.87), (0.70, 0.62, 0.14), red, bevel=0.04)
    box(
        "file",
        (-0.75, 3.45, 1.245),
        (0.30, 0.22, 0.045),
        plain("red file", "#7A1E20", roughness=0.6),
        turn=8,
    )
    box("papers", (-0.35, 3.42, 1.23), (0.21, 0.297, 0.012), plain("paper", "#E8E4D8"), turn=-6)


def _rail(oak: object) -> None:
    for x in np.arange(-4.8, 4.9, 0.3):
        if abs(x) > 0.6:
            lathe(
                "baluster",
                [(0.03, 0), (0.04, 0.1), (0.02, 0.4), (0.04, 0.7), (0.03, 0.8)],
                (float(x), -3.3, 0),
                oak,
                sectors=12,
            )
    for x in (-2.75, 2.75):
        box("hand rail", (x, -3.3, 0.84), (4.3, 0.12, 0.07), oak, bevel=0.02)
    for y in (-4.2, -5.1):
        for x in (-2.75, 2.75):
            box("pew", (x, y, 0.43), (4.2, 0.42, 0.05), oak)
            box("pew back", (x, y - 0.22, 0.65), (4.2, 0.05, 0.55), oak)


def _windows(light: object) -> None:
    pane = glow("pane", "#DCE8F5", max(0.05, light.window * 0.55))
    frame = plain("window frame", "#3A2A1E", roughness=0.5)
    for y in (-3.2, 0.2, 3.2):
        box("pane", (-WIDE / 2 + 0.14, y, 3.1), (0.05, 1.3, 2.9), pane, bevel=0)
        for dy in (-0.65, 0, 0.65):
            box("mullion", (-WIDE / 2 + 0.18, y + dy, 3.1), (0.06, 0.06, 3.0), frame)
        for z in (1.65, 2.6, 3.6, 4.55):
            box("bar", (-WIDE / 2 + 0.18, y, z), (0.06, 1.36, 0.06), frame)
        window_light(light, (-WIDE / 2 + 0.3, y, 3.1), (0, y, 1.0), wide=1.2, high=2.8)
