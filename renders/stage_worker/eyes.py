# SPDX-License-Identifier: GPL-3.0-or-later
"""Eyes: a ball with corneal bulge, iris fibres, limbal ring and a wet coat; teeth and tongue beside them."""

from __future__ import annotations

import bpy
import numpy as np

from characters.engine.human.cast import BodyCast
from characters.engine.human.figure import Figure
from characters.engine.human.topology import topology
from renders.stage_worker.meshes import compact, mesh_object
from renders.stage_worker.shading import Shader, linear, plain

RINGS, SECTORS = 72, 56
IRIS_DEGREES, PUPIL_DEGREES = 27.5, 11.5
"""Half angles seen from the ball's centre. Source: iris 11.7 mm across on a 24 mm ball, pupil 4 mm in room light."""


def eye_ball(radius: float) -> tuple[np.ndarray, list[tuple[int, ...]], np.ndarray]:
    """Return vertices looking along -y, faces, and the angle from the axis of each vertex in degrees."""
    angle = np.concatenate([np.linspace(0, 40, 48), np.linspace(43, 180, RINGS - 48)])
    around = np.linspace(0, 2 * np.pi, SECTORS, endpoint=False)
    a, p = np.meshgrid(np.radians(angle), around, indexing="ij")
    bulge = 1.0 + 0.055 * np.clip(1 - (angle / 31.0) ** 2, 0, 1)
    reach = radius * bulge[:, None]
    points = np.stack(
        [reach * np.sin(a) * np.cos(p), -reach * np.cos(a), reach * np.sin(a) * np.sin(p)], axis=-1
    )
    faces = []
    for i in range(len(angle) - 1):
        for j in range(SECTORS):
            k = (j + 1) % SECTORS
            faces.append(
                (i * SECTORS + j, i * SECTORS + k, (i + 1) * SECTORS + k, (i + 1) * SECTORS + j)
            )
    return points.reshape(-1, 3), faces, np.repeat(angle, SECTORS)


def eye_colours(colour: str, angle: np.ndarray) -> np.ndarray:
    """Return linear RGBA over the ball: pupil, iris with fibres, dark rim, white with a warm edge."""
    iris = np.array(linear(colour)[:3])
    sector = np.tile(np.arange(SECTORS), len(angle) // SECTORS)
    fibre = np.random.default_rng(7).uniform(0.7, 1.35, SECTORS)[sector]
    share = np.clip((angle - PUPIL_DEGREES) / (IRIS_DEGREES - PUPIL_DEGREES), 0, 1)
    inner = iris * (0.62 + 0.3 * (1 - share[:, None])) * fibre[:, None] + np.array(
        [0.02, 0.012, 0.0]
    ) * (1 - share[:, None])
    rim = np.clip((share - 0.78) / 0.2, 0, 1)[:, None]
    out = inner * (1 - 0.8 * rim)
    white = (
        np.array([0.52, 0.48, 0.455])
        - np.array([0.0, 0.09, 0.10]) * np.clip((angle - 40) / 30, 0, 1)[:, None]
    )
    edge = np.clip((angle - IRIS_DEGREES + 1.0) / 2.4, 0, 1)[:, None]
    out = out * (1 - edge) + white * edge
    hole = np.clip((PUPIL_DEGREES + 0.8 - angle) / 1.6, 0, 1)[:, None]
    out = out * (1 - hole) + 0.003 * hole
    return np.concatenate([out, np.ones((len(angle), 1))], axis=1).astype(np.float32)


def eye_material() -> bpy.types.Material:
    """Return the wet eye's material, reading the attribute `tint`."""
    shader = Shader("eye")
    shader.link(shader.attribute("tint").outputs["Color"], shader.input("Base Color"))
    shader.set(
        roughness=0.24,
        specular_ior_level=0.4,
        coat_weight=1.0,
        coat_roughness=0.03,
        subsurface_weight=0.0,
    )
    return shader.material


def build_eyes(cast: BodyCast, person: Figure) -> list[bpy.types.Object]:
    """Return both eyes, placed and turned with their bones."""
    made = []
    material = eye_material()
    for side, group in (("L", "helper-l-eye"), ("R", "helper-r-eye")):
        used = np.unique(topology().faces(group))
        rest = person.rest.vertices[used]
        centre = (rest.max(axis=0) + rest.min(axis=0)) / 2
        radius = float(rest[:, 2].max() - rest[:, 2].min()) / 2
        points, faces, angle = eye_ball(radius * 0.985)
        posed = person.carried((points + centre).astype(np.float32), f"eye.{side}")
        made.append(
            mesh_object(
                f"eye.{side}",
                posed,
                faces,
                material=material,
                colours={"tint": eye_colours(cast.eye_colour, angle)},
            )
        )
    return made


def build_mouth(person: Figure) -> list[bpy.types.Object]:
    """Return teeth and tongue."""
    teeth = (
        Shader("teeth")
        .set(base_color=(0.62, 0.55, 0.44, 1), roughness=0.22, coat_weight=0.4)
        .material
    )
    tongue = plain("tongue", "#A04848", roughness=0.35)
    made = []
    for groups, material in (
        (("helper-upper-teeth", "helper-lower-teeth"), teeth),
        (("helper-tongue",), tongue),
    ):
        used, faces = compact(person.vertices, topology().faces(*groups))
        made.append(
            mesh_object(groups[0], person.vertices[used], faces, material=material, subdivide=1)
        )
    return made
