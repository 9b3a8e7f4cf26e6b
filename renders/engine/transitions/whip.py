"""Whip pan: the camera swings away from one picture and comes to rest on the next, smeared by its own speed."""

from __future__ import annotations

from renders.engine.motion.easing import Curve, smoothstep
from renders.engine.transitions.base import Match, Mix, share_at

TRAVEL_WIDTHS = 3.0
"""How far the camera swings: picture, its mirror image, the next one's mirror image, the next picture. House choice:
the mirror images continue both pictures, so that the only seam passes when the swing is fastest."""


def whip_pan(
    *, frame: int, duration_frames: int, curve: Curve = smoothstep, match: Match | None = None
) -> Mix:
    """Return the mix of frame 0 to duration_frames − 1; the shutter is open for the whole frame.

    >>> whip_pan(frame=0, duration_frames=1).streak
    (0.0, 3.0)
    """
    opens = TRAVEL_WIDTHS * curve(frame / duration_frames)
    closes = TRAVEL_WIDTHS * curve((frame + 1) / duration_frames)
    share = share_at(frame=frame, duration_frames=duration_frames)
    return Mix(before=1.0 - share, after=share, streak=(opens, closes))
