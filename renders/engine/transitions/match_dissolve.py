"""Match dissolve: a likeness shared by two shots stays where it is while one picture becomes the other."""

from __future__ import annotations

from renders.engine.motion.easing import Curve, sine_in_out, smoothstep
from renders.engine.transitions.base import IN_PLACE, Match, Mix, Placement, share_at

LEAST_CONFIDENCE = 0.3
"""Below this the shots share nothing to hold on to and dissolve in place. House choice, from pairs looked at."""

MIX_FROM, MIX_TO = 0.25, 0.75
"""The part of the time in which both pictures are seen; before and after it only the camera moves. House choice."""


def match_dissolve(
    *,
    frame: int,
    duration_frames: int,
    curve: Curve = sine_in_out,
    match: Match | None = None,
) -> Mix:
    """Return the mix of frame 0 to duration_frames − 1.

    Both pictures travel together from the first one's place to the second one's, and come closer on the way so
    that no edge shows. Without a match, or with one below `LEAST_CONFIDENCE`, they dissolve in place.

    >>> alike = Match(scale=1.1, shift_x=0.05, shift_y=0.0, confidence=0.8)
    >>> match_dissolve(frame=5, duration_frames=11, match=alike).after
    0.5
    """
    share = share_at(frame=frame, duration_frames=duration_frames)
    after = smoothstep((share - MIX_FROM) / (MIX_TO - MIX_FROM))
    if match is None or match.confidence < LEAST_CONFIDENCE:
        return Mix(before=1.0 - after, after=after)
    ramp = smoothstep(share / MIX_FROM) * smoothstep((1.0 - share) / (1.0 - MIX_TO))
    zoom = _zoom_needed(match, curve) ** ramp
    first, second = placements(match, curve(share))
    return Mix(1.0 - after, after, before_at=_closer(first, zoom), after_at=_closer(second, zoom))


def placements(match: Match, way: float) -> tuple[Placement, Placement]:
    """Return where both pictures are after a share of the way; at 0 the first is in place, at 1 the second."""
    back = match.scale**-way
    gone, left = -way * back, (1.0 - way) * back
    first = Placement(back, gone * match.shift_x, gone * match.shift_y)
    second = Placement(match.scale * back, left * match.shift_x, left * match.shift_y)
    return first, second


def _zoom_needed(match: Match, curve: Curve) -> float:
    """Return how much closer both must be for neither to leave a border while both are seen."""
    ways = [curve(MIX_FROM + (MIX_TO - MIX_FROM) * step / 8) for step in range(9)]
    most = 1.0
    for placed in (place for way in ways for place in placements(match, way)):
        shift = max(abs(placed.shift_x), abs(placed.shift_y))
        most = max(most, 1.0 / max(placed.scale - 2.0 * shift, 0.5))
    return most


def _closer(placed: Placement, zoom: float) -> Placement:
    if placed == IN_PLACE and zoom == 1.0:
        return placed
    return Placement(placed.scale * zoom, placed.shift_x * zoom, placed.shift_y * zoom)
