"""Dip to black: the picture goes down to black, changes there, and comes up as the next."""

from __future__ import annotations

from renders.engine.motion.easing import Curve, linear
from renders.engine.transitions.base import Match, Mix, share_at


def dip(
    *, frame: int, duration_frames: int, curve: Curve = linear, match: Match | None = None
) -> Mix:
    """Return the mix of frame 0 to duration_frames − 1; at the curve's half is black and the change of pictures.

    >>> dip(frame=1, duration_frames=3).gain
    0.0
    """
    share = curve(share_at(frame=frame, duration_frames=duration_frames))
    is_after = share >= 0.5
    return Mix(
        before=0.0 if is_after else 1.0, after=1.0 if is_after else 0.0, gain=abs(2.0 * share - 1.0)
    )
