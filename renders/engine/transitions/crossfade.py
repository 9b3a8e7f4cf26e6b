"""Crossfade: one picture gives way to the next, evenly, on display values as editing desks do."""

from __future__ import annotations

from renders.engine.motion.easing import Curve, linear
from renders.engine.transitions.base import Match, Mix, share_at


def crossfade(
    *, frame: int, duration_frames: int, curve: Curve = linear, match: Match | None = None
) -> Mix:
    """Return the mix of frame 0 to duration_frames − 1; with an even curve the middle is half and half.

    >>> crossfade(frame=1, duration_frames=3).after
    0.5
    """
    after = curve(share_at(frame=frame, duration_frames=duration_frames))
    return Mix(before=1.0 - after, after=after)
