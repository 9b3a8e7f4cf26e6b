"""The city street: facades, signs, wet ground that mirrors them, lamps, a far car."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renders.engine.imaging.sketch.paint import ellipse
from renders.engine.imaging.sketch.palette import (
    Colour,
    at_luma,
    mix,
    shade,
)
from renders.engine.imaging.sketch.sky import draw_ground, draw_sky, draw_skyline
from renders.engine.imaging.sketch.stage import Stage

if TYPE_CHECKING:
    import numpy as np


def neon_street(s: Stage) -> None:
    """Paint a city street: facades to the vanishing point, signs, wet ground that mirrors them, lamps, a far car."""
    draw_sky(s)
    s.haze_metres = 46.0
    seed = int(s.rng.integers(2**31))
    draw_skyline(s, s.back + 60.0, shade(s.light.haze, 0.8), low=16, high=40)
    wet = s.light.is_night or bool(s.brief.weather)
    stone = s.scheme.tint((0.12, 0.13, 0.17) if s.light.is_night else (0.52, 0.50, 0.48), 0.5)
    draw_ground(s, shade(stone, 0.55), shade(stone, 0.9))
    if wet:
        s.mirror = True
        _facades(s, seed, stone)
        s.mirror = False
        s.canvas.smear(max(0.0, s.camera.horizon), 1.0, across=0.004, down=0.022)
        edge = s.camera.aspect + 1
        s.canvas.poly(
            [(-1, s.camera.horizon), (edge, s.camera.horizon), (edge, 2), (-1, 2)],
            shade(stone, 0.6),
            alpha=0.34 if s.light.is_night else 0.74,
        )
        draw_skyline(s, s.back + 60.0, shade(s.light.haze, 0.8), low=14, high=34)
    _facades(s, seed, stone)
    for side in (-1, 1):
        s.floor(
            (min(side * 3.4, side * 6.2), max(side * 3.4, side * 6.2)),
            0.12,
            (0.3, s.back + 60),
            shade(stone, 0.75),
            alpha=0.55 if wet else 1.0,
        )
    if wet:
        _puddles(s)
    _street_lamps(s)
    _far_car(s)


def _facades(s: Stage, seed: int, stone: Colour) -> None:
    import numpy as np

    rng = np.random.default_rng(seed)
    neon = (
        s.scheme.accent,
        mix(s.scheme.base, (0.2, 0.9, 1.0), 0.55),
        mix(s.scheme.accent, (1.0, 0.2, 0.7), 0.5),
        at_luma(s.scheme.light, 0.85),
        (1.0, 0.72, 0.25),
    )
    for k in range(8, -1, -1):
        z0 = 1.2 + k * 6.5
        for side in (-1, 1):
            tall = rng.uniform(8, 19)
            tone = shade(stone, rng.uniform(0.65, 1.15) * (0.8 if side == s.light.side else 1.1))
            x = side * (6.2 + rng.uniform(-0.15, 0.5))
            s.side(x, (0, tall), (z0, z0 + 6.4), tone)
            s.side(x * 0.998, (3.2, 3.5), (z0, z0 + 6.4), shade(tone, 0.55))
            _windows(s, rng, x * 0.997, z0, tall, tone)
            pick = neon[int(rng.integers(len(neon)))]
            s.side(
                x * 0.995,
                (0.3, 2.9),
                (z0 + 0.5, z0 + 5.6),
                shade(mix(pick, (1.0, 0.85, 0.6), 0.55), 0.95 if s.light.is_night else 0.45),
            )
            for j in range(4):
                z = z0 + 0.5 + j * 1.4
                s.side(x * 0.994, (0.3, 2.9), (z, z + 0.12), shade(tone, 0.4))
            _sign(s, rng, x, z0 + rng.uniform(1.0, 4.5), neon[int(rng.integers(len(neon)))])


def _windows(
    s: Stage, rng: np.random.Generator, x: float, z0: float, tall: float, tone: Colour
) -> None:
    rows = int((tall - 4.2) / 1.7)
    for r in range(rows):
        for j in range(4):
            z = z0 + 0.5 + j * 1.5
            on = rng.uniform() < (0.36 if s.light.is_night else 0.0)
            lit = (
                mix((1.0, 0.78, 0.42), s.scheme.light, 0.35)
                if rng.uniform() < 0.7
                else mix(s.scheme.base, (0.6, 0.9, 1.0), 0.6)
            )
            glass = (
                shade(lit, rng.uniform(0.55, 0.95))
                if on
                else mix(shade(tone, 0.55), s.light.sky_top, 0.3)
            )
            s.side(x, (4.2 + r * 1.7, 5.3 + r * 1.7), (z, z + 0.85), glass)


def _sign(s: Stage, rng: np.random.Generator, x: float, z: float, tone: Colour) -> None:
    inward = -0.95 if x > 0 else 0.95
    low, tall = rng.uniform(3.4, 4.6), rng.uniform(1.6, 3.6)
    bright = 1.0 if s.light.is_night else 0.6
    a, b = sorted((x, x + inward))
    s.wall((a, b), (low, low + tall), z, shade(tone, 0.28))
    s.wall(
        (a + 0.06, b - 0.06),
        (low + 0.06, low + tall - 0.06),
        z - 0.02,
        shade(mix(tone, (0.05, 0.05, 0.08), 0.62), bright),
    )
    count = max(2, int(tall / 0.62))
    for i in range(count):
        y = low + 0.16 + i * (tall - 0.2) / count
        top = y + (tall - 0.2) / count * 0.72
        hot = mix(tone, (1, 1, 1), 0.5)
        s.wall((a + 0.2, b - 0.2), (top - 0.09, top), z - 0.03, hot)
        if rng.uniform() < 0.7:
            s.wall((a + 0.2, a + 0.3), (y, top), z - 0.03, hot)
        if rng.uniform() < 0.6:
            s.wall((b - 0.3, b - 0.2), (y, top), z - 0.03, hot)
        if rng.uniform() < 0.7:
            s.wall((a + 0.2, b - 0.2), (y, y + 0.09), z - 0.03, hot)
    if s.light.is_night:
        k = s.camera.scale(z)
        s.canvas.glow(s.at((a + b) / 2, low + tall / 2, z), 3.4 * k, tone, strength=0.62)
        s.canvas.glow(s.at((a + b) / 2, low + tall / 2, z), 1.5 * k, tone, strength=0.8)


def _puddles(s: Stage) -> None:
    for _ in range(16):
        z = s.back * 0.45 + float(s.rng.exponential(6.0)) + 0.7
        x, r = s.rng.uniform(-3.2, 3.2), s.rng.uniform(0.25, 0.9)
        ring = [s.at(x + px, 0.0, max(0.3, z + pz)) for px, pz in ellipse(0, 0, r, r * 0.7)]
        s.canvas.poly(ring, mix(s.light.sky_low, s.scheme.accent, 0.35), alpha=0.12)
        s.canvas.line([*ring[2:20]], mix(s.light.rim, (1, 1, 1), 0.3), width=0.0016, alpha=0.30)


def _street_lamps(s: Stage) -> None:
    for k in range(5, -1, -1):
        z = s.back + 1.5 + k * 7.0
        for side in (-1, 1):
            x = side * 3.9
            s.wall((x - 0.06, x + 0.06), (0, 5.2), z, (0.05, 0.05, 0.06))
            a, b = sorted((x, x - side * 1.1))
            s.wall((a, b), (5.14, 5.24), z, (0.05, 0.05, 0.06))
            s.wall((x - side * 1.1 - 0.2, x - side * 1.1 + 0.2), (5.02, 5.16), z, (1.0, 0.9, 0.68))
            if s.light.has_lamps:
                s.canvas.glow(
                    s.at(x - side * 1.1, 5.0, z),
                    1.9 * s.camera.scale(z),
                    (1.0, 0.78, 0.45),
                    strength=0.75,
                )


def _far_car(s: Stage) -> None:
    z, x = s.back + 13.0, -s.light.side * 1.6
    k, dark = s.camera.scale(z), (0.06, 0.06, 0.08)
    s.face([(x - 0.65, 1.4, z), (x + 0.65, 1.4, z), (x + 0.85, 0.95, z), (x - 0.85, 0.95, z)], dark)
    s.wall((x - 0.95, x + 0.95), (0.28, 0.98), z, (0.10, 0.10, 0.13), dark)
    for side in (-1, 1):
        lamp = s.at(x + side * 0.68, 0.68, z)
        s.canvas.poly(ellipse(*lamp, 0.14 * k, 0.11 * k), (1.0, 0.97, 0.86))
        s.canvas.glow(lamp, 2.4 * k, (1.0, 0.93, 0.75), strength=0.8 if s.light.has_lamps else 0.2)
        low = s.at(x + side * 0.68, -0.7, z)
        s.canvas.soft(
            ellipse(low[0], low[1] + 0.35 * k, 0.13 * k, 0.9 * k),
            (1.0, 0.9, 0.7),
            alpha=0.4 if s.light.has_lamps else 0.0,
            blur=0.006,
        )
