"""Looking at a point: neck and head turn part of the way, the eyes the rest, each within its limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from characters.engine.human.rig import Rig, Vector, unit
from characters.engine.human.skinning import Rotation, axis_rotation

NECK: tuple[tuple[str, float], ...] = (
    ("neck01", 0.2),
    ("neck02", 0.2),
    ("neck03", 0.2),
    ("head", 0.4),
)
HEAD_YAW, HEAD_UP, HEAD_DOWN = 65.0, 32.0, 38.0
EYE_YAW, EYE_UP, EYE_DOWN = 30.0, 20.0, 24.0
"""Limits in degrees. Source: usual range of the neck is 80 rotation, 70 extension, 50 flexion, held in for ease; eyes
comfortably turn 30 sideways, 20 to 25 up and down."""

HEAD_SHARE_YAW, HEAD_SHARE_PITCH = 0.72, 0.55
"""Share of a look that the head takes where nothing limits it. House choice."""


@dataclass(frozen=True, slots=True)
class Gaze:
    """What came of a look, degrees: eyes in the head (yaw + left, pitch + up) and what neither could reach."""

    eye_yaw: float
    eye_pitch: float
    missed: float


def look_at(rig: Rig, target: npt.ArrayLike) -> Gaze:
    """Turn neck, head and eyes of a posed rig towards a point in the rig's own axes (metres)."""
    point = np.asarray(target, np.float64)
    chest = rig.frames()[0][rig.tables.bone("spine01")].astype(np.float64)
    yaw, pitch = _angles(chest.T @ (point - eyes_of(rig)))
    head_yaw = float(np.clip(yaw * HEAD_SHARE_YAW, -HEAD_YAW, HEAD_YAW))
    if abs(yaw - head_yaw) > EYE_YAW:
        head_yaw = float(np.clip(yaw - np.sign(yaw) * EYE_YAW, -HEAD_YAW, HEAD_YAW))
    head_pitch = float(np.clip(pitch * HEAD_SHARE_PITCH, -HEAD_DOWN, HEAD_UP))
    for bone, share in NECK:
        rig.turn(bone, (1, 0, 0), -head_pitch * share)
        rig.turn(bone, (0, 0, 1), head_yaw * share)
    return _turn_eyes(rig, point)


def _turn_eyes(rig: Rig, point: Vector) -> Gaze:
    head = rig.frames()[0][rig.tables.bone("head")].astype(np.float64)
    yaw, pitch = _angles(head.T @ (point - eyes_of(rig)))
    held_yaw = float(np.clip(yaw, -EYE_YAW, EYE_YAW))
    held_pitch = float(np.clip(pitch, -EYE_DOWN, EYE_UP))
    for side in ("L", "R"):
        own_yaw, own_pitch = _angles(head.T @ (point - rig.head_of(f"eye.{side}")))
        rig.rotations[f"eye.{side}"] = _turned(
            float(np.clip(own_yaw, held_yaw - 8, held_yaw + 8)),
            float(np.clip(own_pitch, -EYE_DOWN, EYE_UP)),
        )
    missed = float(np.hypot(yaw - held_yaw, pitch - held_pitch))
    return Gaze(held_yaw, held_pitch, missed)


def eyes_of(rig: Rig) -> Vector:
    """Return the point between the eyes of a posed rig."""
    return np.asarray((rig.head_of("eye.L") + rig.head_of("eye.R")) / 2, np.float64)


def _angles(direction: Vector) -> tuple[float, float]:
    """Return yaw (+ to the person's left, +x) and pitch (+ up) of a direction; straight ahead is -y."""
    x, y, z = unit(direction)
    return float(np.degrees(np.arctan2(x, -y))), float(np.degrees(np.arcsin(np.clip(z, -1, 1))))


def _turned(yaw: float, pitch: float) -> Rotation:
    return axis_rotation((0, 0, 1), yaw) @ axis_rotation((1, 0, 0), -pitch)
