"""The courtroom: panelled wall, seal, bench, flags, gallery rail."""

from __future__ import annotations

import math

from renders.engine.imaging.sketch.paint import ellipse
from renders.engine.imaging.sketch.palette import (
    Colour,
    mix,
    shade,
)
from renders.engine.imaging.sketch.shell import CREAM, WOOD, draw_beams, draw_lamp, draw_shell
from renders.engine.imaging.sketch.stage import Stage


def _panels(s: Stage, half: float, high: float, z: float, wood: Colour, *, count: int) -> None:
    s.wall((-half, half), (0, high), z, shade(wood, 1.1), shade(wood, 0.8))
    step = 2 * half / count
    for i in range(count):
        x0, x1 = -half + i * step + step * 0.12, -half + (i + 1) * step - step * 0.12
        for y0, y1 in ((0.25, high * 0.36), (high * 0.42, high * 0.92)):
            s.wall((x0 - 0.04, x1 + 0.04), (y0 - 0.04, y1 + 0.04), z - 0.01, shade(wood, 0.55))
            s.wall((x0, x1), (y0, y1), z - 0.02, shade(wood, 1.02), shade(wood, 0.84))
            s.wall((x0, x1), (y1 - 0.035, y1), z - 0.03, shade(wood, 1.35))
    s.wall((-half, half), (high - 0.02, high + 0.14), z - 0.05, shade(wood, 1.3), shade(wood, 0.6))


def courtroom(s: Stage) -> None:
    """Paint a courtroom: panelled wall, seal, columns and flags, judge's bench, tall windows, gallery rail."""
    wood = s.scheme.warm(WOOD, 0.22)
    wall = s.scheme.tint(CREAM, 0.45)
    back = draw_shell(
        s,
        half=5.6,
        deep=6.2,
        high=5.4,
        wall=wall,
        floor=s.scheme.tint((0.36, 0.27, 0.2), 0.25),
        ceiling=shade(wall, 0.72),
    )
    for i in range(7):
        z0 = 1.0 + i * (back / 6.5)
        if z0 < back:
            s.wall((-5.6, 5.6), (5.05, 5.4), z0, shade(wood, 0.55))
    _panels(s, 5.6, 3.3, back - 0.05, wood, count=9)
    for side in (-1, 1):
        for k in range(3):
            z0 = s.back + 0.3 + k * 2.0
            x = side * 5.58
            if side == s.light.side:
                s.side(
                    x,
                    (1.4, 4.6),
                    (z0, z0 + 1.2),
                    mix(s.light.sky_low, (1, 1, 1), 0.5 if not s.light.is_night else 0.0),
                )
                s.side(x * 0.998, (2.9, 3.0), (z0, z0 + 1.2), shade(wood, 0.6))
            else:
                s.side(x, (0.2, 3.0), (z0, z0 + 1.3), shade(wood, 0.72))
        x0 = side * 3.5
        s.wall((x0 - 0.34, x0 + 0.34), (0, 5.4), back - 0.15, shade(wood, 1.35), shade(wood, 0.85))
        for k in range(3):
            s.wall(
                (x0 - 0.26 + k * 0.2, x0 - 0.18 + k * 0.2),
                (0.3, 5.0),
                back - 0.16,
                shade(wood, 0.72),
            )
    _seal(s, back - 0.2)
    _bench(s, back - 1.5, wood)
    for side in (-1, 1):
        _flag(s, side * 2.35, back - 0.6, s.scheme.accent if side < 0 else s.scheme.base)
        s.box(
            (side * 3.6 - 1.2, side * 3.6 + 1.2),
            (0.0, 0.78),
            (back - 3.6, back - 2.9),
            shade(wood, 0.9),
        )
    if not s.light.is_night:
        for k in range(2):
            draw_beams(
                s, s.light.side * 5.4, 4.6, s.back + 1.2 + 2.0 * k, reach=4.2 + k, strength=0.17
            )
    for side in (-1, 1):
        draw_lamp(s, side * 3.5, 3.7, back - 0.4, size=0.13, power=0.8)
    if s.back > 3.6:
        _rail(s, max(1.6, s.back * 0.55), wood)


def _seal(s: Stage, z: float) -> None:
    x, y = s.at(0, 4.12, z)
    k = s.camera.scale(z)
    gold = mix((0.80, 0.64, 0.33), s.scheme.accent, 0.12)
    for r, tone in (
        (0.66, shade(gold, 0.5)),
        (0.62, gold),
        (0.52, shade(s.scheme.base, 0.7)),
        (0.38, shade(gold, 0.85)),
    ):
        s.canvas.poly(ellipse(x, y, r * k, r * k), s.far(tone, z))
    star = []
    for i in range(10):
        r = (0.3 if i % 2 == 0 else 0.13) * k
        star.append((x + r * math.sin(i * math.pi / 5), y - r * math.cos(i * math.pi / 5)))
    s.canvas.poly(star, shade(s.scheme.base, 0.55))
    s.canvas.glow((x, y), 1.5 * k, (1.0, 0.85, 0.6), strength=0.28)


def _bench(s: Stage, z: float, wood: Colour) -> None:
    s.wall((-0.42, 0.42), (1.2, 2.75), z + 0.9, (0.16, 0.08, 0.07), (0.10, 0.05, 0.05))
    s.wall((-0.46, 0.46), (2.7, 2.85), z + 0.88, shade(wood, 1.2))
    s.box((-3.0, 3.0), (0.0, 0.34), (z - 0.6, z + 1.2), shade(wood, 0.62))
    s.box((-1.95, 1.95), (0.0, 1.62), (z, z + 0.6), shade(wood, 1.0))
    s.box((-2.08, 2.08), (1.6, 1.74), (z - 0.1, z + 0.65), shade(wood, 1.35))
    for i in range(5):
        x = -1.9 + i * 0.76
        s.wall((x + 0.08, x + 0.68), (0.45, 1.42), z - 0.02, shade(wood, 0.5))
        s.wall((x + 0.12, x + 0.64), (0.50, 1.37), z - 0.03, shade(wood, 0.98), shade(wood, 0.78))
    s.wall((0.9, 0.93), (1.74, 2.1), z, (0.6, 0.5, 0.25))
    draw_lamp(s, 0.91, 2.12, z, size=0.09, power=0.5)


def _flag(s: Stage, x: float, z: float, tone: Colour) -> None:
    s.wall((x - 0.02, x + 0.02), (0, 3.0), z, (0.7, 0.58, 0.3))
    s.ramp(
        [(x, 2.9, z), (x + 0.42, 2.6, z), (x + 0.38, 1.1, z), (x + 0.2, 0.85, z), (x, 1.0, z)],
        shade(tone, 1.15),
        shade(tone, 0.5),
    )
    s.face(
        [
            (x + 0.16, 2.78, z - 0.01),
            (x + 0.26, 2.7, z - 0.01),
            (x + 0.25, 0.95, z - 0.01),
            (x + 0.15, 0.95, z - 0.01),
        ],
        shade(tone, 0.6),
    )


def _rail(s: Stage, z: float, wood: Colour) -> None:
    wide = s.camera.half_width(z) * 1.4 + 1
    dark = shade(wood, 0.42)
    n = int(wide / 0.16)
    for i in range(-n, n + 1):
        s.wall((i * 0.32 - 0.035, i * 0.32 + 0.035), (0.0, 0.62), z, dark)
    s.wall((-wide, wide), (0.60, 0.70), z - 0.03, shade(dark, 1.7), dark)
