"""A rig to pose with: turn bones, aim them along a direction, reach a point with two bones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from characters.engine.human.shape import RestBody
from characters.engine.human.skinning import Rotation, axis_rotation, bone_frames
from characters.engine.human.tables import Floats, PeopleTables

Vector = npt.NDArray[np.float64]


class Rig:
    """Collects bone rotations for one body. Axes: x to the person's left, y backwards, z up; metres, degrees."""

    def __init__(self, body: RestBody, tables: PeopleTables) -> None:
        self.body = body
        self.tables = tables
        self.rotations: dict[str, Rotation] = {}

    def frames(self) -> tuple[Floats, Floats]:
        """Return the present rotation and head of every bone."""
        return bone_frames(self.body.joints, self.rotations, tables=self.tables)

    def head_of(self, bone: str) -> Vector:
        """Return where a bone begins now."""
        return np.asarray(self.frames()[1][self.tables.bone(bone)], np.float64)

    def rest(self, bone: str) -> Vector:
        """Return where a bone begins at rest."""
        return np.asarray(self.body.joints[self.tables.bone(bone)], np.float64)

    def turn(self, bone: str, axis: npt.ArrayLike, degrees: float) -> None:
        """Turn a bone further about an axis of its parent's present frame."""
        own = self.rotations.get(bone, np.eye(3))
        self.rotations[bone] = axis_rotation(axis, degrees) @ own

    def set_world(self, bone: str, turned: Rotation) -> None:
        """Give a bone this rotation in the axes of the room, whatever its parent does."""
        parent = self.tables.parents[self.tables.bone(bone)]
        held = np.eye(3) if parent < 0 else self.frames()[0][parent].astype(np.float64)
        self.rotations[bone] = held.T @ turned

    def aim(self, bone: str, end: str, direction: npt.ArrayLike, *, twist: float = 0.0) -> None:
        """Turn `bone` the shortest way so that the line to `end` runs along `direction`; then twist about it."""
        self.rotations.pop(bone, None)
        frames, heads = self.frames()
        i, j = self.tables.bone(bone), self.tables.bone(end)
        wanted = unit(direction)
        present = unit(heads[j].astype(np.float64) - heads[i])
        turned = shortest_turn(present, wanted) @ frames[i].astype(np.float64)
        if twist:
            turned = axis_rotation(wanted, twist) @ turned
        self.set_world(bone, turned)

    def reach(
        self, upper: str, lower: str, end: str, *, target: npt.ArrayLike, pole: npt.ArrayLike
    ) -> None:
        """Bend two bones so that `end` meets `target`; the middle joint points towards `pole`.

        A target out of reach is met as nearly as the straight limb can. Source: law of cosines.
        """
        start, middle, tip = (self.rest(bone) for bone in (upper, lower, end))
        long_m, short_m = float(np.linalg.norm(middle - start)), float(np.linalg.norm(tip - middle))
        origin = self.head_of(upper)
        line = np.asarray(target, np.float64) - origin
        distance = min(
            max(float(np.linalg.norm(line)), abs(long_m - short_m) * 1.02 + 1e-4),
            0.9995 * (long_m + short_m),
        )
        along = unit(line)
        side = np.asarray(pole, np.float64)
        side = unit(side - along * float(side @ along))
        cosine = (long_m**2 + distance**2 - short_m**2) / (2 * long_m * distance)
        angle = np.arccos(np.clip(cosine, -1.0, 1.0))
        joint = origin + long_m * (np.cos(angle) * along + np.sin(angle) * side)
        self.aim(upper, lower, joint - origin)
        self.aim(lower, end, origin + distance * along - joint)


def unit(vector: npt.ArrayLike) -> Vector:
    """Return a vector of length 1."""
    value = np.asarray(vector, np.float64)
    return np.asarray(value / max(float(np.linalg.norm(value)), 1e-12))


def shortest_turn(start: Vector, end: Vector) -> Rotation:
    """Return the rotation with the least angle that takes one direction to another."""
    axis = np.cross(start, end)
    sine, cosine = float(np.linalg.norm(axis)), float(start @ end)
    if sine < 1e-9:
        if cosine > 0:
            return np.eye(3)
        other = np.eye(3)[int(np.abs(start).argmin())]
        return axis_rotation(np.cross(start, other), 180.0)
    return axis_rotation(axis, float(np.degrees(np.arctan2(sine, cosine))))
