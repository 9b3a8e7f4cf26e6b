"""Crossfade: one picture gives way to the next, evenly, on display values as editing desks do."""

from __future__ import annotations

from renders.engine.transitions.base import Mix, share_at


def crossfade(*, frame: int, duration_frames: int) -> Mix:
    """Return the mix of frame 0 to duration_frames − 1; the middle is half and half."""
    after = share_at(frame=frame, duration_frames=duration_frames)
    return Mix(before=1.0 - after, after=after)
