"""Named poses as aims and reaches, so that they fit every body. Directions: x left, y back, z up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from apexsite.kit.errors import InputError, listed
from characters.engine.human.fingers import curl
from characters.engine.human.limbs import (
    SIDES,
    arm_length,
    hang_arm,
    lay_foot,
    lay_hand,
    leg_length,
    mirrored,
    put_foot,
    reach_to,
    sign_of,
)
from characters.engine.human.rig import Rig
from characters.engine.human.skinning import axis_rotation

Poser = Callable[[Rig], None]

KNEES_TOGETHER = -0.10
"""How far the thighs of somebody in a skirt open from straight ahead; below 0 they close. House choice."""


def legs_stand(rig: Rig, *, apart: float = 0.105, relaxed: bool = False) -> None:
    """Stand with the ankles `apart` leg lengths from the middle; relaxed lets the right knee go."""
    length = leg_length(rig)
    for side in SIDES:
        hip = rig.head_of(f"upperleg01.{side}")
        free = relaxed and side == "R"
        ankle = hip * 0
        ankle[0] = sign_of(side) * apart * length * (1.35 if free else 1.0)
        ankle[1] = hip[1] - (0.06 * length if free else 0.0)
        ankle[2] = hip[2] - length * 0.985
        put_foot(rig, side, ankle)
        lay_foot(rig, side, out=18.0 if free else 8.0)


def arm_down(rig: Rig, side: str) -> None:
    """Let an arm hang with its shoulder, elbow a little bent, fingers curled."""
    rig.turn(f"clavicle.{side}", (0, 1, 0), sign_of(side) * 7.0)
    hang_arm(rig, side, (0.16, 0.05, -1.0), (0.08, -0.22, -1.0), palm=(-1.0, 0.25, 0.0))
    curl(rig, side, amount=0.32)


def spine(rig: Rig, *, lean: float = 0.0, turn: float = 0.0, side: float = 0.0) -> None:
    """Bend the spine: lean forward, turn to the left, tip to the left, degrees in all."""
    for bone in ("spine04", "spine03", "spine02"):
        rig.turn(bone, (1, 0, 0), lean / 3)
        rig.turn(bone, (0, 0, 1), turn / 3)
        rig.turn(bone, (0, 1, 0), side / 3)


def stand(rig: Rig) -> None:
    """Stand on both feet, arms hanging."""
    legs_stand(rig)
    for side in SIDES:
        arm_down(rig, side)


def stand_at_ease(rig: Rig) -> None:
    """Weight on the left leg, hands together in front."""
    spine(rig, side=2.0)
    legs_stand(rig, relaxed=True)
    middle = (rig.head_of("upperleg01.L") + rig.head_of("upperleg01.R")) / 2
    for side, low in (("L", 0.05), ("R", 0.08)):
        wrist = middle + np.array([sign_of(side) * 0.075, -0.19, low]) * arm_length(rig) / 0.52
        reach_to(rig, side, wrist, elbow=(0.9, 0.5, -0.2))
        lay_hand(rig, side, mirrored((-0.75, -0.25, -0.65), side), (0.0, 1.0, -0.3))
        curl(rig, side, amount=0.28)


def walk(rig: Rig) -> None:
    """Mid-step, left foot ahead, arms swinging against the legs."""
    spine(rig, lean=4.0, turn=-5.0)
    length = leg_length(rig)
    for side, ahead in (("L", 0.28), ("R", -0.30)):
        hip = rig.head_of(f"upperleg01.{side}")
        ankle = hip + np.array([0.0, -ahead * length, -0.945 * length])
        ankle[0] = sign_of(side) * 0.06 * length
        ankle[2] += 0.0 if side == "L" else 0.150 * length
        put_foot(rig, side, ankle)
        lay_foot(rig, side, out=6.0, pitch=-4.0 if side == "L" else 38.0)
    for side, ahead in (("L", 0.38), ("R", -0.42)):
        hang_arm(rig, side, (0.15, ahead, -1.0), (0.04, ahead - 0.38, -1.0), palm=(-1, 0.1, 0))
        curl(rig, side, amount=0.38)


def legs_sit(rig: Rig, *, apart: float = 0.16) -> None:
    """Sit: thighs level, shins down, feet flat."""
    for side in SIDES:
        rig.aim(f"upperleg01.{side}", f"lowerleg01.{side}", mirrored((apart, -1.0, -0.02), side))
        rig.aim(f"lowerleg01.{side}", f"foot.{side}", mirrored((0.02, 0.05, -1.0), side))
        lay_foot(rig, side, out=10.0)


def hand_on_thigh(rig: Rig, side: str, *, share: float = 0.70) -> None:
    """Lay a hand on the thigh of its side."""
    hip, knee = rig.head_of(f"upperleg01.{side}"), rig.head_of(f"lowerleg01.{side}")
    wrist = hip + share * (knee - hip) + mirrored((0.0, 0.05, 0.128), side)
    reach_to(rig, side, wrist, elbow=(0.8, 0.7, -0.5))
    lay_hand(rig, side, mirrored((-0.18, -1.0, -0.20), side), (0.0, -0.2, -1.0))
    curl(rig, side, amount=0.22)


def sit(rig: Rig, *, apart: float = 0.16) -> None:
    """Sit upright, hands on the thighs."""
    spine(rig, lean=-3.0)
    legs_sit(rig, apart=apart)
    for side in SIDES:
        hand_on_thigh(rig, side)


def sit_at_desk(rig: Rig, *, apart: float = 0.16) -> None:
    """Sit leaning forward a little, forearms on a desk top."""
    spine(rig, lean=7.0)
    legs_sit(rig, apart=apart)
    hip = rig.head_of("upperleg01.L")
    for side in SIDES:
        reach = arm_length(rig)
        wrist = np.array([sign_of(side) * 0.15, hip[1] - 0.84 * reach, hip[2] + 0.50 * reach])
        reach_to(rig, side, wrist, elbow=(0.9, 0.3, -0.8))
        lay_hand(rig, side, mirrored((-0.6, -1.0, -0.05), side), (0.0, -0.1, -1.0))
        curl(rig, side, amount=0.20)


def lean(rig: Rig) -> None:
    """Lean back against a wall, one leg crossed over, hands by the sides."""
    rig.turn("root", (1, 0, 0), -7.0)
    spine(rig, lean=4.0)
    length = leg_length(rig)
    for side, cross in (("L", 0.10), ("R", 0.02)):
        hip = rig.head_of(f"upperleg01.{side}")
        ankle = np.array([sign_of(side) * cross * length, hip[1] - 0.16 * length, 0.0])
        if side == "R":
            ankle[0], ankle[1] = 0.16 * length, hip[1] - 0.30 * length
        ankle[2] = hip[2] - 0.955 * length
        put_foot(rig, side, ankle)
        lay_foot(rig, side, out=10.0)
    for side in SIDES:
        arm_down(rig, side)


def point(rig: Rig) -> None:
    """Point ahead with the right hand."""
    legs_stand(rig, relaxed=True)
    arm_down(rig, "L")
    hang_arm(rig, "R", (0.30, -1.0, -0.10), (0.06, -1.0, 0.06), palm=(-0.9, 0.0, -0.5))
    curl(rig, "R", amount=0.85, point=True)


def arms_crossed(rig: Rig) -> None:
    """Cross the arms on the chest."""
    legs_stand(rig, relaxed=True)
    length = arm_length(rig)
    chest = (rig.head_of("upperarm01.L") + rig.head_of("upperarm01.R")) / 2
    for side, out, high, ahead in (("L", -0.23, -0.43, -0.40), ("R", -0.20, -0.37, -0.33)):
        wrist = chest + mirrored((out, ahead, high), side) * length
        reach_to(rig, side, wrist, elbow=(0.75, -0.25, -0.9))
        lay_hand(rig, side, mirrored((-1.0, 0.25, 0.22), side), mirrored((0.15, 1.0, 0), side))
        curl(rig, side, amount=0.25)


def hand_on_hip(rig: Rig) -> None:
    """Right hand on the hip, weight on the left leg."""
    spine(rig, side=3.0)
    legs_stand(rig, relaxed=True)
    arm_down(rig, "L")
    hip = rig.head_of("upperleg01.R")
    wrist = hip + np.array([-0.115, 0.01, 0.165]) * leg_length(rig) / 0.80
    reach_to(rig, "R", wrist, elbow=(1.0, 0.75, 0.0))
    lay_hand(rig, "R", mirrored((-0.55, -0.75, -0.45), "R"), mirrored((-1.0, 0.5, 0.1), "R"))
    curl(rig, "R", amount=0.35)


def speak(rig: Rig) -> None:
    """Talk with the hands: right palm up, left lower and open."""
    legs_stand(rig, relaxed=True)
    hang_arm(rig, "R", (0.25, -0.20, -1.0), (0.18, -1.0, 0.18), palm=(-0.55, 0.1, 0.9))
    curl(rig, "R", amount=0.18)
    hang_arm(rig, "L", (0.28, -0.06, -1.0), (0.05, -1.0, -0.22), palm=(-0.8, 0.0, 0.55))
    curl(rig, "L", amount=0.24)


def turn_away(rig: Rig) -> None:
    """Turn the back, the chest half way round again."""
    stand(rig)
    rig.rotations["root"] = axis_rotation((0, 0, 1), 150.0)
    spine(rig, turn=-14.0)


def reach(rig: Rig) -> None:
    """Reach out ahead with the right hand, leaning after it."""
    spine(rig, lean=11.0, turn=10.0)
    legs_stand(rig, relaxed=True)
    arm_down(rig, "L")
    hang_arm(rig, "R", (0.10, -1.0, -0.22), (0.0, -1.0, -0.04), palm=(-0.8, 0.0, -0.6))
    curl(rig, "R", amount=0.15)


def hold_phone(rig: Rig) -> None:
    """Right hand at the ear."""
    legs_stand(rig, relaxed=True)
    arm_down(rig, "L")
    ear = rig.head_of("head") + np.array([-0.098, -0.065, -0.070]) * leg_length(rig) / 0.80
    reach_to(rig, "R", ear, elbow=(0.55, -0.5, -1.0))
    lay_hand(rig, "R", mirrored((-0.10, 0.35, 1.0), "R"), mirrored((-1.0, 0.1, 0.1), "R"))
    curl(rig, "R", amount=0.42)


def kneel(rig: Rig) -> None:
    """Kneel on the right knee, left foot ahead."""
    spine(rig, lean=5.0)
    length = leg_length(rig)
    hip = rig.head_of("upperleg01.L")
    thigh = float(np.linalg.norm(rig.rest("lowerleg01.L") - rig.rest("upperleg01.L")))
    ankle = hip + np.array([0.03, -0.47 * length, -thigh + 0.025 * length])
    put_foot(rig, "L", ankle, knee=(0.15, -1.0, 0.6))
    lay_foot(rig, "L", out=8.0)
    rig.aim("upperleg01.R", "lowerleg01.R", (-0.06, 0.04, -1.0))
    rig.aim("lowerleg01.R", "foot.R", (0.0, 1.0, 0.02))
    rig.aim("foot.R", "toe3-1.R", (0.0, 1.0, -0.25))
    hand_on_thigh(rig, "L", share=0.78)
    arm_down(rig, "R")


POSES: dict[str, Poser] = {
    "stand": stand,
    "stand_at_ease": stand_at_ease,
    "walk": walk,
    "sit": sit,
    "sit_at_desk": sit_at_desk,
    "lean": lean,
    "point": point,
    "arms_crossed": arms_crossed,
    "hand_on_hip": hand_on_hip,
    "speak": speak,
    "turn_away": turn_away,
    "reach": reach,
    "hold_phone": hold_phone,
    "kneel": kneel,
}


IN_A_SKIRT: dict[str, Poser] = {
    "sit": lambda rig: sit(rig, apart=KNEES_TOGETHER),
    "sit_at_desk": lambda rig: sit_at_desk(rig, apart=KNEES_TOGETHER),
}
"""Poses that whoever wears a skirt or a robe takes another way."""


def pose(rig: Rig, name: str, *, in_skirt: bool = False) -> None:
    """Pose a rig by name, knees together in a skirt. Raises `InputError` with the valid names."""
    if name not in POSES:
        raise InputError(f"pose={name!r} is not known; valid: {listed(POSES)}")
    (IN_A_SKIRT.get(name, POSES[name]) if in_skirt else POSES[name])(rig)
