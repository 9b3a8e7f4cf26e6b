"""What every room has: the shell in perspective, a window, a lamp, a beam of light."""

from __future__ import annotations

from renders.engine.imaging.sketch.paint import ellipse
from renders.engine.imaging.sketch.palette import (
    Colour,
    at_luma,
    mix,
    shade,
)
from renders.engine.imaging.sketch.stage import Stage

WOOD: Colour = (0.40, 0.25, 0.15)


CREAM: Colour = (0.78, 0.74, 0.66)


def draw_shell(
    s: Stage, *, half: float, deep: float, high: float, wall: Colour, floor: Colour, ceiling: Colour
) -> float:
    back = s.back + deep
    near = 0.16
    s.canvas.poly([(-1, -1), (s.camera.aspect + 1, -1), (s.camera.aspect + 1, 2), (-1, 2)], wall)
    s.ramp(
        [(-half, high, near), (half, high, near), (half, high, back), (-half, high, back)],
        shade(ceiling, 0.6),
        ceiling,
    )
    s.ramp(
        [(-half, 0, near), (half, 0, near), (half, 0, back), (-half, 0, back)],
        shade(floor, 1.1),
        shade(floor, 0.55),
    )
    for side in (-1, 1):
        tone = shade(wall, 0.62 if side == s.light.side else 0.92)
        spots = [
            (side * half, 0.0, near),
            (side * half, high, near),
            (side * half, high, back),
            (side * half, 0.0, back),
        ]
        first, last = (shade(tone, 0.7), tone) if side < 0 else (tone, shade(tone, 0.7))
        s.ramp(spots, first, last, vertical=False)
    s.wall((-half, half), (0, high), back, shade(wall, 1.06), shade(wall, 0.86))
    ring = [
        s.at(-half, 0, back - 0.02),
        s.at(half, 0, back - 0.02),
        s.at(half, 0, back - 0.8),
        s.at(-half, 0, back - 0.8),
    ]
    s.canvas.soft(ring, (0.03, 0.02, 0.03), alpha=0.4, blur=0.01)
    return back


def draw_beams(
    s: Stage, x: float, y: float, z: float, *, reach: float, strength: float = 0.2
) -> None:
    side = s.light.side
    tone = at_luma(s.light.key, 0.92)
    ring = [
        s.at(x, y, z),
        s.at(x, y - 1.5, z),
        s.at(x - side * reach, 0.0, s.back + 0.6),
        s.at(x - side * (reach + 1.3), 0.0, s.back + 0.6),
    ]
    s.canvas.soft(ring, tone, alpha=strength, blur=0.03)


def draw_window(
    s: Stage, x: tuple[float, float], y: tuple[float, float], z: float, *, bars: int = 2
) -> None:
    frame = shade(s.scheme.tint((0.35, 0.3, 0.26), 0.4), 0.8)
    s.wall((x[0] - 0.09, x[1] + 0.09), (y[0] - 0.09, y[1] + 0.09), z, frame)
    top = mix(s.light.sky_top, (1, 1, 1), 0.0 if s.light.is_night else 0.35)
    low = mix(s.light.sky_low, (1, 1, 1), 0.0 if s.light.is_night else 0.5)
    s.wall(x, y, z - 0.01, top, low)
    if s.light.is_night:
        for _ in range(9):
            px, py = s.rng.uniform(*x), s.rng.uniform(y[0], (y[0] + y[1]) / 2)
            s.wall(
                (px, px + 0.07),
                (py, py + 0.1),
                z - 0.02,
                mix((1.0, 0.82, 0.5), s.scheme.accent, 0.3),
            )
    for i in range(1, bars):
        px = x[0] + (x[1] - x[0]) * i / bars
        s.wall((px - 0.03, px + 0.03), y, z - 0.02, frame)
    mid = (y[0] + y[1]) / 2
    s.wall(x, (mid - 0.025, mid + 0.025), z - 0.02, frame)
    if not s.light.is_night:
        s.canvas.glow(
            s.at((x[0] + x[1]) / 2, mid, z),
            s.camera.scale(z) * (y[1] - y[0]) * 1.2,
            shade(s.light.key, 0.55),
            strength=0.8,
        )


def draw_lamp(
    s: Stage, x: float, y: float, z: float, *, size: float = 0.16, power: float = 1.0
) -> None:
    warm = (1.0, 0.80, 0.48)
    s.canvas.poly(
        ellipse(*s.at(x, y, z), size * s.camera.scale(z), size * 0.8 * s.camera.scale(z)),
        (1.0, 0.92, 0.72),
    )
    s.canvas.glow(s.at(x, y, z), 1.9 * s.camera.scale(z), warm, strength=0.6 * power)
