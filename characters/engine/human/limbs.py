"""Arms, hands, legs and feet in words that poses use; left-side numbers, mirrored for the right."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from characters.engine.human.rig import Rig, Vector, unit
from characters.engine.human.skinning import Rotation, axis_rotation

Triple = tuple[float, float, float]
SIDES: tuple[str, ...] = ("L", "R")


def sign_of(side: str) -> float:
    """Return +1 for the left side, -1 for the right."""
    return 1.0 if side == "L" else -1.0


def mirrored(vector: npt.ArrayLike, side: str) -> Vector:
    """Return a left-side vector for a side."""
    flip = np.array([sign_of(side), 1.0, 1.0])
    return np.asarray(np.asarray(vector, np.float64) * flip)


def leg_length(rig: Rig) -> float:
    """Return hip to ankle of the straight leg, metres."""
    hip, knee, ankle = (rig.rest(f"{bone}.L") for bone in ("upperleg01", "lowerleg01", "foot"))
    return float(np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee))


def arm_length(rig: Rig) -> float:
    """Return shoulder to wrist of the straight arm, metres."""
    parts = [rig.rest(f"{bone}.L") for bone in ("upperarm01", "lowerarm01", "wrist")]
    return float(np.linalg.norm(parts[1] - parts[0]) + np.linalg.norm(parts[2] - parts[1]))


def lay_hand(rig: Rig, side: str, along: npt.ArrayLike, palm: npt.ArrayLike) -> None:
    """Point the fingers along a direction with the palm facing another (room axes); the forearm takes half the twist."""
    hand_rest = unit(rig.rest(f"finger3-1.{side}") - rig.rest(f"wrist.{side}"))
    across = rig.rest(f"finger2-1.{side}") - rig.rest(f"finger5-1.{side}")
    palm_rest = -sign_of(side) * np.cross(across, hand_rest)
    turned = _basis(along, palm) @ _basis(hand_rest, palm_rest).T
    lower = rig.tables.bone(f"lowerarm01.{side}")
    forearm = rig.frames()[0][lower].astype(np.float64)
    axis = unit(rig.rest(f"wrist.{side}") - rig.rest(f"lowerarm01.{side}"))
    rig.rotations[f"lowerarm02.{side}"] = axis_rotation(axis, 0.6 * twist(forearm.T @ turned, axis))
    rig.set_world(f"wrist.{side}", turned)


def twist(rotation: Rotation, axis: Vector) -> float:
    """Return the part of a rotation that is about an axis, degrees. Source: swing-twist decomposition."""
    real = float(1 + np.trace(rotation))
    skew = np.array(
        [
            rotation[2, 1] - rotation[1, 2],
            rotation[0, 2] - rotation[2, 0],
            rotation[1, 0] - rotation[0, 1],
        ]
    )
    return float(np.degrees(2 * np.arctan2(float(skew @ axis), real)))


def _basis(along: npt.ArrayLike, normal: npt.ArrayLike) -> Rotation:
    first = unit(along)
    second = np.asarray(normal, np.float64)
    second = unit(second - first * float(second @ first))
    return np.stack([first, second, np.cross(first, second)], axis=1)


def hang_arm(rig: Rig, side: str, upper: Triple, lower: Triple, *, palm: Triple) -> None:
    """Aim upper arm and forearm, lay the hand on along the forearm; left-side numbers."""
    rig.aim(f"upperarm01.{side}", f"lowerarm01.{side}", mirrored(upper, side))
    rig.aim(f"lowerarm01.{side}", f"wrist.{side}", mirrored(lower, side))
    lay_hand(rig, side, mirrored(lower, side), mirrored(palm, side))


def reach_to(rig: Rig, side: str, wrist: Vector, *, elbow: Triple) -> None:
    """Bring the wrist to a point, elbow towards a left-side direction."""
    rig.reach(
        f"upperarm01.{side}",
        f"lowerarm01.{side}",
        f"wrist.{side}",
        target=wrist,
        pole=mirrored(elbow, side),
    )


def put_foot(rig: Rig, side: str, ankle: Vector, *, knee: Triple = (0.12, -1, 0)) -> None:
    """Bring the ankle to a point, knee towards a left-side direction."""
    rig.reach(
        f"upperleg01.{side}",
        f"lowerleg01.{side}",
        f"foot.{side}",
        target=ankle,
        pole=mirrored(knee, side),
    )


def lay_foot(rig: Rig, side: str, *, out: float, pitch: float = 0.0) -> None:
    """Lay a foot flat, toes turned `out` degrees, heel raised by `pitch` degrees."""
    foot = rig.rest(f"toe3-1.{side}") - rig.rest(f"foot.{side}")
    rest_out = float(np.degrees(np.arctan2(foot[0], -foot[1])))
    turned = axis_rotation((0, 0, 1), sign_of(side) * out - rest_out)
    level = axis_rotation(np.cross((0, 0, 1), turned @ foot), pitch)
    rig.set_world(f"foot.{side}", level @ turned)
