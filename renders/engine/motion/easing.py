"""Easing curves: share of the time gone [0, 1] → share of the way gone [0, 1], flat at both ends."""

from __future__ import annotations

import math


def sine_in_out(share: float) -> float:
    """Return half a cosine wave; times outside [0, 1] stay at the ends. Source: (1 − cos πt) / 2."""
    return 0.5 - 0.5 * math.cos(math.pi * min(max(share, 0.0), 1.0))


def smoothstep(share: float) -> float:
    """Return the cubic 3t² − 2t³; times outside [0, 1] stay at the ends. Source: Hermite interpolation."""
    t = min(max(share, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)
