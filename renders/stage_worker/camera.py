# SPDX-License-Identifier: GPL-3.0-or-later
"""A real camera: sensor, lens, stop; distance from the height the frame shall hold."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Matrix, Vector

SENSOR_WIDTH_MM, SENSOR_HEIGHT_MM = 36.0, 24.0


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera stands (metres), what it looks at, lens in mm, f-number, what it focuses on, roll in degrees.

    `aside_degrees` is how far it stepped aside to be clear; `clear` False: no free place was found, walls must open.
    """

    place: tuple[float, float, float]
    aim: tuple[float, float, float]
    lens_mm: float
    f_stop: float
    focus: tuple[float, float, float]
    roll_degrees: float = 0.0
    shift_y: float = 0.0
    frame_height_m: float = 1.0
    aside_degrees: float = 0.0
    clear: bool = True


def put_camera(view: View, *, width: int, height: int) -> bpy.types.Object:
    """Return the scene's camera. The sensor is 36 mm wide; taller pictures keep its width."""
    data = bpy.data.cameras.new("camera")
    data.sensor_fit = "HORIZONTAL"
    data.sensor_width = SENSOR_WIDTH_MM
    data.lens = view.lens_mm
    data.shift_y = view.shift_y
    data.clip_start, data.clip_end = 0.02, 400.0
    data.dof.use_dof = True
    data.dof.aperture_fstop = view.f_stop
    data.dof.aperture_blades = 9
    place, aim = Vector(view.place), Vector(view.aim)
    turned = (aim - place).to_track_quat("-Z", "Y").to_matrix().to_4x4()
    data.dof.focus_distance = max(
        0.05, (Vector(view.focus) - place).dot((aim - place).normalized())
    )
    thing = bpy.data.objects.new("camera", data)
    thing.matrix_world = (
        Matrix.Translation(place) @ turned @ Matrix.Rotation(np.radians(view.roll_degrees), 4, "Z")
    )
    bpy.context.scene.collection.objects.link(thing)
    bpy.context.scene.camera = thing
    return thing
