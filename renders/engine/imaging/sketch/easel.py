"""An easel for one prop: strokes in shares of its own size under one light."""

from __future__ import annotations

import math

from renders.engine.imaging.sketch.paint import Canvas, Point
from renders.engine.imaging.sketch.palette import (
    Colour,
    mix,
    shade,
)
from renders.engine.imaging.sketch.stage import Stage

METAL: Colour = (0.56, 0.57, 0.60)


PAPER: Colour = (0.90, 0.87, 0.78)


class Easel:
    """Draws a prop round a middle point in shares of its own size, with one light."""

    def __init__(self, stage: Stage, middle: Point, size: float) -> None:
        self.canvas: Canvas = stage.canvas
        self.stage, self.middle, self.size = stage, middle, size
        self.side = stage.light.side

    def ring(self, points: list[Point]) -> list[Point]:
        """Return frame places."""
        return [(self.middle[0] + x * self.size, self.middle[1] + y * self.size) for x, y in points]

    def form(self, points: list[Point], tone: Colour, *, turn: float = 0.05) -> None:
        """Fill a shaded shape."""
        self.canvas.part(
            self.ring(points),
            tone,
            mix(shade(tone, 0.45), self.stage.light.shadow, 0.4),
            shift=(self.side * turn * self.size, -0.5 * turn * self.size),
            blur=0.02 * self.size,
        )

    def flat(self, points: list[Point], tone: Colour, alpha: float = 1.0) -> None:
        """Fill a flat shape."""
        self.canvas.poly(self.ring(points), tone, alpha=alpha)

    def line(self, points: list[Point], tone: Colour, width: float = 0.012) -> None:
        """Draw a stroke."""
        self.canvas.line(self.ring(points), tone, width=width * self.size)

    def cast(self, points: list[Point]) -> None:
        """Lay the object's soft shadow on the table, away from the key."""
        moved = [(x - self.side * 0.08, y + 0.07) for x, y in points]
        self.canvas.soft(self.ring(moved), (0.02, 0.015, 0.02), alpha=0.65, blur=0.035 * self.size)


def draw_rect(x0: float, y0: float, x1: float, y1: float) -> list[Point]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def draw_turned(points: list[Point], angle: float) -> list[Point]:
    c, s = math.cos(angle), math.sin(angle)
    return [(x * c - y * s, x * s + y * c) for x, y in points]
