"""Rooms: a shell of floor, walls and ceiling in perspective, and what stands in it."""

from __future__ import annotations

from renders.engine.imaging.sketch.palette import mix, shade
from renders.engine.imaging.sketch.shell import (
    draw_beams,
    draw_lamp,
    draw_shell,
    draw_window,
)
from renders.engine.imaging.sketch.stage import Stage


def office(s: Stage) -> None:
    """Paint an office: window wall with blinds, desk, shelves, screen glow."""
    wall = s.scheme.tint((0.66, 0.66, 0.64), 0.5)
    back = draw_shell(
        s,
        half=3.4,
        deep=3.6,
        high=2.9,
        wall=wall,
        floor=s.scheme.tint((0.34, 0.33, 0.34), 0.5),
        ceiling=shade(wall, 1.1),
    )
    draw_window(s, (-2.0, 1.1), (0.95, 2.45), back - 0.02, bars=3)
    for i in range(15):
        y = 1.0 + i * 0.1
        s.wall((-2.0, 1.1), (y, y + 0.035), back - 0.06, shade(wall, 0.75), None, alpha=0.75)
    wood = s.scheme.warm((0.42, 0.31, 0.22), 0.25)
    s.box((1.7, 3.1), (0.0, 2.2), (back - 0.4, back), shade(wood, 0.7))
    for k in range(4):
        for j in range(11):
            x = 1.78 + j * 0.115
            tall = s.rng.uniform(0.22, 0.36)
            tone = (s.scheme.accent, s.scheme.base, s.scheme.second, (0.75, 0.7, 0.6))[
                int(s.rng.integers(4))
            ]
            s.wall(
                (x, x + 0.09),
                (0.15 + k * 0.5, 0.15 + k * 0.5 + tall),
                back - 0.42,
                shade(tone, 0.8),
            )
    s.box((-2.4, -0.2), (0.68, 0.75), (back - 1.9, back - 1.0), wood)
    s.box((-2.3, -1.7), (0.0, 0.68), (back - 1.8, back - 1.1), shade(wood, 0.75))
    s.wall((-1.6, -0.9), (0.85, 1.25), back - 1.4, (0.06, 0.07, 0.09))
    s.wall((-1.57, -0.93), (0.88, 1.22), back - 1.41, mix(s.scheme.base, (0.6, 0.85, 1.0), 0.6))
    draw_lamp(s, -2.05, 1.2, back - 1.4, size=0.11, power=0.7 if s.light.has_lamps else 0.3)
    draw_beams(s, s.light.side * 2.6, 2.6, back - 0.5, reach=2.0, strength=0.12)


def corridor(s: Stage) -> None:
    """Paint a corridor: doors on both sides, ceiling lights running to the vanishing point, shining floor."""
    wall = s.scheme.tint((0.60, 0.63, 0.62), 0.5)
    back = draw_shell(
        s,
        half=1.75,
        deep=15.0,
        high=2.8,
        wall=wall,
        floor=s.scheme.tint((0.40, 0.42, 0.44), 0.5),
        ceiling=shade(wall, 0.85),
    )
    for side in (-1, 1):
        s.side(
            side * 1.74,
            (0.0, 1.0),
            (0.2, back),
            shade(s.scheme.tint((0.34, 0.38, 0.40), 0.6), 0.8 if side == s.light.side else 1.1),
        )
        for k in range(6):
            z = max(0.8, s.back - 1.2) + k * 2.7
            if z + 1.0 < back:
                s.side(side * 1.73, (0.0, 2.15), (z - 0.06, z + 1.06), shade(s.scheme.base, 0.5))
                s.side(
                    side * 1.72, (0.0, 2.08), (z, z + 1.0), s.scheme.warm((0.42, 0.3, 0.22), 0.3)
                )
                s.side(
                    side * 1.715,
                    (1.25, 1.85),
                    (z + 0.3, z + 0.7),
                    mix(s.light.key, s.scheme.light, 0.5),
                )
    s.wall((-0.85, 0.85), (0, 2.2), back - 0.05, mix(s.scheme.light, s.light.key, 0.5))
    s.wall((-0.02, 0.02), (0, 2.2), back - 0.06, shade(s.scheme.base, 0.6))
    for k in range(8):
        z = 0.9 + k * 2.2
        if z < back:
            s.floor((-0.4, 0.4), 2.78, (z, z + 1.1), (1.0, 0.98, 0.92))
            s.canvas.glow(
                s.at(0, 2.78, z + 0.5),
                1.5 * s.camera.scale(z + 0.5),
                shade(s.light.key, 0.6),
                strength=0.7,
                flat=0.5,
            )
            s.floor((-0.35, 0.35), 0.0, (z, z + 1.1), (1.0, 0.98, 0.94), alpha=0.16)


def living_room(s: Stage) -> None:
    """Paint a living room: window with curtains, sofa, lamp, pictures, rug."""
    wall = s.scheme.tint((0.70, 0.62, 0.52), 0.42)
    wood = s.scheme.warm((0.40, 0.28, 0.18), 0.25)
    back = draw_shell(
        s, half=3.6, deep=3.4, high=2.8, wall=wall, floor=wood, ceiling=shade(wall, 1.12)
    )
    side = s.light.side
    cx = side * 1.6
    draw_window(s, (cx - 0.75, cx + 0.75), (0.75, 2.3), back - 0.02)
    drape = mix(s.scheme.accent, s.scheme.base, 0.25)
    for k in (-1, 1):
        for j in range(5):
            x = cx + k * (0.72 + 0.09 * j)
            s.wall(
                (x - 0.055, x + 0.055),
                (0.05, 2.5),
                back - 0.12,
                shade(drape, 0.95 if j % 2 else 0.68),
                shade(drape, 0.5),
            )
    s.wall((-3.6, 3.6), (0.0, 0.14), back - 0.03, shade(wall, 0.6))
    for x, y, w, h in ((-side * 0.6, 1.85, 0.34, 0.26), (-side * 1.35, 1.75, 0.26, 0.34)):
        s.wall(
            (x - w - 0.04, x + w + 0.04),
            (y - h - 0.04, y + h + 0.04),
            back - 0.02,
            shade(wood, 0.5),
        )
        s.wall(
            (x - w, x + w),
            (y - h, y + h),
            back - 0.03,
            mix(s.scheme.light, s.scheme.base, 0.3),
            s.scheme.second,
        )
    _furniture(s, back=back, side=side, cx=cx)


def room(s: Stage) -> None:
    """Paint a plain room: window on the key side, door, table line, hanging lamp."""
    wall = s.scheme.tint((0.62, 0.60, 0.56), 0.5)
    wood = s.scheme.warm((0.38, 0.28, 0.2), 0.25)
    back = draw_shell(
        s, half=3.2, deep=3.8, high=2.9, wall=wall, floor=shade(wood, 0.9), ceiling=shade(wall, 0.9)
    )
    side = s.light.side
    draw_window(s, (side * 1.3 - 0.7, side * 1.3 + 0.7), (0.95, 2.3), back - 0.02)
    x = -side * 1.6
    s.wall((x - 0.52, x + 0.52), (0, 2.14), back - 0.02, shade(wood, 0.6))
    s.wall((x - 0.45, x + 0.45), (0, 2.07), back - 0.03, shade(wood, 1.15), shade(wood, 0.8))
    for y in (0.3, 1.15):
        s.wall((x - 0.3, x + 0.3), (y, y + 0.7), back - 0.04, shade(wood, 0.75))
    s.wall((-3.2, 3.2), (0.95, 1.02), back - 0.01, shade(wall, 0.7))
    s.wall((-0.01, 0.01), (2.2, 2.9), back - 1.2, (0.1, 0.1, 0.1))
    draw_lamp(s, 0.0, 2.15, back - 1.2, size=0.15, power=0.9 if s.light.has_lamps else 0.3)
    draw_beams(s, side * 2.4, 2.5, back - 0.4, reach=1.8, strength=0.13)


def _furniture(s: Stage, *, back: float, side: int, cx: float) -> None:
    s.floor(
        (-2.0, 2.0),
        0.01,
        (back - 2.7, back - 0.9),
        shade(mix(s.scheme.accent, s.scheme.base, 0.5), 0.75),
    )
    s.floor(
        (-1.85, 1.85),
        0.012,
        (back - 2.55, back - 1.05),
        shade(mix(s.scheme.accent, s.scheme.light, 0.4), 0.75),
    )
    sofa = mix(s.scheme.base, (0.4, 0.36, 0.33), 0.35)
    x0 = -side * 0.9
    s.box((x0 - 1.1, x0 + 1.1), (0.1, 0.9), (back - 0.6, back - 0.3), shade(sofa, 0.85))
    s.box((x0 - 1.1, x0 + 1.1), (0.1, 0.46), (back - 1.2, back - 0.6), sofa)
    for k in (-1, 1):
        s.box(
            (x0 + k * 1.15 - 0.13, x0 + k * 1.15 + 0.13),
            (0.08, 0.62),
            (back - 1.25, back - 0.4),
            shade(sofa, 0.92),
        )
        s.wall(
            (x0 + k * 0.5 - 0.22, x0 + k * 0.5 + 0.22),
            (0.48, 0.84),
            back - 0.75,
            shade(s.scheme.accent, 0.9),
            shade(s.scheme.accent, 0.6),
        )
    lx = -side * 2.7
    s.wall((lx - 0.02, lx + 0.02), (0, 1.45), back - 0.6, (0.12, 0.1, 0.1))
    s.face(
        [
            (lx - 0.14, 1.8, back - 0.6),
            (lx + 0.14, 1.8, back - 0.6),
            (lx + 0.26, 1.42, back - 0.6),
            (lx - 0.26, 1.42, back - 0.6),
        ],
        (1.0, 0.86, 0.6),
    )
    s.canvas.glow(
        s.at(lx, 1.6, back - 0.6),
        1.9 * s.camera.scale(back),
        (1.0, 0.72, 0.38),
        strength=0.75 if s.light.has_lamps else 0.4,
    )
    draw_beams(s, cx, 2.3, back - 0.1, reach=1.2, strength=0.13)
