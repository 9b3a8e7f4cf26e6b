"""Easing curves: share of the time gone [0, 1] → share of the way gone [0, 1]; times outside stay at the ends."""

from __future__ import annotations

import math
from collections.abc import Callable

from apexsite.kit.errors import InputError, listed

Curve = Callable[[float], float]

GAMMA = 2.2
"""Exponent of the gamma curve: a mix that is even to the eye when it is made in light. Source: BT.709's usual display."""


def linear(share: float) -> float:
    """Return the share itself."""
    return min(max(share, 0.0), 1.0)


def ease_in(share: float) -> float:
    """Return t²: gently away, fast to the end."""
    return linear(share) ** 2


def ease_out(share: float) -> float:
    """Return 1 − (1 − t)²: fast away, gently to the end."""
    return 1.0 - (1.0 - linear(share)) ** 2


def ease_in_out(share: float) -> float:
    """Return 2t² and its mirror: a constant push, then a constant brake."""
    t = linear(share)
    return 2.0 * t * t if t < 0.5 else 1.0 - 2.0 * (1.0 - t) ** 2


def sine_in_out(share: float) -> float:
    """Return half a cosine wave. Source: (1 − cos πt) / 2."""
    return 0.5 - 0.5 * math.cos(math.pi * linear(share))


def smoothstep(share: float) -> float:
    """Return the cubic 3t² − 2t³. Source: Hermite interpolation."""
    t = linear(share)
    return t * t * (3.0 - 2.0 * t)


def gamma(share: float) -> float:
    """Return t to the power of `GAMMA`."""
    return math.pow(linear(share), GAMMA)


def hold(share: float) -> float:
    """Return 0 until the very end: a key that is kept until the next one."""
    return 1.0 if share >= 1.0 else 0.0


CURVES: dict[str, Curve] = {
    "linear": linear,
    "ease_in": ease_in,
    "ease_out": ease_out,
    "ease_in_out": ease_in_out,
    "sine": sine_in_out,
    "cubic": smoothstep,
    "gamma": gamma,
    "hold": hold,
}
"""The curves by the names documents use."""


def curve_named(name: str) -> Curve:
    """Return a curve, or raise `InputError` with the names there are.

    >>> curve_named("ease_in")(0.5)
    0.25
    """
    if name not in CURVES:
        raise InputError(f"curve={name!r} must be one of {listed(CURVES)}")
    return CURVES[name]
