"""Inserts of water: a drop on a dark surface, the rings it makes and the light that lies on them."""

from __future__ import annotations

import math

from renders.engine.imaging.sketch.easel import Easel
from renders.engine.imaging.sketch.paint import ellipse, spline
from renders.engine.imaging.sketch.palette import Colour, mix, shade

RINGS: tuple[float, ...] = (0.98, 0.74, 0.52, 0.34)
"""Half widths of the rings in shares of the prop's size, from the oldest. House choice."""

FLATTENED = 0.30
"""Height of a ring over its width, as the water is seen from a man's height. House choice."""


def draw_raindrop(e: Easel) -> None:
    """Draw the drop's crown on black water, rings round it, with the set's lights smeared down the surface."""
    _water(e)
    rim, deep = mix(e.stage.light.key, (0.62, 0.72, 0.82), 0.5), shade(e.stage.scheme.base, 0.16)
    for number, half in enumerate(RINGS):
        bright = 0.30 + 0.12 * number
        thick = 0.020 + 0.006 * number
        _ring(e, half, thick, shade(deep, 0.35), lower=thick * 0.9, alpha=0.55)
        _ring(e, half, thick * 0.55, shade(rim, bright + 0.3), alpha=0.5 + 0.13 * number)
    e.canvas.soft(
        e.ring(ellipse(0.0, 0.28, 0.19, 0.19 * FLATTENED)), shade(rim, 0.55), alpha=0.7, blur=0.03
    )
    _crown(e, rim)


def _ring(
    e: Easel, half: float, thick: float, tone: Colour, *, alpha: float, lower: float = 0.0
) -> None:
    """Lay a soft ring, a band between two ellipses, the one side lit more than the other."""
    outer = ellipse(0.0, 0.28 + lower, half + thick, (half + thick) * FLATTENED)
    inner = ellipse(0.0, 0.28 + lower, half - thick, (half - thick) * FLATTENED)
    for start in range(0, 48, 6):
        piece = [outer[(start + k) % 48] for k in range(7)]
        piece += [inner[(start + k) % 48] for k in range(6, -1, -1)]
        turn = math.cos((start + 3) / 48 * math.tau) * e.side
        lit = alpha * (0.65 - 0.35 * turn)
        e.canvas.soft(e.ring(piece), tone, alpha=lit, blur=0.006 * e.size)


def _water(e: Easel) -> None:
    edge = e.stage.canvas.aspect + 1
    black = shade(mix(e.stage.scheme.base, (0.05, 0.08, 0.12), 0.6), 0.35)
    e.canvas.ramp(
        [(-1, -0.2), (edge, -0.2), (edge, 1.4), (-1, 1.4)], shade(black, 2.2), shade(black, 0.6)
    )
    lights: tuple[tuple[float, Colour, float], ...] = (
        (-0.95, e.stage.scheme.accent, 0.16),
        (-0.42, e.stage.light.key, 0.10),
        (0.55, e.stage.scheme.light, 0.20),
        (1.02, e.stage.scheme.accent, 0.12),
    )
    for x, tone, half in lights:
        smear = ellipse(x, -0.15, half, 0.95)
        e.canvas.soft(e.ring(smear), tone, alpha=0.38, blur=0.09 * e.size)


def _crown(e: Easel, rim: Colour) -> None:
    column = spline(
        [
            (-0.17, 0.295),
            (-0.07, 0.24),
            (-0.04, 0.10),
            (-0.026, -0.06),
            (0.026, -0.06),
            (0.04, 0.10),
            (0.07, 0.24),
            (0.17, 0.295),
        ],
        closed=False,
    )
    e.form(column, shade(rim, 0.75), turn=0.03)
    drop = spline(
        [(0.0, -0.36), (0.075, -0.20), (0.06, -0.12), (0.0, -0.09), (-0.06, -0.12), (-0.075, -0.20)]
    )
    e.form(drop, shade(rim, 0.95), turn=0.03)
    e.flat(ellipse(-0.022 * e.side - 0.01, -0.17, 0.016, 0.034), (1.0, 1.0, 1.0), 0.85)
    for x, y, half in ((-0.24, 0.10, 0.022), (0.27, 0.04, 0.018), (0.17, -0.10, 0.013)):
        e.form(ellipse(x, y, half, half), rim, turn=0.02)
