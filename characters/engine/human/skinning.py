"""Forward kinematics in world axes and linear-blend skinning."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from characters.engine.human.shape import RestBody
from characters.engine.human.tables import Floats, PeopleTables

Rotation = npt.NDArray[np.float64]


def axis_rotation(axis: npt.ArrayLike, degrees: float) -> Rotation:
    """Return the 3×3 rotation about an axis, right-handed. Source: Rodrigues' formula."""
    x, y, z = np.asarray(axis, np.float64) / np.linalg.norm(axis)
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    turn = np.radians(degrees)
    return np.asarray(np.eye(3) + np.sin(turn) * cross + (1 - np.cos(turn)) * (cross @ cross))


def bone_frames(
    joints: Floats, rotations: Mapping[str, Rotation], *, tables: PeopleTables
) -> tuple[Floats, Floats]:
    """Return rotation (104 × 3 × 3) and head (104 × 3, metres) of each bone.

    `rotations` turns a bone about its head in the axes of the room at rest; children follow their parent.
    """
    count = len(tables.bones)
    turned = np.zeros((count, 3, 3))
    heads = np.zeros((count, 3))
    rest = joints.astype(np.float64)
    for i, parent in enumerate(tables.parents):
        own = rotations.get(tables.bones[i])
        if parent < 0:
            turned[i] = np.eye(3) if own is None else own
            heads[i] = rest[i]
            continue
        turned[i] = turned[parent] if own is None else turned[parent] @ own
        heads[i] = heads[parent] + turned[parent] @ (rest[i] - rest[parent])
    return turned.astype(np.float32), heads.astype(np.float32)


def skin(
    body: RestBody, rotations: Mapping[str, Rotation], *, tables: PeopleTables
) -> tuple[Floats, Floats, Floats]:
    """Return posed vertices (N × 3), bone heads (104 × 3) and bone rotations (104 × 3 × 3)."""
    turned, heads = bone_frames(body.joints, rotations, tables=tables)
    shift = heads - np.einsum("bij,bj->bi", turned, body.joints)
    posed = np.zeros_like(body.vertices)
    for k in range(tables.skin_weight.shape[1]):
        weight = tables.skin_weight[:, k]
        used = np.flatnonzero(weight)
        bone = tables.skin_bone[used, k]
        moved = np.einsum("vij,vj->vi", turned[bone], body.vertices[used]) + shift[bone]
        posed[used] += weight[used, None] * moved
    return posed, heads, turned
