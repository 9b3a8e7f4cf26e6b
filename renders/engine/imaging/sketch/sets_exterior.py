"""Places under the sky: street, forest, park, roof, and a plain open place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renders.engine.imaging.sketch.paint import ellipse, spline
from renders.engine.imaging.sketch.palette import Colour, at_luma, mix, shade
from renders.engine.imaging.sketch.sky import draw_ground, draw_sky, draw_skyline
from renders.engine.imaging.sketch.stage import Stage

if TYPE_CHECKING:
    pass


def forest(s: Stage) -> None:
    """Paint a wood or park: trunks in depth, crowns, grass, light through the leaves."""
    draw_sky(s)
    s.haze_metres = 24.0
    green = s.scheme.tint((0.22, 0.33, 0.19), 0.35)
    draw_ground(s, shade(green, 0.65), mix(shade(green, 1.2), s.light.haze, 0.4))
    path = [
        s.at(-0.9, 0, max(0.4, s.back * 0.4)),
        s.at(1.1, 0, max(0.4, s.back * 0.4)),
        s.at(1.6, 0, s.back + 40),
        s.at(1.1, 0, s.back + 40),
    ]
    s.canvas.ramp(
        path,
        mix(s.scheme.warm((0.52, 0.44, 0.34), 0.2), s.light.haze, 0.5),
        s.scheme.warm((0.5, 0.41, 0.3), 0.2),
    )
    for z in (s.back + 40, s.back + 26, s.back + 17, s.back + 10.5, s.back + 6, s.back + 3):
        half = s.camera.half_width(z) * 1.25 + 1
        count = 15 if z > s.back + 15 else 8
        for i in range(count):
            x = -half + 2 * half * (i + s.rng.uniform(0.1, 0.9)) / count
            if abs(x) < 1.5 and z < s.back + 24:
                continue
            _tree(s, x, z, green)
    if not s.light.is_night:
        for k in range(5):
            x = (-0.8 + 0.55 * k) * s.light.side
            ring = [
                s.at(x + s.light.side * 3.0, 9, s.back + 9),
                s.at(x + s.light.side * 3.7, 9, s.back + 9),
                s.at(x - 0.3, 0, s.back + 5),
                s.at(x - 1.3, 0, s.back + 5),
            ]
            s.canvas.soft(ring, at_luma(s.light.key, 0.9), alpha=0.15, blur=0.016)


def _tree(s: Stage, x: float, z: float, green: Colour) -> None:
    bark = s.scheme.warm((0.20, 0.15, 0.12), 0.15)
    r = s.rng.uniform(0.12, 0.24)
    s.face([(x - r, 0, z), (x - r * 0.55, 6.5, z), (x + r * 0.55, 6.5, z), (x + r, 0, z)], bark)
    lit = s.light.side
    s.face(
        [
            (x + lit * r * 0.35, 0, z - 0.01),
            (x + lit * r * 0.2, 6.5, z - 0.01),
            (x + lit * r * 0.55, 6.5, z - 0.01),
            (x + lit * r, 0, z - 0.01),
        ],
        shade(bark, 1.9),
    )
    k = s.camera.scale(z)
    for j in range(5):
        cx, cy = s.at(x + s.rng.uniform(-1.3, 1.3), 4.4 + j * 0.75 + s.rng.uniform(-0.3, 0.3), z)
        rad = s.rng.uniform(0.8, 1.5) * k
        blob = spline(
            [
                (cx + rad * px * s.rng.uniform(0.75, 1.2), cy + rad * py * s.rng.uniform(0.6, 0.9))
                for px, py in (
                    (1, 0),
                    (0.7, 0.7),
                    (0, 1),
                    (-0.7, 0.7),
                    (-1, 0),
                    (-0.7, -0.7),
                    (0, -1),
                    (0.7, -0.7),
                )
            ],
            steps=4,
        )
        s.canvas.poly(blob, s.far(shade(green, s.rng.uniform(0.55, 0.95)), z))
        s.canvas.poly(
            [
                (px * 0.6 + (cx + lit * rad * 0.28) * 0.4, py * 0.6 + (cy - rad * 0.25) * 0.4)
                for px, py in blob
            ],
            s.far(shade(green, s.rng.uniform(1.1, 1.5)), z),
            alpha=0.8,
        )


def rooftop(s: Stage) -> None:
    """Paint a roof over the city: parapet, tank, vents, skyline in layers."""
    draw_sky(s)
    s.haze_metres = 70.0
    draw_ground(s, shade(s.light.haze, 0.5), s.light.haze)
    for z, share in ((s.back + 120, 0.6), (s.back + 70, 0.3), (s.back + 38, 0.0)):
        tone = mix(
            s.scheme.tint((0.2, 0.22, 0.27) if s.light.is_night else (0.45, 0.46, 0.5), 0.55),
            s.light.haze,
            share,
        )
        draw_skyline(s, z, tone, low=1.0 + z * 0.03, high=3.0 + z * 0.17)
    stone = s.scheme.tint((0.30, 0.29, 0.29), 0.4)
    edge = s.back + 3.5
    s.ramp(
        [(-40, 0, 0.2), (40, 0, 0.2), (40, 0, edge), (-40, 0, edge)],
        shade(stone, 1.15),
        shade(stone, 0.7),
    )
    s.box((-40, 40), (0.0, 0.95), (edge, edge + 0.3), shade(stone, 0.8))
    s.wall((-40, 40), (0.92, 1.02), edge - 0.05, shade(stone, 1.3))
    x = -s.light.side * 3.6
    s.box((x - 0.9, x + 0.9), (0, 1.5), (edge - 1.4, edge - 0.4), shade(stone, 0.9))
    s.box(
        (x - 1.1, x + 1.1),
        (1.5, 3.6),
        (edge - 1.5, edge - 0.3),
        s.scheme.warm((0.32, 0.24, 0.18), 0.25),
    )
    s.box((-x * 0.7 - 0.4, -x * 0.7 + 0.4), (0, 0.7), (edge - 1.0, edge - 0.4), shade(stone, 1.1))


def inside_car(s: Stage) -> None:
    """Paint the inside of a car: side glass with the world running by, pillars, seat backs."""
    draw_sky(s)
    draw_skyline(
        s, s.back + 20, mix(s.scheme.tint((0.2, 0.22, 0.25), 0.5), s.light.haze, 0.3), low=2, high=8
    )
    for _ in range(14):
        p = (s.rng.uniform(0, s.camera.aspect), s.rng.uniform(0.2, 0.6))
        r = s.rng.uniform(0.012, 0.04)
        s.canvas.poly(
            ellipse(*p, r, r),
            mix(s.scheme.accent, (1.0, 0.85, 0.5), s.rng.uniform(0, 1)),
            alpha=0.35 if s.light.has_lamps else 0.1,
        )
    z, dark = s.back + 0.7, s.scheme.tint((0.08, 0.08, 0.09), 0.3)
    s.wall((-9, 9), (1.95, 6), z, dark)
    s.wall((-9, 9), (-3, 1.15), z, shade(dark, 1.5), shade(dark, 0.6))
    for x in (-1.25, 0.0, 1.25):
        s.face(
            [
                (x - 0.07, 2.1, z - 0.1),
                (x + 0.05, 2.1, z - 0.1),
                (x + 0.13, 1.1, z - 0.1),
                (x, 1.1, z - 0.1),
            ],
            dark,
        )
    seat = s.scheme.tint((0.22, 0.2, 0.2), 0.4)
    for x in (-0.62, 0.62):
        s.canvas.poly(
            spline(
                [
                    s.at(x + px, py, z - 0.2)
                    for px, py in (
                        (-0.34, 0.2),
                        (-0.33, 1.25),
                        (-0.15, 1.38),
                        (-0.14, 1.62),
                        (0.14, 1.62),
                        (0.15, 1.38),
                        (0.33, 1.25),
                        (0.34, 0.2),
                    )
                ]
            ),
            seat,
        )


def open_place(s: Stage) -> None:
    """Paint an open place: far hills or town, a wall of trees, paving."""
    draw_sky(s)
    ground = s.scheme.tint((0.46, 0.44, 0.38), 0.4)
    draw_ground(s, shade(ground, 0.75), mix(ground, s.light.haze, 0.5))
    for k, (y, share) in enumerate(((0.13, 0.75), (0.08, 0.5), (0.045, 0.25))):
        pts = [(-1.0 + i * 0.3, s.camera.horizon - y * s.rng.uniform(0.4, 1.2)) for i in range(14)]
        tone = mix(s.scheme.tint((0.30, 0.36, 0.34), 0.5), s.light.haze, share)
        s.canvas.poly(
            [
                *spline(pts, closed=False),
                (4.0, s.camera.horizon + 0.01),
                (-1.0, s.camera.horizon + 0.01),
            ],
            shade(tone, 0.9 - 0.1 * k),
        )
    green = s.scheme.tint((0.24, 0.32, 0.2), 0.4)
    for _ in range(8):
        x = s.rng.uniform(-14, 14)
        if abs(x) > 3:
            _tree(s, x, s.back + s.rng.uniform(12, 24), green)
    for i in range(1, 10):
        z = 0.8 + i * i * 0.55
        s.floor((-60, 60), 0.0, (z, z * 1.012), shade(ground, 0.7), alpha=0.5)
