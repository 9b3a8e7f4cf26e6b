"""The stage a set is painted on: canvas, camera, scheme and light together, with strokes given in metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from projects.engine.brief import ShotBrief
from renders.engine.imaging.sketch.camera import Camera
from renders.engine.imaging.sketch.light import Light
from renders.engine.imaging.sketch.paint import Canvas, Point
from renders.engine.imaging.sketch.palette import Colour, Scheme, mix, shade

Spot = tuple[float, float, float]


@dataclass(slots=True)
class Stage:
    """What a set painter needs. `mirror` paints the world upside down under the ground, as still water shows it."""

    canvas: Canvas
    camera: Camera
    scheme: Scheme
    light: Light
    brief: ShotBrief
    rng: np.random.Generator
    haze_metres: float = 60.0
    mirror: bool = False

    @property
    def back(self) -> float:
        """Return the lead's distance from the lens in metres; sets are built round it."""
        return self.camera.subject

    def at(self, x: float, y: float, z: float) -> Point:
        """Return the frame place of a world point."""
        return self.camera.project(x, -y if self.mirror else y, z)

    def far(self, colour: Colour, z: float) -> Colour:
        """Return a colour as seen through the air of `z` metres."""
        share = 1.0 - float(np.exp(-max(0.0, z) / self.haze_metres))
        return mix(colour, self.light.haze, share)

    def face(self, spots: Sequence[Spot], colour: Colour, *, alpha: float = 1.0) -> None:
        """Fill a flat face."""
        z = sum(s[2] for s in spots) / len(spots)
        self.canvas.poly([self.at(*s) for s in spots], self.far(colour, z), alpha=alpha)

    def ramp(
        self, spots: Sequence[Spot], first: Colour, last: Colour, *, vertical: bool = True
    ) -> None:
        """Fill a face with a gradient over its box in the frame."""
        z = sum(s[2] for s in spots) / len(spots)
        ring = [self.at(*s) for s in spots]
        self.canvas.ramp(ring, self.far(first, z), self.far(last, z), vertical=vertical)

    def wall(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        z: float,
        colour: Colour,
        last: Colour | None = None,
        *,
        alpha: float = 1.0,
    ) -> None:
        """Fill an upright rectangle that faces the lens; with `last` as a gradient downward."""
        ring: list[Spot] = [(x[0], y[1], z), (x[1], y[1], z), (x[1], y[0], z), (x[0], y[0], z)]
        if last is None:
            self.face(ring, colour, alpha=alpha)
        else:
            self.ramp(ring, colour, last)

    def side(
        self,
        x: float,
        y: tuple[float, float],
        z: tuple[float, float],
        colour: Colour,
        *,
        alpha: float = 1.0,
    ) -> None:
        """Fill an upright rectangle that runs away from the lens."""
        self.face(
            [(x, y[0], z[0]), (x, y[1], z[0]), (x, y[1], z[1]), (x, y[0], z[1])],
            colour,
            alpha=alpha,
        )

    def floor(
        self,
        x: tuple[float, float],
        y: float,
        z: tuple[float, float],
        colour: Colour,
        *,
        alpha: float = 1.0,
    ) -> None:
        """Fill a level rectangle at height `y`."""
        self.face(
            [(x[0], y, z[0]), (x[1], y, z[0]), (x[1], y, z[1]), (x[0], y, z[1])],
            colour,
            alpha=alpha,
        )

    def box(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        z: tuple[float, float],
        colour: Colour,
    ) -> None:
        """Draw the faces of a block that the lens can see, lit from the key side and above."""
        lit = self.light.side
        if x[0] > 0:
            self.side(x[0], y, z, shade(colour, 1.12 if lit < 0 else 0.58))
        elif x[1] < 0:
            self.side(x[1], y, z, shade(colour, 1.12 if lit > 0 else 0.58))
        if y[1] < self.camera.height and not self.mirror:
            self.floor(x, y[1], z, shade(colour, 1.3))
        elif y[0] > self.camera.height:
            self.floor(x, y[0], z, shade(colour, 0.5))
        self.wall(x, y, z[0], colour, shade(colour, 0.82))
