# SPDX-License-Identifier: GPL-3.0-or-later
"""Numpy to Blender: meshes with attributes, subdivision, smooth shading."""

from __future__ import annotations

from collections.abc import Mapping

import bpy
import numpy as np


def compact(vertices: np.ndarray, faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the indices of the vertices that faces use, and the faces renumbered."""
    used, renumbered = np.unique(faces.ravel(), return_inverse=True)
    return used, renumbered.reshape(faces.shape)


def mesh_object(
    name: str,
    vertices: np.ndarray,
    faces: list | np.ndarray,
    *,
    material: bpy.types.Material | None = None,
    colours: Mapping[str, np.ndarray] | None = None,
    vectors: Mapping[str, np.ndarray] | None = None,
    subdivide: int = 0,
    smooth: bool = True,
) -> bpy.types.Object:
    """Return a new object in the scene; attributes live on the points (colours RGBA, vectors 3 floats)."""
    mesh = bpy.data.meshes.new(name)
    listed = faces.tolist() if isinstance(faces, np.ndarray) else faces
    mesh.from_pydata(np.asarray(vertices, float).tolist(), [], listed)
    mesh.polygons.foreach_set("use_smooth", [smooth] * len(mesh.polygons))
    for key, values in (colours or {}).items():
        layer = mesh.attributes.new(key, "FLOAT_COLOR", "POINT")
        layer.data.foreach_set("color", np.ascontiguousarray(values, np.float32).ravel())
    for key, values in (vectors or {}).items():
        layer = mesh.attributes.new(key, "FLOAT_VECTOR", "POINT")
        layer.data.foreach_set("vector", np.ascontiguousarray(values, np.float32).ravel())
    mesh.update()
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    if material is not None:
        mesh.materials.append(material)
    if subdivide:
        modifier = thing.modifiers.new("smooth", "SUBSURF")
        modifier.levels = modifier.render_levels = subdivide
    return thing


def vertex_normals(vertices: np.ndarray, quads: np.ndarray) -> np.ndarray:
    """Return unit normals at the vertices of quads, weighted by area."""
    a, b, c, d = (vertices[quads[:, i]] for i in range(4))
    face = np.cross(c - a, d - b)
    normals = np.zeros_like(vertices)
    for i in range(4):
        np.add.at(normals, quads[:, i], face)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)


def smoothed(
    values: np.ndarray, quads: np.ndarray, *, rounds: int, keep: np.ndarray | None = None
) -> np.ndarray:
    """Return values at vertices after Laplacian rounds over the quads' edges; where `keep` is 1 they stay."""
    edges = np.unique(
        np.sort(np.concatenate([quads[:, [i, (i + 1) % 4]] for i in range(4)]), axis=1), axis=0
    )
    count = np.zeros(len(values))
    np.add.at(count, edges.ravel(), 1)
    held = np.zeros(len(values)) if keep is None else keep
    out = values.astype(np.float64).copy()
    for _ in range(rounds):
        total = np.zeros_like(out)
        np.add.at(total, edges[:, 0], out[edges[:, 1]])
        np.add.at(total, edges[:, 1], out[edges[:, 0]])
        mean = total / np.maximum(count, 1)[:, None]
        share = np.where(count > 0, 0.6 * (1 - held), 0)[:, None]
        out = out + share * (mean - out)
    return out
