"""The transitions by the names documents use, each with its usual curve, length and least length."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from renders.engine.transitions.base import Transition
from renders.engine.transitions.crossfade import crossfade
from renders.engine.transitions.dip import dip
from renders.engine.transitions.match_dissolve import match_dissolve
from renders.engine.transitions.whip import whip_pan


@dataclass(frozen=True, slots=True)
class Kind:
    """A transition, the curve and length it has unless told, and the frames below which it is not one."""

    draw: Transition
    curve: str
    seconds: Fraction
    least_frames: int


TRANSITIONS: dict[str, Kind] = {
    "crossfade": Kind(crossfade, "linear", Fraction(1, 2), 1),
    "dip": Kind(dip, "linear", Fraction(1, 2), 1),
    "whip_pan": Kind(whip_pan, "cubic", Fraction(5, 12), 3),
    "match_dissolve": Kind(match_dissolve, "sine", Fraction(1), 4),
}
"""Source: lengths are house choices, 12, 12, 10 and 24 frames at 24 a second."""

TRANSITION_KINDS: tuple[str, ...] = ("cut", *TRANSITIONS)
