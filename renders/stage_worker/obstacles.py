# SPDX-License-Identifier: GPL-3.0-or-later
"""What a camera can run into: one tree over the faces of everything a set is built of."""

from __future__ import annotations

import bpy
import numpy as np
from mathutils.bvhtree import BVHTree

from renders.stage_worker.clearance import Hit


def set_obstacles() -> Hit:
    """Return the ray test over all meshes of the scene; call it when the set stands and nobody is in it yet."""
    bpy.context.view_layer.update()
    points: list[np.ndarray] = []
    faces: list[list[int]] = []
    first = 0
    for thing in bpy.context.scene.objects:
        if thing.type != "MESH" or thing.get("airy"):
            continue
        mesh = thing.data
        flat = np.empty(len(mesh.vertices) * 3, np.float32)
        mesh.vertices.foreach_get("co", flat)
        turn = np.array(thing.matrix_world)
        points.append(flat.reshape(-1, 3) @ turn[:3, :3].T + turn[:3, 3])
        faces += [[first + i for i in polygon.vertices] for polygon in mesh.polygons]
        first += len(mesh.vertices)
    tree = BVHTree.FromPolygons(np.concatenate(points).tolist(), faces)

    def hit(start: np.ndarray, out: np.ndarray, length: float) -> float | None:
        return tree.ray_cast(start.tolist(), out.tolist(), length)[3]

    return hit
