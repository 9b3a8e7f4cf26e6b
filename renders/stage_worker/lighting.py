# SPDX-License-Identifier: GPL-3.0-or-later
"""Three-point light placed from the camera's axis round the lead's head; a mood is one row of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Vector

from apexsite.kit.errors import InputError, listed


@dataclass(frozen=True, slots=True)
class Lamp:
    """Azimuth from the camera's axis (+ camera right), elevation, distance m, watts, size m, colour linear RGB."""

    azimuth: float
    elevation: float
    watts: float
    size: float = 0.8
    colour: tuple[float, float, float] = (1.0, 1.0, 1.0)
    distance: float = 2.0


@dataclass(frozen=True, slots=True)
class Mood:
    """Lamps, how bright the world's sky and the set's own lamps are, exposure in stops, slats of a blind in the key."""

    lamps: tuple[Lamp, ...]
    world: tuple[float, float, float] = (0.05, 0.05, 0.055)
    practicals: float = 1.0
    exposure: float = 0.0
    contrast: str = "AgX - Medium High Contrast"
    slats: bool = False


WARM, COOL, DAY = (1.0, 0.80, 0.60), (0.62, 0.78, 1.0), (1.0, 0.96, 0.91)

MOODS: dict[str, Mood] = {
    "neutral": Mood(
        (
            Lamp(38, 32, 70, 1.0, DAY),
            Lamp(-50, 12, 20, 1.6, (0.92, 0.95, 1)),
            Lamp(152, 38, 46, 0.5),
        )
    ),
    "drama": Mood(
        (
            Lamp(52, 30, 74, 0.7, (1, 0.93, 0.84)),
            Lamp(-58, 6, 8, 1.6, COOL),
            Lamp(-150, 34, 40, 0.4, COOL),
        ),
        (0.022, 0.024, 0.03),
        0.65,
    ),
    "noir": Mood(
        (Lamp(58, 24, 150, 0.06, (1, 0.97, 0.92)), Lamp(-60, 0, 2.5, 2.0), Lamp(-140, 40, 44, 0.3)),
        (0.006, 0.007, 0.009),
        0.12,
        slats=True,
    ),
    "horror": Mood(
        (Lamp(12, -46, 42, 0.4, (0.85, 1, 0.85)), Lamp(-160, 30, 26, 0.5, COOL)),
        (0.006, 0.009, 0.010),
        0.12,
    ),
    "golden": Mood(
        (
            Lamp(62, 16, 105, 0.6, (1, 0.66, 0.36)),
            Lamp(-48, 20, 18, 1.8, COOL),
            Lamp(-152, 24, 60, 0.5, (1, 0.7, 0.42)),
        ),
        (0.10, 0.075, 0.06),
        0.8,
    ),
    "neon": Mood(
        (
            Lamp(60, 12, 46, 0.9, (1.0, 0.16, 0.50)),
            Lamp(-64, 10, 40, 0.9, (0.08, 0.55, 1.0)),
            Lamp(170, 40, 32, 0.5, (0.65, 0.3, 1)),
        ),
        (0.012, 0.010, 0.022),
    ),
    "romance": Mood(
        (
            Lamp(36, 26, 60, 1.6, (1, 0.84, 0.70)),
            Lamp(-44, 14, 24, 2.0, (1, 0.88, 0.84)),
            Lamp(150, 32, 54, 0.6, WARM),
        ),
        (0.06, 0.05, 0.05),
        0.8,
    ),
    "comedy": Mood(
        (Lamp(30, 34, 86, 1.6, DAY), Lamp(-40, 18, 44, 2.0, DAY), Lamp(155, 36, 36, 0.8)),
        (0.14, 0.14, 0.145),
        1.1,
    ),
    "cold": Mood(
        (
            Lamp(46, 34, 66, 1.2, COOL),
            Lamp(-55, 10, 12, 1.8, (0.7, 0.85, 1)),
            Lamp(-150, 36, 44, 0.5, (0.75, 0.88, 1)),
        ),
        (0.03, 0.036, 0.048),
        0.8,
    ),
    "night": Mood(
        (
            Lamp(64, 36, 64, 0.7, (0.55, 0.70, 1.0)),
            Lamp(-60, 4, 9, 1.6, COOL),
            Lamp(-148, 34, 40, 0.4, (1, 0.72, 0.45)),
        ),
        (0.008, 0.011, 0.02),
        0.28,
    ),
}
"""Source: key, fill and rim of classic three-point light; ratios are house choice, set by eye on rendered faces."""


def mood_named(name: str) -> Mood:
    """Return a mood, or raise `InputError` with the valid names."""
    if name not in MOODS:
        raise InputError(f"mood={name!r} is not known; valid: {listed(MOODS)}")
    return MOODS[name]


def light(
    mood: Mood,
    *,
    head: np.ndarray,
    camera: np.ndarray,
    hair_is_dark: bool,
    skin_light: float,
    share: float,
    frame_height_m: float = 1.0,
) -> None:
    """Put a mood's lamps round a head; a rim on black hair is halved; `share` dims all.

    `skin_light` is the lead's skin's linear luminance: dark skin gets more light from the front, pale skin less.
    For wide frames the lamps step back and grow, so that all of the body gets the head's light.
    """
    fair = float(np.clip((0.34 / max(skin_light, 0.01)) ** 0.30, 0.85, 1.6))
    back = float(np.clip(frame_height_m / 1.4, 1.0, 1.9))
    axis = camera - head
    base = float(np.arctan2(axis[1], axis[0]))
    for lamp in mood.lamps:  # watts are for an empty studio; sets bring light of their own
        turn, rise = base + np.radians(lamp.azimuth), np.radians(lamp.elevation)
        away = np.array([np.cos(turn) * np.cos(rise), np.sin(turn) * np.cos(rise), np.sin(rise)])
        place = head + away * lamp.distance * back
        place[2] = max(place[2], 0.1)
        rim = abs(lamp.azimuth) > 100
        watts = share * lamp.watts * ((0.55 if hair_is_dark else 1.0) if rim else fair)
        if mood.slats and lamp is mood.lamps[0]:
            _slats(place, head)
        area_light(place, head, watts=watts * back**2, size=lamp.size * back, colour=lamp.colour)


def _slats(lamp: np.ndarray, head: np.ndarray) -> None:
    """Hang the slats of a blind in a lamp's way, unseen themselves: bars of shadow over face and wall."""
    across = np.cross(head - lamp, [0.0, 0.0, 1.0])
    across = across / np.linalg.norm(across) * 1.6
    middle = lamp + 0.55 * (head - lamp)
    points, faces = [], []
    for i, rise in enumerate(np.arange(-0.60, 0.61, 0.085)):
        for side, up in ((-1, 0.0), (1, 0.0), (1, 0.040), (-1, 0.040)):
            points.append(middle + side * across + [0.0, 0.0, rise + up])
        faces.append([4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3])
    mesh = bpy.data.meshes.new("slats")
    mesh.from_pydata([point.tolist() for point in points], [], faces)
    thing = bpy.data.objects.new("slats", mesh)
    thing.visible_camera = False
    bpy.context.scene.collection.objects.link(thing)


def area_light(
    place: np.ndarray,
    towards: np.ndarray,
    *,
    watts: float,
    size: float,
    colour: tuple[float, float, float],
    size_y: float | None = None,
) -> bpy.types.Object:
    """Return a new area lamp looking at a point; the camera does not see it."""
    data = bpy.data.lights.new("lamp", "AREA")
    data.energy, data.color, data.size = watts, colour, size
    data.shape = "DISK" if size_y is None else "RECTANGLE"
    if size_y is not None:
        data.size_y = size_y
    thing = bpy.data.objects.new("lamp", data)
    thing.location = Vector(place)
    thing.rotation_euler = (Vector(towards) - Vector(place)).to_track_quat("-Z", "Y").to_euler()
    thing.visible_camera = False
    bpy.context.scene.collection.objects.link(thing)
    return thing


def set_world(colour: tuple[float, float, float], strength: float = 1.0) -> None:
    """Give the world one colour of light."""
    world = bpy.data.worlds.new("world")
    world.use_nodes = True
    shade = world.node_tree.nodes["Background"]
    shade.inputs["Color"].default_value = (*colour, 1)
    shade.inputs["Strength"].default_value = strength
    bpy.context.scene.world = world


def dim_practicals(share: float) -> None:
    """Scale every lamp that stands in the scene now: a set's own light, before the mood's lamps are put."""
    for lamp in bpy.data.lights:
        lamp.energy *= share
