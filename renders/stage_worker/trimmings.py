# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes cloth read as clothing: belt, button strip, cuffs, pockets, and the buttons themselves."""

from __future__ import annotations

import bpy
import numpy as np

from renders.stage_worker.garments import along_arm
from renders.stage_worker.meshes import mesh_object
from renders.stage_worker.shading import plain
from renders.stage_worker.tailoring import Limit, Piece, above, below, collar, sleeve, stand_off

BELT = "#1A130F"


def belt() -> list[Piece]:
    """Return a leather belt at the waist."""
    round_it = (below(0.130), above(0.102), lambda t: 0.0 - along_arm(t))
    return [Piece("belt", "tights", round_it, BELT, "leather", stand_off(0.0150), thick=0.003)]


def strip(colour: str, *, off: float, bottom: float = 0.12, cloth: str = "cotton") -> Piece:
    """Return the doubled edge of a front that carries the buttons."""

    def narrow(t: np.ndarray) -> np.ndarray:
        return np.where(t[:, 1] < -0.02, 0.0155 - np.abs(t[:, 0]), -1.0)

    return Piece(
        "strip",
        "tights",
        (narrow, collar(), above(bottom)),
        colour,
        cloth,
        stand_off(off),
        thick=0.0018,
        buttons=(0.50, 0.425, 0.35, 0.275, 0.20),
    )


def cuffs(colour: str, *, off: float) -> Piece:
    """Return both cuffs of a shirt."""
    return Piece(
        "cuffs",
        "tights",
        (lambda t: along_arm(t) - 1.79, sleeve(1.94)),
        colour,
        "cotton",
        stand_off(off, sleeve_end=0.006),
        thick=0.0025,
    )


def _patch(x: float, z: float, half_x: float, half_z: float) -> Limit:
    def inside(t: np.ndarray) -> np.ndarray:
        gap = np.minimum(half_x - np.abs(np.abs(t[:, 0]) - x), half_z - np.abs(t[:, 2] - z))
        return np.where((t[:, 1] < -0.02) & (along_arm(t) < 0.1), gap, -1.0)

    return inside


def pockets(colour: str, cloth: str, *, off: float, chest: bool) -> list[Piece]:
    """Return pocket flaps: on the chest (with the pockets below them) or at the hips."""
    if not chest:
        flap = (_patch(0.098, 0.075, 0.040, 0.017),)
        return [Piece("flaps", "tights", flap, colour, cloth, stand_off(off, hem=0.03, hem_from=0.16), thick=0.003)]  # fmt: skip
    return [
        Piece("pockets", "tights", (_patch(0.085, 0.375, 0.038, 0.043),), colour, cloth, stand_off(off), thick=0.002),
        Piece("flaps", "tights", (_patch(0.085, 0.412, 0.040, 0.014),), colour, cloth, stand_off(off + 0.002), thick=0.0025),
    ]  # fmt: skip


def sewn_on(
    heights: tuple[float, ...], template: np.ndarray, points: np.ndarray, normals: np.ndarray
) -> list[bpy.types.Object]:
    """Return buttons on a worn piece, one at each height of the template that it reaches."""
    if not heights:
        return []
    turn = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    shape = [(0.0052, 0.0), (0.0052, 0.0016), (0.0038, 0.0021), (0.0030, 0.0015)]
    corners, faces = [], []
    for height in heights:
        far = np.hypot(template[:, 0] * 2, template[:, 2] - height) + (template[:, 1] > -0.02)
        near = np.argsort(far)[:3]
        if far[near[0]] > 0.03:
            continue
        out = normals[near].mean(axis=0)
        out = out / np.linalg.norm(out)
        side = np.cross(out, [0.0, 0.0, 1.0])
        side = side / np.linalg.norm(side)
        up = np.cross(side, out)
        first = len(corners) * len(turn)
        for radius, rise in shape:
            flat = radius * (ring[:, :1] * side + ring[:, 1:] * up)
            corners.append(points[near].mean(axis=0) + out * (rise + 0.0008) + flat)
        for k in range(len(shape) - 1):
            for j in range(14):
                i, n = first + k * 14, (j + 1) % 14
                faces.append([i + j, i + n, i + 14 + n, i + 14 + j])
        faces.append([first + (len(shape) - 1) * 14 + j for j in range(14)])
    if not corners:
        return []
    horn = plain("button", "#2A2622", roughness=0.3)
    return [mesh_object("buttons", np.concatenate(corners), faces, material=horn)]
