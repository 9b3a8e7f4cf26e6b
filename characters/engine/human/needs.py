"""Which limbs a pose is made with, so that it is not asked of somebody who is without one."""

from __future__ import annotations

from collections.abc import Sequence

from apexsite.kit.errors import InputError, NotSupported, listed
from characters.engine.human.poses import POSES

LIMBS: tuple[str, ...] = ("left_arm", "right_arm", "left_leg", "right_leg")
_LEGS, _ARMS = frozenset({"left_leg", "right_leg"}), frozenset({"left_arm", "right_arm"})

NEEDS: dict[str, frozenset[str]] = {
    "stand": _LEGS,
    "stand_at_ease": _LEGS | _ARMS,
    "walk": _LEGS,
    "sit": frozenset(),
    "sit_at_desk": _ARMS,
    "lean": _LEGS,
    "point": _LEGS | {"right_arm"},
    "arms_crossed": _LEGS | _ARMS,
    "hand_on_hip": _LEGS | {"right_arm"},
    "speak": _LEGS | _ARMS,
    "turn_away": _LEGS,
    "reach": _LEGS | {"right_arm"},
    "hold_phone": _LEGS | {"right_arm"},
    "kneel": _LEGS | {"left_arm"},
}
"""Limbs each pose is told by. House table; a test holds it to the poses there are."""


def refuse_without(pose: str, without: Sequence[str]) -> None:
    """Raise `InputError` for a limb or pose not known and for a pose that needs a missing limb, naming those that do not.

    Raises `NotSupported` for anybody without a limb in a pose that would do: the body tables have no such body.
    """
    for limb in without:
        if limb not in LIMBS:
            raise InputError(f"without={limb!r} is not known; valid: {listed(LIMBS)}")
    if not without:
        return
    if pose not in NEEDS:
        raise InputError(f"pose={pose!r} is not known; valid: {listed(POSES)}")
    lacking = NEEDS[pose] & set(without)
    if lacking:
        able = [name for name, needs in NEEDS.items() if not needs & set(without)]
        raise InputError(
            f"pose={pose!r} needs {listed(sorted(lacking))}, which this person is without; valid: {listed(able)}"
        )
    raise NotSupported(
        f"without={list(without)!r}: previz draws bodies with all limbs; the storyboard draws everyone"
    )
