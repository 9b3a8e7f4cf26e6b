"""Curl of fingers and thumb, joint by joint, about the axis across the knuckles."""

from __future__ import annotations

import numpy as np

from characters.engine.human.rig import Rig, Vector, unit
from characters.engine.human.skinning import Rotation, axis_rotation

FULL_DEGREES = (70.0, 90.0, 55.0)
"""Bend of the three joints of a finger in a fist. Source: usual ranges of motion (MCP 90, PIP 100, DIP 70), held in."""


def curl(
    rig: Rig, side: str, *, amount: float, point: bool = False, thumb: float | None = None
) -> None:
    """Curl the fingers of one hand, 0 straight to 1 fist; `point` leaves the index finger straight."""
    across = unit(rig.rest(f"finger2-1.{side}") - rig.rest(f"finger5-1.{side}"))
    sign = 1.0 if side == "L" else -1.0
    along = unit(rig.rest(f"finger3-1.{side}") - rig.rest(f"wrist.{side}"))
    palm = -sign * np.cross(across, along)
    for finger in (2, 3, 4, 5):
        share = 0.04 if point and finger == 2 else amount * (0.86 + 0.07 * (finger - 2))
        for joint, full in enumerate(FULL_DEGREES, start=1):
            rig.rotations[f"finger{finger}-{joint}.{side}"] = _bend(along, palm, full * share)
    share = amount * 0.5 if thumb is None else thumb
    lean = unit(rig.rest(f"finger1-3.{side}") - rig.rest(f"finger1-2.{side}"))
    for joint in (2, 3):
        rig.rotations[f"finger1-{joint}.{side}"] = _bend(
            lean, unit(-across - 0.2 * palm), 40.0 * share
        )


def _bend(along: Vector, towards: Vector, degrees: float) -> Rotation:
    return axis_rotation(np.cross(along, towards), degrees)
