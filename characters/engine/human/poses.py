"""Named poses as aims and reaches, so that they fit every body. Directions: x left, y back, z up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from apexsite.kit.errors import InputError, listed
from characters.engine.human.fingers import curl
from characters.engine.human.rig import Rig, Vector, unit

SIDES: tuple[tuple[str, float], ...] = (("L", 1.0), ("R", -1.0))
Poser = Callable[[Rig], None]


def leg_length(rig: Rig) -> float:
    """Return hip to ankle of the straight leg, metres."""
    hip, knee, ankle = (rig.rest(f"{bone}.L") for bone in ("upperleg01", "lowerleg01", "foot"))
    return float(np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee))


def legs_stand(rig: Rig, *, apart: float = 0.075, step: float = 0.0) -> None:
    """Stand with the ankles `apart` times leg length from the middle; `step` sets the left foot ahead."""
    length = leg_length(rig)
    for side, sign in SIDES:
        hip = rig.head_of(f"upperleg01.{side}")
        ankle = np.array(
            [
                sign * (apart + 0.028) * length,
                hip[1] - sign * step * length,
                hip[2] - 0.992 * length,
            ]
        )
        if step:
            ankle[2] += 0.02 * length
        rig.reach(
            f"upperleg01.{side}",
            f"lowerleg01.{side}",
            f"foot.{side}",
            target=ankle,
            pole=(sign * 0.12, -1, 0),
        )
        flat_foot(rig, side, out=sign * 8.0)


def flat_foot(rig: Rig, side: str, *, out: float, pitch: float = 0.0) -> None:
    """Lay a foot flat as it is at rest, toes turned out, `pitch` up."""
    from characters.engine.human.skinning import axis_rotation

    foot = rig.rest(f"toe3-1.{side}") - rig.rest(f"foot.{side}")
    rest_out = float(np.degrees(np.arctan2(foot[0], -foot[1])))
    turned = axis_rotation((0, 0, 1), out - rest_out) @ axis_rotation((1, 0, 0), -pitch)
    rig.set_world(f"foot.{side}", turned)


def arm(
    rig: Rig,
    side: str,
    upper: tuple[float, float, float],
    lower: tuple[float, float, float],
    *,
    palm: float = 0.0,
) -> None:
    """Aim upper arm and forearm; directions are for the left side and mirrored for the right; `palm` twists the hand."""
    sign = 1.0 if side == "L" else -1.0
    flip = np.array([sign, 1.0, 1.0])
    rig.turn(f"clavicle.{side}", (0, 1, 0), sign * 4.0)
    rig.aim(f"upperarm01.{side}", f"lowerarm01.{side}", np.array(upper) * flip)
    rig.aim(f"lowerarm01.{side}", f"wrist.{side}", np.array(lower) * flip)
    hand_along(rig, side, np.array(lower) * flip, palm=palm)


def hand_along(rig: Rig, side: str, direction: Vector, *, palm: float = 0.0) -> None:
    """Run the hand along a direction; `palm` degrees roll the palm, + turns it inwards and forwards."""
    sign = 1.0 if side == "L" else -1.0
    half = palm * sign * 0.5
    rig.aim(f"wrist.{side}", f"finger3-1.{side}", direction, twist=palm * sign)
    if palm:
        axis = unit(rig.head_of(f"wrist.{side}") - rig.head_of(f"lowerarm01.{side}"))
        frames = rig.frames()[0]
        from characters.engine.human.skinning import axis_rotation

        present = frames[rig.tables.bone(f"lowerarm02.{side}")].astype(np.float64)
        held = frames[rig.tables.bone(f"wrist.{side}")].astype(np.float64)
        rig.set_world(f"lowerarm02.{side}", axis_rotation(axis, half) @ present)
        rig.set_world(f"wrist.{side}", held)


def arms_down(rig: Rig) -> None:
    """Let both arms hang, elbows a little bent, fingers curled."""
    for side, _ in SIDES:
        arm(rig, side, (0.14, 0.03, -1.0), (0.10, -0.20, -1.0), palm=-20.0)
        curl(rig, side, amount=0.35)


def stand(rig: Rig) -> None:
    """Weight on both feet, arms hanging."""
    legs_stand(rig)
    arms_down(rig)


POSES: dict[str, Poser] = {"stand": stand}


def pose(rig: Rig, name: str) -> None:
    """Pose a rig by name. Raises `InputError` with the valid names."""
    if name not in POSES:
        raise InputError(f"pose={name!r} is not known; valid: {listed(POSES)}")
    POSES[name](rig)
