"""What every place outside has: sky, ground, skyline."""

from __future__ import annotations

from renders.engine.imaging.sketch.paint import ellipse
from renders.engine.imaging.sketch.palette import (
    Colour,
    mix,
    shade,
)
from renders.engine.imaging.sketch.stage import Stage


def draw_sky(s: Stage) -> None:
    edge = s.camera.aspect + 1.0
    hor = max(0.02, s.camera.horizon)
    s.canvas.poly([(-1, -1), (edge, -1), (edge, 2), (-1, 2)], s.light.sky_top)
    s.canvas.ramp(
        [(-1, hor - 1.0), (edge, hor - 1.0), (edge, hor + 0.02), (-1, hor + 0.02)],
        s.light.sky_top,
        s.light.sky_low,
    )
    x = s.camera.vanish - s.light.side * -0.45
    if s.light.is_night:
        s.canvas.poly(ellipse(x, hor - 0.36, 0.034, 0.034), (0.86, 0.90, 0.95))
        s.canvas.glow((x, hor - 0.36), 0.35, (0.5, 0.6, 0.8), strength=0.5)
    else:
        s.canvas.glow((x, hor - 0.12), 0.9, shade(s.light.key, 0.7), strength=0.75)
        for _ in range(7):
            cx, cy = s.rng.uniform(-0.1, s.camera.aspect), hor - s.rng.uniform(0.1, 0.5)
            wide = s.rng.uniform(0.12, 0.34)
            s.canvas.soft(
                ellipse(cx, cy, wide, wide * 0.14),
                mix(s.light.sky_low, (1, 1, 1), 0.45),
                alpha=0.5,
                blur=0.02,
            )


def draw_ground(s: Stage, near: Colour, far: Colour) -> None:
    edge = s.camera.aspect + 1.0
    s.canvas.ramp(
        [(-1, s.camera.horizon), (edge, s.camera.horizon), (edge, 1.9), (-1, 1.9)], far, near
    )


def draw_skyline(s: Stage, z: float, tone: Colour, *, low: float, high: float) -> None:
    half = s.camera.half_width(z) * 1.3 + 4
    x = -half
    while x < half:
        wide = s.rng.uniform(0.08, 0.2) * half * 0.8
        top = s.rng.uniform(low, high)
        s.wall((x, x + wide), (0, top), z, tone, mix(tone, s.light.haze, 0.45))
        if s.light.is_night:
            for _ in range(10):
                px, py = s.rng.uniform(x, x + wide * 0.9), s.rng.uniform(top * 0.1, top * 0.93)
                s.wall(
                    (px, px + wide * 0.06),
                    (py, py + top * 0.025),
                    z - 0.1,
                    mix((1.0, 0.8, 0.45), s.scheme.light, 0.3),
                )
        x += wide * s.rng.uniform(0.92, 1.15)
