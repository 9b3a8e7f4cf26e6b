"""Where a figure is drawn and how it is lit: the pen that turns a person's own metres into the frame."""

from __future__ import annotations

from dataclasses import dataclass, field

from characters.engine.profile import CharacterProfile
from renders.engine.imaging.sketch.light import Light
from renders.engine.imaging.sketch.paint import Canvas, Point
from renders.engine.imaging.sketch.palette import Colour, mix, multiply, shade
from renders.engine.imaging.sketch.traits import Mood


@dataclass(frozen=True, slots=True)
class Placement:
    """One person on the stage. `yaw` −1 looks to frame left, +1 right; `is_back` shows the back of the head."""

    profile: CharacterProfile
    x: float
    z: float
    yaw: float = 0.0
    lift: float = 0.0
    is_back: bool = False
    is_speaking: bool = False
    is_lead: bool = False
    mood: Mood = field(default_factory=Mood)


@dataclass(slots=True)
class Pen:
    """Draws in metres from the middle of a figure's feet, y up."""

    canvas: Canvas
    foot: Point
    scale: float
    light: Light
    gain: float = 1.0
    veil: float = 0.0

    @property
    def pixels(self) -> float:
        """Return canvas pixels per metre."""
        return self.scale * self.canvas.unit

    def at(self, x: float, y: float) -> Point:
        """Return the frame place of a point of the figure."""
        return self.foot[0] + x * self.scale, self.foot[1] - y * self.scale

    def ring(self, points: list[Point]) -> list[Point]:
        """Return the frame places of many points."""
        return [self.at(x, y) for x, y in points]

    def lit(self, colour: Colour) -> Colour:
        """Return a local colour under the key light."""
        tone = shade(multiply(colour, mix(self.light.key, (1.0, 1.0, 1.0), 0.45)), self.gain)
        return mix(tone, self.light.haze, self.veil)

    def dim(self, colour: Colour) -> Colour:
        """Return a local colour in its own shadow."""
        dark = mix(
            shade(colour, 0.62),
            multiply(colour, self.light.shadow),
            0.35 + 0.3 * self.light.contrast,
        )
        dark = mix(dark, self.light.shadow, 0.14 * self.light.contrast)
        return mix(shade(dark, self.gain), self.light.haze, self.veil)

    def flat(self, points: list[Point], colour: Colour, *, alpha: float = 1.0) -> None:
        """Fill a shape with a lit colour and no shading."""
        self.canvas.poly(self.ring(points), self.lit(colour), alpha=alpha)

    def form(
        self, points: list[Point], colour: Colour, *, turn: float = 0.05, blur: float = 0.012
    ) -> None:
        """Fill a shape and shade the side away from the key; `turn` and `blur` in metres."""
        shift = (self.light.side * turn * self.scale, -0.35 * turn * self.scale)
        self.canvas.part(
            self.ring(points),
            self.lit(colour),
            self.dim(colour),
            shift=shift,
            blur=blur * self.scale,
        )

    def stroke(
        self, points: list[Point], colour: Colour, *, width: float, alpha: float = 1.0
    ) -> None:
        """Draw a line of a width in metres."""
        self.canvas.line(self.ring(points), self.lit(colour), width=width * self.scale, alpha=alpha)

    def shadow(
        self, points: list[Point], *, inside: list[Point], blur: float, alpha: float
    ) -> None:
        """Lay a soft shadow that stays inside a shape."""
        self.canvas.soft(
            self.ring(points),
            mix(shade(self.light.shadow, 0.8), self.light.haze, self.veil),
            alpha=alpha,
            blur=blur * self.scale,
            inside=self.ring(inside),
        )
