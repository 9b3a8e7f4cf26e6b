"""A supersampled canvas in frame units (x to the right, y down, 1 = the frame's height) with flat and soft strokes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from renders.engine.imaging.sketch.palette import Colour

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

Point = tuple[float, float]
Points = Sequence[Point]
Box = tuple[int, int, int, int]


def byte_colour(colour: Colour) -> tuple[int, int, int]:
    """Return an RGB triple of [0, 1] as 0–255, rounded and clipped."""
    red, green, blue = (min(255, max(0, round(channel * 255.0))) for channel in colour)
    return red, green, blue


def ellipse(x: float, y: float, rx: float, ry: float, *, turn: float = 0.0) -> list[Point]:
    """Return the outline of an ellipse, turned by `turn` radians."""
    ca, sa = math.cos(turn), math.sin(turn)
    out: list[Point] = []
    for i in range(48):
        angle = i * math.tau / 48
        u, v = rx * math.cos(angle), ry * math.sin(angle)
        out.append((x + u * ca - v * sa, y + u * sa + v * ca))
    return out


def spline(points: Points, *, closed: bool = True, steps: int = 8) -> list[Point]:
    """Return a smooth curve through the points. Source: Catmull and Rom, uniform cubic (1974)."""
    p = np.asarray(points, dtype=np.float64)
    p = np.concatenate([p[-1:], p, p[:2]]) if closed else np.concatenate([p[:1], p, p[-1:]])
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = (p[i : len(p) - 3 + i][:, None, :] for i in range(4))
    curve = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    flat: list[Point] = [(float(x), float(y)) for x, y in curve.reshape(-1, 2)]
    if not closed:
        flat.append((float(p[-1][0]), float(p[-1][1])))
    return flat


def ribbon(points: Points, widths: Sequence[float]) -> list[Point]:
    """Return the outline of a stroke along the points with a half-width at each."""
    p = np.asarray(points, dtype=np.float64)
    along = np.gradient(p, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * np.asarray(widths)[:, None]
    ring = np.concatenate([p + across, (p - across)[::-1]])
    return [(float(x), float(y)) for x, y in ring]


@lru_cache(maxsize=4)
def _falloff(power: float) -> npt.NDArray[np.uint8]:
    axis = np.linspace(-1.0, 1.0, 192, dtype=np.float32)
    radius = np.hypot(axis[:, None], axis[None, :])
    return np.asarray(np.clip(1.0 - radius, 0.0, 1.0) ** power * 255.0, dtype=np.uint8)


class Canvas:
    """A picture being painted at `oversample` times its size; `roll` turns everything about the frame's centre."""

    def __init__(
        self, image: Image.Image, *, height: int, oversample: int, roll: float = 0.0
    ) -> None:
        from PIL import ImageDraw

        self.image = image
        self.unit = float(height * oversample)
        self.aspect = image.width / self.unit
        self.roll = roll
        self._cos, self._sin = math.cos(roll), math.sin(roll)
        self.mask: Image.Image | None = None
        self._draw: ImageDraw.ImageDraw = ImageDraw.Draw(image, "RGBA")

    def pixel(self, point: Point) -> Point:
        """Return a point's place in canvas pixels."""
        x, y = point
        if self.roll:
            dx, dy = x - self.aspect / 2, y - 0.5
            x = self.aspect / 2 + dx * self._cos - dy * self._sin
            y = 0.5 + dx * self._sin + dy * self._cos
        return x * self.unit, y * self.unit

    def start_mask(self) -> None:
        """Begin to remember which pixels opaque shapes cover."""
        from PIL import Image

        self.mask = Image.new("L", self.image.size, 0)

    def take_mask(self) -> Image.Image:
        """Return the remembered cover and stop remembering; raises `ValueError` when none was begun."""
        if self.mask is None:
            raise ValueError("no mask was begun")
        mask, self.mask = self.mask, None
        return mask

    def poly(self, points: Points, colour: Colour, *, alpha: float = 1.0) -> None:
        """Fill a polygon."""
        ring = [self.pixel(p) for p in points]
        self._draw.polygon(ring, fill=(*byte_colour(colour), round(alpha * 255)))
        if self.mask is not None and alpha >= 0.999:
            from PIL import ImageDraw

            ImageDraw.Draw(self.mask).polygon(ring, fill=255)

    def line(self, points: Points, colour: Colour, *, width: float, alpha: float = 1.0) -> None:
        """Draw a stroke of one width, never thinner than one canvas pixel."""
        ring = [self.pixel(p) for p in points]
        thick = max(1, round(width * self.unit))
        self._draw.line(
            ring, fill=(*byte_colour(colour), round(alpha * 255)), width=thick, joint="curve"
        )

    def box_of(self, points: Points, *, margin: float = 0.0) -> Box | None:
        """Return the canvas box round the points cut at the edges, or None when nothing of it is inside."""
        ring = [self.pixel(p) for p in points]
        pad = margin * self.unit
        x0 = max(0, math.floor(min(p[0] for p in ring) - pad))
        y0 = max(0, math.floor(min(p[1] for p in ring) - pad))
        x1 = min(self.image.width, math.ceil(max(p[0] for p in ring) + pad))
        y1 = min(self.image.height, math.ceil(max(p[1] for p in ring) + pad))
        return (x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else None

    def _cover(self, points: Points, box: Box, *, shrink: int = 1) -> Image.Image:
        from PIL import Image, ImageDraw

        size = (max(1, (box[2] - box[0]) // shrink), max(1, (box[3] - box[1]) // shrink))
        mask = Image.new("L", size, 0)
        kx, ky = size[0] / (box[2] - box[0]), size[1] / (box[3] - box[1])
        ring = [((x - box[0]) * kx, (y - box[1]) * ky) for x, y in map(self.pixel, points)]
        ImageDraw.Draw(mask).polygon(ring, fill=255)
        return mask

    def ramp(self, points: Points, first: Colour, last: Colour, *, vertical: bool = True) -> None:
        """Fill a polygon with a gradient over its box, top to bottom or left to right."""
        from PIL import Image

        ring = [self.pixel(p) for p in points]
        axis = 1 if vertical else 0
        low, high = min(p[axis] for p in ring), max(p[axis] for p in ring)
        box = self.box_of(points)
        if box is None:
            return
        place = np.arange(box[axis], box[axis + 2], dtype=np.float32)
        share = np.clip((place - low) / max(1e-6, high - low), 0.0, 1.0)[:, None]
        row = np.asarray(first) * (1.0 - share) + np.asarray(last) * share
        strip = np.asarray(np.clip(row * 255.0 + 0.5, 0, 255), dtype=np.uint8)
        strip = strip[:, None, :] if vertical else strip[None, :, :]
        size = (box[2] - box[0], box[3] - box[1])
        fill = Image.fromarray(strip).resize(size, Image.Resampling.NEAREST)
        self.image.paste(fill, box[:2], self._cover(points, box))
        if self.mask is not None:
            self.mask.paste(255, box, self._cover(points, box))

    def soft(
        self,
        points: Points,
        colour: Colour,
        *,
        alpha: float,
        blur: float,
        inside: Points | None = None,
    ) -> None:
        """Lay a blurred shape over the picture; `inside` clips it crisply. `blur` is in frame units."""
        from PIL import Image, ImageChops, ImageFilter

        box = self.box_of(inside, margin=0.0) if inside else self.box_of(points, margin=2.5 * blur)
        if box is None:
            return
        shrink = int(min(12.0, max(1.0, blur * self.unit / 3.0)))
        mask = self._cover(points, box, shrink=shrink)
        mask = mask.filter(ImageFilter.GaussianBlur(blur * self.unit / shrink))
        mask = mask.point([round(v * alpha) for v in range(256)])
        mask = mask.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR)
        if inside:
            mask = ImageChops.multiply(mask, self._cover(inside, box))
        self.image.paste(byte_colour(colour), box, mask)

    def part(
        self,
        points: Points,
        colour: Colour,
        dark: Colour,
        *,
        shift: Point,
        blur: float,
        depth: float = 1.0,
    ) -> None:
        """Fill a shape, then shade it where the same shape moved by `shift` does not lie: one soft form shadow."""
        from PIL import Image, ImageChops, ImageFilter

        self.poly(points, colour)
        box = self.box_of(points)
        if box is None or max(box[2] - box[0], box[3] - box[1]) < 6:
            return
        shrink = int(min(8.0, max(1.0, blur * self.unit / 2.0)))
        lit = self._cover([(x + shift[0], y + shift[1]) for x, y in points], box, shrink=shrink)
        lit = lit.filter(ImageFilter.GaussianBlur(max(0.5, blur * self.unit / shrink)))
        away = lit.point([round((255 - v) * depth) for v in range(256)])
        away = away.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR)
        away = ImageChops.multiply(away, self._cover(points, box))
        self.image.paste(byte_colour(dark), box, away)

    def glow(
        self,
        point: Point,
        radius: float,
        colour: Colour,
        *,
        strength: float = 1.0,
        flat: float = 1.0,
        power: float = 2.0,
    ) -> None:
        """Add light that falls off from a point; `flat` below 1 squeezes it vertically."""
        from PIL import Image, ImageChops

        x, y = self.pixel(point)
        rx, ry = radius * self.unit, radius * self.unit * flat
        full = (round(x - rx), round(y - ry), round(x + rx), round(y + ry))
        box = (
            max(0, full[0]),
            max(0, full[1]),
            min(self.image.width, full[2]),
            min(self.image.height, full[3]),
        )
        if box[2] - box[0] < 2 or box[3] - box[1] < 2:
            return
        table = Image.fromarray(_falloff(power))
        kx, ky = 192 / max(1, full[2] - full[0]), 192 / max(1, full[3] - full[1])
        part = (
            (box[0] - full[0]) * kx,
            (box[1] - full[1]) * ky,
            (box[2] - full[0]) * kx,
            (box[3] - full[1]) * ky,
        )
        size = (box[2] - box[0], box[3] - box[1])
        fall = table.resize(size, Image.Resampling.BILINEAR, box=part)
        light = Image.merge(
            "RGB",
            [fall.point([min(255, round(v * c * strength)) for v in range(256)]) for c in colour],
        )
        self.image.paste(ImageChops.screen(self.image.crop(box), light), box)

    def smear(self, top: float, bottom: float, *, across: float, down: float) -> None:
        """Blur a horizontal band of the picture, as wet ground does to what it mirrors."""
        from PIL import Image, ImageFilter

        box = (
            0,
            max(0, round(top * self.unit)),
            self.image.width,
            min(self.image.height, round(bottom * self.unit)),
        )
        if box[3] - box[1] < 4:
            return
        band = self.image.crop(box)
        shrink = max(1, int(self.unit / 400))
        small = band.resize(
            (max(1, band.width // shrink), max(1, band.height // shrink)), Image.Resampling.BOX
        )
        scale = self.unit / shrink
        small = small.filter(ImageFilter.BoxBlur((across * scale, down * scale)))
        self.image.paste(small.resize(band.size, Image.Resampling.BILINEAR), box[:2])
