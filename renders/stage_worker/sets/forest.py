# SPDX-License-Identifier: GPL-3.0-or-later
"""A forest clearing: uneven ground, trunks with bark, crowns of leaves, undergrowth, a path, light through the trees."""

from __future__ import annotations

import bpy
import numpy as np

from renders.stage_worker.lighting import set_world
from renders.stage_worker.meshes import mesh_object
from renders.stage_worker.sets.build import lathe, sheet
from renders.stage_worker.sets.day import Daylight, daylight, sun
from renders.stage_worker.sets.materials import ground
from renders.stage_worker.shading import Shader, linear

CLEARING = 3.4


def build(time_of_day: str) -> None:
    """Build the forest; people stand in the clearing round the middle, level within two metres."""
    light = daylight(time_of_day)
    set_world(light.sky, 1.3 if light.lamps < 1.0 or light.window > 1 else 5.0)
    sun(light, azimuth_degrees=-35)
    rng = np.random.default_rng(77)
    _earth(rng)
    _backdrop(light)
    bark, leaf = _bark(), _leaf("#3E5A26")
    places = _places(rng)
    for place in places:
        _trunk(place, rng, bark)
    _crowns(places, rng, leaf)
    _undergrowth(rng, _leaf("#4A6A2C"))


def height_at(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the ground's height: level in the clearing, gentle waves outside."""
    wave = 0.35 * np.sin(x * 0.35 + 1.3) * np.cos(y * 0.28) + 0.12 * np.sin(x * 1.1 + y * 0.9)
    return wave * np.clip((np.hypot(x, y) - 2.2) / 6.0, 0, 1)


def _earth(rng: np.random.Generator) -> None:
    side = np.linspace(-32, 32, 150)
    x, y = np.meshgrid(side, side)
    z = height_at(x, y) + rng.normal(0, 0.006, x.shape)
    sheet("earth", np.stack([x, y, z], axis=-1), ground("#5A4429", "#6B7A38", scale=0.8, bump=0.9))


def _backdrop(light: Daylight) -> None:
    """Close the view with far foliage in haze: a ring that gives its own light."""
    shader = Shader("far trees")
    where = shader.stretched(shader.coordinates("Object"), (0.35, 0.35, 0.22))
    mass = shader.noise(1.6, detail=7.0, where=where, rough=0.62)
    sky = np.array(light.sky)
    haze, deep = (
        sky * np.array([0.87, 0.90, 0.85]),
        sky * 0.30 + np.array([0.010, 0.022, 0.006]) * sky.mean(),
    )
    stops = [(0.36, (*map(float, deep), 1.0)), (0.62, (*map(float, haze), 1.0))]
    shader.link(shader.ramp(mass, stops), shader.input("Emission Color"))
    shader.set(base_color=(0, 0, 0, 1), emission_strength=0.9, roughness=1.0)
    lathe("far trees", [(31.0, -3.0), (31.0, 13.0)], (0, 0, 0), shader.material, sectors=48)


def _bark() -> bpy.types.Material:
    shader = Shader("bark")
    where = shader.stretched(shader.coordinates("Object"), (6, 6, 0.9))
    ridge = shader.noise(3.2, detail=8.0, where=where, rough=0.7)
    shader.link(
        shader.ramp(
            ridge, [(0.36, linear("#1E1712")), (0.6, linear("#5A4A3A")), (0.75, linear("#6E6A50"))]
        ),
        shader.input("Base Color"),
    )
    shader.set(roughness=0.95, specular_ior_level=0.15)
    shader.bump(ridge, strength=0.9, distance=0.04)
    return shader.material


def _leaf(colour: str) -> bpy.types.Material:
    shader = Shader(f"leaf {colour}")
    base = linear(colour)
    spot = shader.noise(0.9, detail=3.0)
    shader.link(
        shader.ramp(
            spot,
            [
                (0.3, (*tuple(c * 0.55 for c in base[:3]), 1.0)),
                (0.7, (*tuple(c * 1.3 for c in base[:3]), 1.0)),
            ],
        ),
        shader.input("Base Color"),
    )
    shader.set(roughness=0.5, transmission_weight=0.0, subsurface_weight=0.0)
    return shader.material


def _places(rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Return x, y and radius of trunks, none in the clearing, none on another."""
    made: list[tuple[float, float, float]] = []
    while len(made) < 90:
        reach, turn = rng.uniform(CLEARING, 28.0), rng.uniform(0, 2 * np.pi)
        x, y = float(reach * np.cos(turn)), float(reach * np.sin(turn))
        if all(np.hypot(x - a, y - b) > 1.5 for a, b, _ in made):
            made.append((x, y, float(rng.uniform(0.10, 0.30))))
    return made


def _trunk(
    place: tuple[float, float, float], rng: np.random.Generator, bark: bpy.types.Material
) -> None:
    x, y, radius = place
    sectors, levels = 18, 16
    lean = rng.normal(0, 0.02, 2)
    turn = np.linspace(0, 2 * np.pi, sectors, endpoint=False)
    flutes = (
        1
        + 0.10 * np.sin(turn * 3 + rng.uniform(0, 6))
        + 0.06 * np.sin(turn * 5 + rng.uniform(0, 6))
    )
    points, base = [], float(height_at(np.array(x), np.array(y)))
    for k in range(levels):
        z = 11.0 * (k / (levels - 1)) ** 1.4
        wide = radius * (1 - 0.6 * z / 11.0) + 0.55 * radius * np.exp(-z / 0.25)
        bend = 0.06 * np.sin(z * 0.8 + x)
        for a, flute in zip(turn, flutes, strict=True):
            swell = wide * (1 + (flute - 1) * (1.5 if z < 0.6 else 0.7))
            points.append(
                [lean[0] * z + bend + swell * np.cos(a), lean[1] * z + swell * np.sin(a), z]
            )
    faces = [
        [
            i * sectors + j,
            i * sectors + (j + 1) % sectors,
            (i + 1) * sectors + (j + 1) % sectors,
            (i + 1) * sectors + j,
        ]
        for i in range(levels - 1)
        for j in range(sectors)
    ]
    mesh_object("trunk", np.array(points), faces, material=bark).location = (x, y, base - 0.05)


def _cards(
    centres: np.ndarray, size: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return leaf quads at centres, turned at random."""
    count = len(centres)
    one = rng.normal(0, 1, (count, 3))
    one /= np.linalg.norm(one, axis=1, keepdims=True)
    two = np.cross(one, rng.normal(0, 1, (count, 3)))
    two /= np.linalg.norm(two, axis=1, keepdims=True)
    a, b = one * size[:, None], two * size[:, None] * 0.55
    corners = np.stack([centres - a, centres - b * 0.9, centres + a, centres + b * 0.9], axis=1)
    return corners.reshape(-1, 3), np.arange(count * 4).reshape(-1, 4)


def _crowns(
    places: list[tuple[float, float, float]], rng: np.random.Generator, leaf: bpy.types.Material
) -> None:
    centres = []
    for x, y, radius in places:
        wide = 1.6 + 5.0 * radius
        for _ in range(8):
            blob = np.array(
                [x, y, rng.uniform(3.6 if np.hypot(x, y) > 9 else 4.6, 10.5)]
            ) + rng.normal(0, wide * 0.5, 3) * [
                1,
                1,
                0.4,
            ]
            centres.append(blob + rng.normal(0, wide * 0.38, (60, 3)) * [1, 1, 0.7])
    cloud = np.concatenate(centres)
    cloud = cloud[cloud[:, 2] > 3.0]
    points, faces = _cards(cloud, rng.uniform(0.10, 0.24, len(cloud)), rng)
    mesh_object("crowns", points, faces, material=leaf, smooth=False)["airy"] = True


def _undergrowth(rng: np.random.Generator, leaf: bpy.types.Material) -> None:
    """Put ferns and grass outside the clearing, short leaves inside."""
    points: list[np.ndarray] = []
    faces: list[list[int]] = []
    for _ in range(520):
        reach, turn = rng.uniform(1.9, 20.0), rng.uniform(0, 2 * np.pi)
        x, y = reach * np.cos(turn), reach * np.sin(turn)
        root = np.array([x, y, float(height_at(np.array(x), np.array(y)))])
        long = rng.uniform(0.18, 0.75) * np.clip((reach - 1.2) / 3, 0.25, 1)
        for _ in range(9):
            spin = rng.uniform(0, 2 * np.pi)
            out, side = (
                np.array([np.cos(spin), np.sin(spin), 0]),
                np.array([-np.sin(spin), np.cos(spin), 0]),
            )
            first = len(points)
            for k, t in enumerate(np.linspace(0, 1, 5)):
                mid = root + out * long * 0.7 * t + np.array([0, 0, long * (1.2 * t - 0.75 * t**2)])
                half = side * long * 0.07 * (1 - t * 0.9)
                points += [mid - half, mid + half]
                if k:
                    faces.append(
                        [first + 2 * k - 2, first + 2 * k - 1, first + 2 * k + 1, first + 2 * k]
                    )
    mesh_object("undergrowth", np.array(points), faces, material=leaf)["airy"] = True
