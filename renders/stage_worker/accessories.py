# SPDX-License-Identifier: GPL-3.0-or-later
"""Glasses and a hat, shaped on the head at rest and carried with it. (Tie and collars are cut as clothes.)"""

from __future__ import annotations

import bpy
import numpy as np

from characters.engine.human.cast import BodyCast
from characters.engine.human.figure import BODY_COUNT, Figure
from characters.engine.human.tables import people_tables
from renders.stage_worker.fabric import fabric
from renders.stage_worker.meshes import mesh_object
from renders.stage_worker.shading import plain

BRIM_Z = 0.784
"""Height on the template at which a hat sits: just below the hairline."""


def build_accessories(cast: BodyCast, person: Figure) -> list[bpy.types.Object]:
    """Return what a person wears besides clothes."""
    made = []
    if "glasses" in cast.wardrobe.accessories:
        made.append(_glasses(person))
    if "hat" in cast.wardrobe.accessories:
        made += _hat(cast, person)
    return made


def _template() -> np.ndarray:
    return people_tables().template[:BODY_COUNT].astype(np.float64)


def _tube(line: np.ndarray, radius: float, *, closed: bool) -> tuple[np.ndarray, list[list[int]]]:
    """Return a tube of eight sides round a line of points."""
    ahead = np.roll(line, -1, axis=0) - np.roll(line, 1, axis=0)
    if not closed:
        ahead[0], ahead[-1] = line[1] - line[0], line[-1] - line[-2]
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    side = np.cross(ahead, [0.13, 0.2, 0.97])
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(ahead, side)
    turn = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    ring = (
        np.cos(turn)[None, :, None] * side[:, None] + np.sin(turn)[None, :, None] * other[:, None]
    )
    points = (line[:, None] + radius * ring).reshape(-1, 3)
    count = len(line)
    faces = [
        [i * 8 + j, i * 8 + (j + 1) % 8, (i + 1) % count * 8 + (j + 1) % 8, (i + 1) % count * 8 + j]
        for i in range(count if closed else count - 1)
        for j in range(8)
    ]
    return points, faces


def _glasses(person: Figure) -> bpy.types.Object:
    """Return spectacles: two rounded rims before the eyes, a bridge, temples over the ears."""
    rest, template = person.rest.vertices[:BODY_COUNT].astype(np.float64), _template()
    tables, scale = people_tables(), person.scale
    ears = rest[(np.abs(template[:, 0]) > 0.070) & (np.abs(template[:, 2] - 0.725) < 0.006)]
    parts: list[tuple[np.ndarray, list[list[int]]]] = []
    rims = {}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        eye = person.rest.joints[tables.bone(f"eye.{side}")].astype(np.float64)
        lids = rest[np.linalg.norm((rest - eye)[:, [0, 2]], axis=1) < 0.016 * scale]
        front = float(lids[:, 1].min()) - 0.009 * scale
        turn = np.linspace(0, 2 * np.pi, 36, endpoint=False)
        wide, high = 0.0265 * scale, 0.0195 * scale
        x = wide * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.75
        z = high * np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.75
        bow = 0.10 * np.maximum(sign * x, 0)  # the rims follow the brow backwards
        line = np.stack(
            [eye[0] + 0.001 * sign + x, front + bow, eye[2] - 0.003 * scale + z], axis=1
        )
        rims[side] = (eye, front)
        parts.append(_tube(line, 0.0013 * scale, closed=True))
        hinge = np.array([eye[0] + sign * wide, front + 0.10 * wide, eye[2] + 0.006 * scale])
        own = ears[ears[:, 0] * sign > 0]
        ear = np.array([sign * np.abs(own[:, 0]).min(), own[:, 1].mean(), eye[2] + 0.010 * scale])
        bend = ear + np.array([0, 0.004, 0]) * scale
        end = ear + np.array([sign * 0.002, 0.020, -0.022]) * scale
        path = np.array([hinge, hinge * 0.5 + ear * 0.5 + [sign * 0.004 * scale, 0, 0], bend, end])
        t, fine = np.linspace(0, 1, 4), np.linspace(0, 1, 14)
        line = np.stack([np.interp(fine, t, path[:, k]) for k in range(3)], axis=1)
        parts.append(_tube(line, 0.0012 * scale, closed=False))
    (left, front), (right, _) = rims["L"], rims["R"]
    t = np.linspace(-1, 1, 9)
    inner = (left[0] - right[0]) / 2 - 0.0255 * scale
    bridge = np.stack(
        [t * inner, np.full(9, front), left[2] + 0.003 * scale + 0.004 * scale * (1 - t**2)], axis=1
    )
    parts.append(_tube(bridge, 0.0013 * scale, closed=False))
    points, faces = _joined(parts)
    metal = plain("spectacles", "#1A1614", roughness=0.25, coat_weight=0.5)
    return mesh_object(
        "glasses", person.carried(points.astype(np.float32), "head"), faces, material=metal
    )


def _joined(
    parts: list[tuple[np.ndarray, list[list[int]]]],
) -> tuple[np.ndarray, list[list[int]]]:
    points, faces, first = [], [], 0
    for some, own in parts:
        points.append(some)
        faces += [[first + i for i in face] for face in own]
        first += len(some)
    return np.concatenate(points), faces


def _hat(cast: BodyCast, person: Figure) -> list[bpy.types.Object]:
    """Return a felt hat with a band: brim dipped before and behind, crown pinched at the front."""
    rest, template = person.rest.vertices[:BODY_COUNT].astype(np.float64), _template()
    ring = rest[(np.abs(template[:, 2] - BRIM_Z) < 0.008) & (np.abs(template[:, 0]) < 0.09)]
    top = float(rest[template[:, 2] > 0.80][:, 2].max())
    centre = (ring.max(axis=0) + ring.min(axis=0)) / 2
    half = (ring.max(axis=0) - ring.min(axis=0)) / 2
    rise, scale = top - centre[2], person.scale
    volume = {"curly": 0.018, "bob": 0.010, "long": 0.010}.get(cast.hair.style, 0.006) * scale
    around = np.linspace(0, 2 * np.pi, 56, endpoint=False)
    profile = [  # share of the head's half axes added in metres, height in rises, dent
        (0.062, 0.03, 0.0), (0.060, 0.00, 0.0), (0.022, -0.02, 0.0), (0.004, 0.00, 0.0), (0.003, 0.32, 0.0),
        (0.000, 0.62, 0.2), (-0.006, 1.02, 0.7), (-0.016, 1.30, 1.0), (-0.034, 1.36, 1.0), (-0.052, 1.20, 0.6), (-0.074, 1.12, 0.0),
    ]  # fmt: skip
    points = []
    for out, up, dent in profile:
        x = (half[0] + volume + out * scale) * np.sin(around)
        y = -(half[1] + volume + out * scale) * np.cos(around)
        front = np.clip(np.cos(around), 0, 1)
        x = x * (1 - 0.22 * dent * front**2)
        z = np.full(len(around), up * rise)
        if out > 0.01:
            z = z + 0.020 * scale * (np.sin(around) ** 2 - 0.7) * (out / 0.06)
        z = z - 0.06 * rise * dent * front
        points.append(np.stack([x, y, z], axis=1))
    sectors = len(around)
    faces = [
        [i * sectors + j, i * sectors + (j + 1) % sectors, (i + 1) * sectors + (j + 1) % sectors, (i + 1) * sectors + j]
        for i in range(len(profile) - 1) for j in range(sectors)
    ]  # fmt: skip
    faces.append([(len(profile) - 1) * sectors + j for j in range(sectors)])
    shape = np.concatenate(points) + centre
    placed = person.carried(shape.astype(np.float32), "head")
    felt = mesh_object(
        "hat", placed, faces, material=fabric("wool", cast.wardrobe.colour),
        vectors={"rest": shape}, subdivide=1,
    )  # fmt: skip
    thick = felt.modifiers.new("thick", "SOLIDIFY")
    thick.thickness = 0.0025
    band = [np.stack([p[:, 0] * 1.015, p[:, 1] * 1.015, np.full(sectors, h * rise)], axis=1) for p, h in ((points[3], 0.03), (points[4], 0.30))]  # fmt: skip
    shape = np.concatenate(band) + centre
    ribbon = mesh_object(
        "hat band", person.carried(shape.astype(np.float32), "head"),
        [[j, (j + 1) % sectors, sectors + (j + 1) % sectors, sectors + j] for j in range(sectors)],
        material=fabric("silk", "#15130F"), vectors={"rest": shape},
    )  # fmt: skip
    return [felt, ribbon]
