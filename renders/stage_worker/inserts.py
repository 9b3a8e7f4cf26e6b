# SPDX-License-Identifier: GPL-3.0-or-later
"""An insert of a thing: its camera clear of the set, its light from above the table."""

from __future__ import annotations

from dataclasses import replace

import bpy
import numpy as np

from renders.stage_worker.brief import StageBrief
from renders.stage_worker.camera import View
from renders.stage_worker.clearance import Hit, cleared
from renders.stage_worker.closeup import closeup, lens_at, stop_for
from renders.stage_worker.framing import Framed
from renders.stage_worker.lighting import Mood
from renders.stage_worker.placing import Placed

ROOM_M, LOWEST_LAMP = 0.05, 14.0
"""Free space of an insert's camera, and the least height in degrees its lamps have. House choice."""


def prop_view(brief: StageBrief, placed: Placed, hit: Hit) -> View:
    """Return the camera of an insert."""
    shot, size = brief.shot, {"width": brief.width, "height": brief.height}

    def make(aside: float) -> Framed:
        return closeup(
            shot,
            placed.points,
            placed.front,
            elevation=placed.elevation,
            aside_degrees=aside,
            **size,
        )

    lens = lens_at(_far(make(0.0)), make(0.0).frame_height_m, **size)
    found = cleared(make, lens_mm=lens, hit=hit, room_m=ROOM_M)
    at = found.framed
    deep = float(np.ptp(placed.points, axis=0)[:2].max())
    return View(
        place=tuple(map(float, at.place)),
        aim=tuple(map(float, at.aim)),
        lens_mm=float(found.lens_mm),
        f_stop=stop_for(_far(at), deep * 0.7, float(found.lens_mm)),
        focus=tuple(map(float, at.focus)),
        roll_degrees=at.roll_degrees,
        frame_height_m=at.frame_height_m,
        aside_degrees=found.aside_degrees,
        clear=found.clear,
    )


def from_above(mood: Mood) -> Mood:
    """Return a mood whose lamps all stand over the table: light from below would stop at its top."""
    return replace(
        mood,
        lamps=tuple(
            replace(lamp, elevation=max(abs(lamp.elevation), LOWEST_LAMP)) for lamp in mood.lamps
        ),
    )


def hide_rims(placed: Placed, camera: np.ndarray) -> None:
    """Keep the lamps behind a thing out of the table's gloss, where they would be one white patch."""
    middle = placed.points.mean(axis=0)
    towards = (camera - middle) * [1, 1, 0]
    for thing in bpy.context.scene.objects:
        if thing.type == "LIGHT" and (np.array(thing.location) - middle) @ towards < 0:
            thing.visible_glossy = False


def _far(found: Framed) -> float:
    return float(np.linalg.norm(found.place - found.aim))
