"""The line between two who deal with each other, and on which side of it every camera of a scene stands.

Source: the 180-degree rule; a camera that crosses the line turns screen directions round.
"""

from __future__ import annotations

import math

from projects.engine.framing import ShotSize

Point = tuple[float, float, float]

AUDIENCE: dict[str, Point] = {"courtroom": (-4.0, -2.0, 0.0)}
"""Where the cameras of a set are, as if an audience sat there. House choice: in court the bench then looks to the right
of the frame, whoever stands before it to the left; elsewhere the first of a pair is on the left."""

AUDIENCE_ELSEWHERE: Point = (0.0, -8.0, 0.0)

OFF_LINE: dict[ShotSize, float] = {
    ShotSize.ECU: 14.0,
    ShotSize.CU: 20.0,
    ShotSize.MCU: 26.0,
    ShotSize.MS: 32.0,
    ShotSize.MLS: 36.0,
    ShotSize.LS: 40.0,
    ShotSize.EWS: 44.0,
}
"""Degrees between where somebody looks and the camera: the closer the shot, the nearer the eyeline. House choice."""

SWAY: tuple[float, ...] = (0.0, 9.0, 16.0, -7.0)
"""How variants differ, degrees farther from the line. House choice."""


def bearing(place: Point, other: Point) -> float:
    """Return the angle in degrees a person at `place` faces who looks at `other`: from -y, + towards +x."""
    return math.degrees(math.atan2(other[0] - place[0], -(other[1] - place[1])))


def wrapped(degrees: float) -> float:
    """Return an angle in -180 to 180."""
    return (degrees + 180.0) % 360.0 - 180.0


def audience(set_name: str) -> Point:
    """Return the point whose side of every line the cameras of a set keep."""
    return AUDIENCE.get(set_name, AUDIENCE_ELSEWHERE)


def side_of_line(place: Point, other: Point, *, set_name: str) -> float:
    """Return 1 where the audience is to the left (towards +, seen from above) of the look from one to another, else -1."""
    seen = audience(set_name)
    return 1.0 if wrapped(bearing(place, seen) - bearing(place, other)) >= 0.0 else -1.0


def single_line(
    place: Point, other: Point, *, size: ShotSize, variant: int, set_name: str
) -> tuple[float, float]:
    """Return the camera's bearing from somebody who looks at another, and its signed degrees off the line."""
    off = side_of_line(place, other, set_name=set_name) * (OFF_LINE[size] + SWAY[variant % len(SWAY)])  # fmt: skip
    return bearing(place, other) + off, off


def shoulder_side(owner: Point, seen: Point, *, set_name: str) -> float:
    """Return 1 for the camera over the owner's right shoulder, -1 for the left: whichever keeps its side of the line."""
    return -side_of_line(owner, seen, set_name=set_name)
