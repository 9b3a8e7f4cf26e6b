"""Inserts: one object, large, on a table top."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from renders.engine.imaging.sketch.easel import METAL, Easel, draw_rect, draw_turned
from renders.engine.imaging.sketch.paint import Point, ellipse, ribbon, spline
from renders.engine.imaging.sketch.palette import mix, shade
from renders.engine.imaging.sketch.props_paper import (
    draw_book,
    draw_evidence,
    draw_letter,
    draw_phone,
    draw_photograph,
    draw_recorder,
)
from renders.engine.imaging.sketch.props_water import draw_raindrop
from renders.engine.imaging.sketch.stage import Stage


def _gavel(e: Easel) -> None:
    wood = e.stage.scheme.warm((0.50, 0.29, 0.15), 0.2)
    block = ellipse(0.12, 0.30, 0.36, 0.12)
    e.cast(block)
    foot = ellipse(0.12, 0.39, 0.36, 0.12)
    e.form([(-0.24, 0.30), (0.48, 0.30), *foot[:25]], shade(wood, 0.6))
    e.form(block, shade(wood, 0.9))
    handle = draw_turned(draw_rect(-0.62, -0.032, 0.1, 0.032), -0.28)
    e.cast(handle)
    e.form(handle, wood, turn=0.02)
    head = [
        (x + 0.12, y - 0.03) for x, y in draw_turned(draw_rect(-0.15, -0.27, 0.15, 0.27), -0.28)
    ]
    e.form(head, shade(wood, 1.15), turn=0.09)
    for y in (-0.27, 0.27):
        end = [(x + 0.12, v - 0.03) for x, v in draw_turned(ellipse(0, y, 0.17, 0.055), -0.28)]
        e.form(end, shade(wood, 1.3 if y < 0 else 0.8), turn=0.02)
    for y in (-0.15, 0.15):
        band = [
            (x + 0.12, v - 0.03)
            for x, v in draw_turned(draw_rect(-0.152, y - 0.022, 0.152, y + 0.022), -0.28)
        ]
        e.form(band, (0.82, 0.65, 0.30), turn=0.03)


def _gun(e: Easel) -> None:
    steel = (0.20, 0.21, 0.24)
    body = [
        (-0.50, -0.22),
        (0.30, -0.22),
        (0.36, -0.18),
        (0.36, -0.04),
        (0.10, 0.0),
        (0.02, 0.10),
        (-0.10, 0.10),
        (-0.14, 0.02),
        (-0.50, -0.05),
    ]
    grip = [(0.10, -0.05), (0.36, -0.06), (0.46, 0.40), (0.22, 0.44)]
    e.cast(body + grip)
    e.form(grip, (0.14, 0.10, 0.09), turn=0.03)
    e.form(body, steel, turn=0.03)
    e.flat(draw_rect(-0.48, -0.21, 0.28, -0.185), (0.5, 0.52, 0.56))
    e.line(spline([(-0.02, 0.09), (0.05, 0.17), (0.16, 0.12)], closed=False), steel, 0.025)
    _tag(e, (0.45, -0.32))


def _tag(e: Easel, place: Point) -> None:
    x, y = place
    e.line(
        spline([(x - 0.12, y + 0.22), (x - 0.08, y + 0.1), (x, y + 0.05)], closed=False),
        (0.85, 0.8, 0.7),
        0.008,
    )
    e.form(
        [(x, y), (x + 0.26, y - 0.06), (x + 0.29, y + 0.10), (x + 0.03, y + 0.16)],
        (0.93, 0.80, 0.42),
        turn=0.015,
    )
    for k in range(3):
        e.line(
            [(x + 0.06, y + 0.03 + k * 0.035), (x + 0.23, y - 0.01 + k * 0.035)],
            (0.3, 0.2, 0.1),
            0.007,
        )


def _key(e: Easel) -> None:
    brass = (0.80, 0.64, 0.30)
    shaft = [
        (-0.1, -0.035),
        (0.5, -0.035),
        (0.5, 0.16),
        (0.44, 0.16),
        (0.44, 0.08),
        (0.38, 0.08),
        (0.38, 0.18),
        (0.31, 0.18),
        (0.31, 0.035),
        (-0.1, 0.035),
    ]
    e.cast(shaft + ellipse(-0.28, 0, 0.2, 0.2))
    e.form(shaft, brass, turn=0.02)
    e.form(ellipse(-0.28, 0.0, 0.21, 0.19), brass, turn=0.04)
    e.form(ellipse(-0.28, 0.0, 0.12, 0.10), shade(brass, 0.3), turn=0.0)


def _watch(e: Easel) -> None:
    strap = (0.22, 0.14, 0.10)
    for k in (-1, 1):
        e.form(
            [(-0.14, k * 0.22), (0.14, k * 0.22), (0.11, k * 0.62), (-0.11, k * 0.62)],
            strap,
            turn=0.03,
        )
    e.cast(ellipse(0, 0, 0.3, 0.3))
    e.form(ellipse(0, 0, 0.31, 0.31), METAL, turn=0.05)
    e.form(ellipse(0, 0, 0.25, 0.25), (0.93, 0.92, 0.87), turn=0.02)
    for i in range(12):
        a = i * math.tau / 12
        e.line(
            [(0.20 * math.sin(a), -0.20 * math.cos(a)), (0.23 * math.sin(a), -0.23 * math.cos(a))],
            (0.1, 0.1, 0.12),
            0.014,
        )
    e.line([(0, 0), (0.09, -0.11)], (0.05, 0.05, 0.07), 0.022)
    e.line([(0, 0), (-0.06, -0.19)], (0.05, 0.05, 0.07), 0.014)
    e.line([(0, 0), (0.12, 0.15)], e.stage.scheme.accent, 0.007)


def _cup(e: Easel) -> None:
    tone = mix((0.90, 0.88, 0.84), e.stage.scheme.light, 0.3)
    e.cast(ellipse(0, 0.36, 0.42, 0.13))
    e.form(ellipse(0, 0.36, 0.46, 0.13), shade(tone, 0.85))
    outer = ellipse(0.34, 0.02, 0.16, 0.17)
    inner = ellipse(0.34, 0.02, 0.095, 0.105)
    e.form(outer, shade(tone, 0.9))
    e.flat(inner, shade(e.stage.scheme.base, 0.35))
    e.form(
        spline(
            [
                (-0.32, -0.24),
                (0.32, -0.24),
                (0.29, 0.12),
                (0.18, 0.36),
                (0.0, 0.39),
                (-0.18, 0.36),
                (-0.29, 0.12),
            ]
        ),
        tone,
        turn=0.10,
    )
    e.form(ellipse(0, -0.24, 0.325, 0.085), shade(tone, 1.05), turn=0.01)
    e.flat(ellipse(0, -0.235, 0.285, 0.066), (0.22, 0.12, 0.07))
    for x in (-0.08, 0.06):
        e.canvas.soft(
            e.ring(
                ribbon(
                    [(x, -0.3), (x + 0.05, -0.42), (x - 0.04, -0.54), (x + 0.03, -0.68)],
                    [0.02, 0.03, 0.03, 0.01],
                )
            ),
            (1, 1, 1),
            alpha=0.3,
            blur=0.02 * e.size,
        )


def _door(e: Easel) -> None:
    wood = e.stage.scheme.warm((0.40, 0.26, 0.16), 0.25)
    e.form(draw_rect(-0.40, -0.75, 0.40, 0.62), shade(wood, 0.5), turn=0.03)
    e.form(draw_rect(-0.34, -0.69, 0.34, 0.62), wood, turn=0.03)
    for y0, y1 in ((-0.6, -0.08), (0.04, 0.52)):
        e.form(draw_rect(-0.24, y0, 0.24, y1), shade(wood, 0.78), turn=-0.03)
    e.form(ellipse(0.27, 0.0, 0.035, 0.035), (0.85, 0.68, 0.32), turn=0.015)


def _umbrella(e: Easel) -> None:
    tone = e.stage.scheme.accent
    e.line([(0.0, -0.5), (0.0, 0.46)], (0.12, 0.1, 0.1), 0.024)
    e.line(
        spline([(0.0, 0.44), (0.02, 0.54), (0.1, 0.55), (0.13, 0.46)], closed=False),
        (0.35, 0.22, 0.14),
        0.034,
    )
    edge = [
        (-0.62, 0.02),
        (-0.41, -0.05),
        (-0.21, 0.01),
        (0.0, -0.05),
        (0.21, 0.01),
        (0.41, -0.05),
        (0.62, 0.02),
    ]
    top = [(0.53, -0.22), (0.32, -0.42), (0.0, -0.5), (-0.32, -0.42), (-0.53, -0.22)]
    e.form([*edge, *spline(top, closed=False)], tone, turn=0.09)
    for x, _y in (edge[2], edge[4]):
        e.line(
            spline([(x, 0.0), (x * 0.75, -0.28), (0, -0.5)], closed=False), shade(tone, 0.55), 0.008
        )


def _ring_prop(e: Easel) -> None:
    gold = (0.90, 0.72, 0.34)
    e.cast(ellipse(0, 0.18, 0.3, 0.2))
    e.form(ellipse(0, 0.14, 0.32, 0.32), gold, turn=0.05)
    e.form(ellipse(0, 0.15, 0.245, 0.255), shade(e.stage.scheme.base, 0.4), turn=0.0)
    gem = [(-0.14, -0.28), (0.14, -0.28), (0.2, -0.2), (0, -0.03), (-0.2, -0.2)]
    e.form(gem, (0.80, 0.92, 1.0), turn=0.05)
    e.flat([(-0.07, -0.2), (0.07, -0.2), (0.0, -0.05)], (1, 1, 1), 0.6)
    e.canvas.glow(e.ring([(0.0, -0.2)])[0], 0.35 * e.size, (0.7, 0.85, 1.0), strength=0.7)


PROPS: tuple[tuple[str, str, Callable[[Easel], None]], ...] = (
    ("gavel", r"gavel", _gavel),
    ("raindrop", r"raindrops?|drop of (?:rain|water)|puddle|ripples?", draw_raindrop),
    ("photograph", r"photo|picture|polaroid|snapshot", draw_photograph),
    ("recorder", r"tape|record|cassette|dictaphone", draw_recorder),
    ("phone", r"phone|mobile|screen|tablet", draw_phone),
    ("letter", r"letter|note|paper|document|contract|envelope|file|verdict|page", draw_letter),
    ("gun", r"gun|pistol|revolver|weapon|knife", _gun),
    ("watch", r"watch|clock", _watch),
    ("cup", r"cup|mug|coffee|tea\b|glass", _cup),
    ("umbrella", r"umbrella", _umbrella),
    ("book", r"book|diary|journal|bible|ledger", draw_book),
    ("door", r"door", _door),
    ("key", r"\bkeys?\b", _key),
    ("ring", r"\bring\b|jewel", _ring_prop),
)


def prop_of(words: str) -> str:
    """Return the name of the sketch for a prop; `evidence` when none is known by that word."""
    return next((name for name, rule, _ in PROPS if re.search(rule, words, re.I)), "evidence")


def draw_insert(stage: Stage, words: str, *, across: float) -> str:
    """Draw the prop large and return the name of its sketch."""
    name = prop_of(words)
    painter = next((draw for known, _, draw in PROPS if known == name), draw_evidence)
    aspect = stage.camera.aspect
    if name not in ("door", "umbrella", "raindrop"):
        wood = stage.scheme.warm((0.30, 0.20, 0.14), 0.3)
        edge = aspect + 1
        stage.canvas.ramp(
            [(-1, 0.2), (edge, 0.2), (edge, 2.0), (-1, 2.0)], shade(wood, 0.55), shade(wood, 1.35)
        )
        for i in range(9):
            y = 0.24 + i * i * 0.017 + i * 0.03
            stage.canvas.line(
                [(-1, y), (edge, y + 0.01)], shade(wood, 0.5), width=0.0016 + 0.0004 * i, alpha=0.5
            )
        pool = ellipse(across * aspect + stage.light.side * 0.15, 0.6, 0.6, 0.36)
        stage.canvas.soft(pool, mix(wood, stage.light.key, 0.55), alpha=0.5, blur=0.12)
    painter(Easel(stage, (across * aspect, 0.56), 0.74 * min(1.0, aspect)))
    return name
