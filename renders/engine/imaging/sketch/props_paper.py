"""Props that are flat or boxed: paper, photograph, telephone, recorder, book, evidence bag."""

from __future__ import annotations

import math

from renders.engine.imaging.sketch.easel import PAPER, Easel, draw_rect, draw_turned
from renders.engine.imaging.sketch.paint import ellipse, spline
from renders.engine.imaging.sketch.palette import (
    mix,
    shade,
)


def draw_letter(e: Easel) -> None:
    sheet = draw_turned(draw_rect(-0.36, -0.48, 0.36, 0.48), -0.14)
    e.cast(sheet)
    e.form(sheet, PAPER, turn=0.03)
    for i in range(11):
        end = 0.28 if i % 4 != 3 else 0.05
        e.line(
            draw_turned([(-0.27, -0.34 + i * 0.06), (end, -0.34 + i * 0.06)], -0.14),
            (0.22, 0.22, 0.34),
            0.011,
        )
    e.line(
        spline(
            draw_turned([(0.0, 0.38), (0.06, 0.32), (0.1, 0.4), (0.16, 0.33), (0.28, 0.37)], -0.14),
            closed=False,
        ),
        (0.15, 0.15, 0.3),
        0.012,
    )
    e.flat(draw_turned(draw_rect(-0.36, -0.01, 0.36, 0.004), -0.14), shade(PAPER, 0.8))


def draw_phone(e: Easel) -> None:
    body = draw_turned(draw_rect(-0.24, -0.48, 0.24, 0.48), 0.16)
    e.cast(body)
    e.form(body, (0.08, 0.08, 0.10), turn=0.02)
    e.flat(
        draw_turned(draw_rect(-0.215, -0.45, 0.215, 0.45), 0.16),
        mix(e.stage.scheme.base, (0.45, 0.75, 1.0), 0.55),
    )
    for i, tone in enumerate(((0.95, 0.96, 1.0), e.stage.scheme.accent, (0.95, 0.96, 1.0))):
        x = -0.17 if i != 1 else -0.05
        e.flat(
            draw_turned(draw_rect(x, -0.22 + i * 0.17, x + 0.22, -0.10 + i * 0.17), 0.16), tone, 0.9
        )
    e.canvas.glow(e.middle, 0.9 * e.size, (0.4, 0.6, 0.85), strength=0.45)


def draw_photograph(e: Easel) -> None:
    card = draw_turned(draw_rect(-0.38, -0.44, 0.38, 0.44), 0.12)
    e.cast(card)
    e.form(card, (0.92, 0.90, 0.85), turn=0.02)
    e.flat(
        draw_turned(draw_rect(-0.32, -0.38, 0.32, 0.26), 0.12),
        mix(e.stage.scheme.base, (0.5, 0.5, 0.48), 0.5),
    )
    for x in (-0.12, 0.13):
        e.flat(
            draw_turned(
                spline(
                    [
                        (x - 0.14, 0.26),
                        (x - 0.12, 0.08),
                        (x, 0.03),
                        (x + 0.12, 0.08),
                        (x + 0.14, 0.26),
                    ]
                ),
                0.12,
            ),
            (0.12, 0.12, 0.15),
        )
        e.flat(draw_turned(ellipse(x, -0.06, 0.072, 0.092), 0.12), (0.72, 0.60, 0.5))
        e.flat(
            draw_turned(
                spline(
                    [
                        (x - 0.08, -0.05),
                        (x - 0.06, -0.15),
                        (x + 0.06, -0.15),
                        (x + 0.08, -0.05),
                        (x, -0.1),
                    ]
                ),
                0.12,
            ),
            (0.14, 0.1, 0.09),
        )


def draw_recorder(e: Easel) -> None:
    body = draw_rect(-0.55, -0.34, 0.55, 0.34)
    e.cast(body)
    e.form(body, (0.17, 0.17, 0.19), turn=0.02)
    e.flat(draw_rect(-0.47, -0.27, 0.47, 0.08), (0.82, 0.76, 0.64))
    e.flat(draw_rect(-0.47, -0.25, 0.47, -0.17), e.stage.scheme.accent)
    e.flat(draw_rect(-0.34, -0.13, 0.34, 0.04), (0.10, 0.10, 0.12))
    for x in (-0.2, 0.2):
        e.form(ellipse(x, -0.045, 0.075, 0.075), (0.85, 0.84, 0.8), turn=0.02)
        for k in range(6):
            a = k * math.tau / 6
            e.line(
                [
                    (x + 0.03 * math.cos(a), -0.045 + 0.03 * math.sin(a)),
                    (x + 0.06 * math.cos(a), -0.045 + 0.06 * math.sin(a)),
                ],
                (0.15, 0.15, 0.15),
                0.012,
            )
    for k in range(5):
        e.form(
            draw_rect(-0.46 + k * 0.155, 0.15, -0.33 + k * 0.155, 0.27),
            (0.42, 0.42, 0.45) if k else (0.75, 0.12, 0.1),
            turn=0.015,
        )
    e.flat(ellipse(0.42, 0.21, 0.025, 0.025), (1.0, 0.2, 0.15))
    e.canvas.glow(e.ring([(0.42, 0.21)])[0], 0.16 * e.size, (1.0, 0.15, 0.1))


def draw_book(e: Easel) -> None:
    tone = mix(e.stage.scheme.accent, e.stage.scheme.base, 0.35)
    e.cast(draw_rect(-0.42, -0.3, 0.42, 0.36))
    e.form([(-0.42, 0.30), (0.36, 0.30), (0.44, 0.38), (-0.34, 0.38)], PAPER)
    e.form(draw_rect(-0.44, -0.46, 0.36, 0.31), tone, turn=0.03)
    e.flat(draw_rect(-0.44, -0.46, -0.36, 0.31), shade(tone, 0.6))
    e.line([*draw_rect(-0.29, -0.39, 0.29, 0.24), (-0.29, -0.39)], (0.85, 0.7, 0.36), 0.010)
    e.flat(draw_rect(-0.18, -0.2, 0.18, -0.15), (0.85, 0.7, 0.36))
    e.flat(draw_rect(-0.12, -0.1, 0.12, -0.07), (0.85, 0.7, 0.36))


def draw_evidence(e: Easel) -> None:
    bag = spline(
        [
            (-0.42, -0.42),
            (0.42, -0.44),
            (0.45, 0.0),
            (0.42, 0.46),
            (0.0, 0.49),
            (-0.43, 0.46),
            (-0.45, 0.0),
        ],
        steps=4,
    )
    e.cast(bag)
    e.form(bag, mix((0.68, 0.72, 0.74), e.stage.scheme.light, 0.3), turn=0.04)
    e.form(
        spline([(-0.18, 0.1), (0.05, 0.0), (0.22, 0.12), (0.14, 0.3), (-0.12, 0.32)]),
        shade(e.stage.scheme.base, 0.6),
        turn=0.04,
    )
    e.flat(draw_rect(-0.42, -0.44, 0.42, -0.34), e.stage.scheme.accent)
    e.flat(draw_rect(-0.32, -0.27, 0.32, -0.04), (0.95, 0.94, 0.9))
    for k in range(3):
        e.line(
            [(-0.27, -0.21 + k * 0.06), (0.27 - 0.12 * (k == 2), -0.21 + k * 0.06)],
            (0.2, 0.2, 0.22),
            0.010,
        )
    e.flat([(-0.36, -0.3), (-0.3, -0.3), (-0.36, 0.4), (-0.39, 0.4)], (1, 1, 1), 0.35)
