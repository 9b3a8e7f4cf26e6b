"""The head as a turned form: places on the silhouette and on the face."""

from __future__ import annotations

from dataclasses import dataclass

from renders.engine.imaging.sketch.camera import HEAD_METRES
from renders.engine.imaging.sketch.paint import Point


@dataclass(frozen=True, slots=True)
class Head:
    """Turns head units (crown at v = 0, chin at 1, u across from the middle) into the figure's metres."""

    crown: float
    yaw: float
    width: float

    def at(self, u: float, v: float) -> Point:
        """Return a place on the silhouette."""
        return u * HEAD_METRES * self.width, self.crown - v * HEAD_METRES

    def on(self, u: float, v: float) -> Point:
        """Return a place on the front of the face, carried round by the yaw."""
        near = 1.0 - 0.30 * abs(self.yaw) * (1.0 if u * self.yaw > 0 else 0.25)
        return self.at(u * near + 0.135 * self.yaw, v)

    def ring(self, points: list[Point], *, front: bool = False) -> list[Point]:
        """Return many places."""
        return [self.on(*p) if front else self.at(*p) for p in points]


def outline(yaw: float, *, narrow: float) -> list[Point]:
    """Return the silhouette of a bare head in head units; `narrow` draws the jaw in."""
    y = yaw
    jaw = 0.250 - narrow
    cheek = 0.315 - narrow * 0.4
    return [
        (0.0 - 0.03 * y, 0.0),
        (0.20 - 0.05 * y, 0.045),
        (0.325 - 0.04 * y, 0.20),
        (0.345 - 0.03 * y, 0.40),
        (0.335 + 0.015 * y, 0.52),
        (cheek + 0.035 * y, 0.68),
        (jaw + 0.075 * y, 0.84),
        (0.125 + 0.115 * y, 0.965),
        (0.0 + 0.125 * y, 1.0),
        (-0.125 + 0.115 * y, 0.965),
        (-jaw + 0.075 * y, 0.84),
        (-cheek + 0.035 * y, 0.68),
        (-0.335 + 0.015 * y, 0.52),
        (-0.345 - 0.03 * y, 0.40),
        (-0.325 - 0.04 * y, 0.20),
        (-0.20 - 0.05 * y, 0.045),
    ]
