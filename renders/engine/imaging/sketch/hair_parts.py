"""Shared strokes of all hair: the cap on the skull, its sheen, its strands."""

from __future__ import annotations

from renders.engine.imaging.sketch.camera import HEAD_METRES
from renders.engine.imaging.sketch.paint import Point, spline
from renders.engine.imaging.sketch.palette import (
    Colour,
    mix,
    shade,
)
from renders.engine.imaging.sketch.pose import Pen
from renders.engine.imaging.sketch.skull import Head, outline


def draw_cap(head: Head, *, puff: float, line: list[Point], low: float) -> list[Point]:
    y = head.yaw
    rim = [
        (u * (1.0 + puff), (v - 0.5) * (1.0 + puff * 1.25) + 0.5)
        for u, v in outline(y, narrow=0.0)
        if v <= 0.41
    ]
    left = sorted((p for p in rim if p[0] < -0.04 * y - 0.02), key=lambda p: -p[1])
    right = sorted((p for p in rim if p[0] >= -0.04 * y - 0.02), key=lambda p: p[1])
    wide = 0.35 * (1.0 + puff)
    far_l = (-wide - 0.01 * y, low)
    far_r = (wide - 0.01 * y, low)
    front = [(u + 0.115 * y, v) for u, v in line]
    return [far_l, *left, *right, far_r, *front]


def draw_fill(
    pen: Pen, head: Head, ring: list[Point], tone: Colour, *, turn: float = 0.03
) -> list[Point]:
    shape = spline(head.ring(ring), steps=6)
    pen.form(shape, tone, turn=turn, blur=0.014)
    side = pen.light.side
    sheen = spline(
        head.ring(
            [(side * 0.06, 0.03), (side * 0.22, 0.06), (side * 0.29, 0.17), (side * 0.2, 0.12)]
        )
    )
    pen.canvas.soft(
        pen.ring(sheen),
        pen.lit(mix(tone, (1.0, 0.95, 0.85), 0.42)),
        alpha=0.6,
        blur=0.007 * pen.scale,
        inside=pen.ring(shape),
    )
    return shape


def draw_strands(pen: Pen, head: Head, tone: Colour, curves: list[list[Point]]) -> None:
    if pen.pixels * HEAD_METRES < 90:
        return
    for curve in curves:
        pts = spline(head.ring([(u + 0.06 * head.yaw, v) for u, v in curve]), closed=False)
        pen.stroke(pts, shade(tone, 0.55), width=0.0022, alpha=0.55)
