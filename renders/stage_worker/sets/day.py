# SPDX-License-Identifier: GPL-3.0-or-later
"""Times of day: colour and strength of sky and sun, how bright lamps and windows are."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np

from renders.stage_worker.lighting import area_light


@dataclass(frozen=True, slots=True)
class Daylight:
    """Sky colour (linear), sun colour, sun watts per square metre and height, window brightness, lamps on."""

    sky: tuple[float, float, float]
    sun: tuple[float, float, float]
    sun_strength: float
    sun_height: float
    window: float
    lamps: float


TIMES: dict[str, Daylight] = {
    "dawn": Daylight((0.34, 0.36, 0.46), (1.0, 0.72, 0.50), 1.6, 10.0, 3.0, 0.6),
    "day": Daylight((0.60, 0.68, 0.78), (1.0, 0.95, 0.88), 3.4, 52.0, 5.0, 0.2),
    "dusk": Daylight((0.20, 0.15, 0.20), (1.0, 0.50, 0.24), 1.5, 8.0, 1.6, 1.0),
    "night": Daylight((0.016, 0.024, 0.050), (0.5, 0.62, 1.0), 0.35, 40.0, 0.14, 1.0),
}
"""House choice, set by eye."""


def daylight(name: str) -> Daylight:
    """Return a time of day; one not known counts as day."""
    return TIMES.get(name, TIMES["day"])


def sun(light: Daylight, *, azimuth_degrees: float) -> None:
    """Put the sun into the scene."""
    data = bpy.data.lights.new("sun", "SUN")
    data.energy, data.color, data.angle = light.sun_strength, light.sun, np.radians(1.5)
    thing = bpy.data.objects.new("sun", data)
    thing.rotation_euler = (np.radians(90 - light.sun_height), 0, np.radians(azimuth_degrees))
    bpy.context.scene.collection.objects.link(thing)


def window_light(
    light: Daylight,
    place: tuple[float, float, float],
    towards: tuple[float, float, float],
    *,
    wide: float,
    high: float,
) -> None:
    """Put the light of one window: a rectangle just inside the pane."""
    area_light(
        np.array(place),
        np.array(towards),
        watts=light.window * 11 * wide * high,
        size=wide,
        size_y=high,
        colour=light.sky if light.window < 1 else (0.86, 0.93, 1.0),
    )
