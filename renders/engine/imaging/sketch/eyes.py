"""Eyes, lids and brows, moved by the mood."""

from __future__ import annotations

from renders.engine.imaging.sketch.camera import HEAD_METRES
from renders.engine.imaging.sketch.paint import ellipse, spline
from renders.engine.imaging.sketch.palette import (
    Colour,
    luma,
    mix,
    parse_hex,
    shade,
)
from renders.engine.imaging.sketch.pose import Pen, Placement
from renders.engine.imaging.sketch.skull import Head
from renders.engine.imaging.sketch.traits import is_woman


def draw_eye(pen: Pen, head: Head, place: Placement, side: int) -> None:
    mood = place.mood
    tall = 0.031 * mood.open_eyes
    x, y = side * 0.155, 0.505
    near = 1.0 - 0.25 * abs(head.yaw) * (1.0 if side * head.yaw > 0 else 0.0)
    w = 0.078 * near
    almond = spline(
        head.ring(
            [
                (x - w, y + 0.006),
                (x - w * 0.45, y - tall * 0.9),
                (x + w * 0.1, y - tall * 1.1),
                (x + w * 0.6, y - tall * 0.8),
                (x + w, y + 0.002),
                (x + w * 0.5, y + tall * 0.72),
                (x - w * 0.2, y + tall * 0.8),
            ],
            front=True,
        )
    )
    pen.flat(almond, (0.83, 0.81, 0.78))
    hair = parse_hex(place.profile.hair_colour)
    iris_tone = ((0.26, 0.16, 0.09), (0.22, 0.34, 0.44), (0.28, 0.32, 0.18))[
        place.profile.seed % 3 if luma(parse_hex(place.profile.skin_colour)) > 0.6 else 0
    ]
    gaze = x + 0.024 * head.yaw
    h, ring = HEAD_METRES, pen.ring
    cx, cy = head.on(gaze, y - 0.003)
    iris = [p for p in ellipse(cx, cy, 0.036 * h * near, 0.037 * h) if p[1] < cy + tall * h * 0.72]
    iris = [(px, min(py, head.on(0, y - tall * 0.95)[1])) for px, py in iris]
    pen.canvas.poly(ring(iris), mix(pen.lit(iris_tone), (0, 0, 0), 0.1))
    pen.canvas.poly(ring(ellipse(cx, cy, 0.017 * h * near, 0.018 * h)), (0.02, 0.02, 0.03))
    pen.canvas.poly(
        ring(ellipse(cx + 0.012 * h * pen.light.side, cy + 0.012 * h, 0.0085 * h, 0.0085 * h)),
        (1.0, 0.99, 0.95),
    )
    _lids(x, y=y, w=w, tall=tall, place=place, pen=pen, head=head)
    _brow(pen, head, place, side, hair)


def _brow(pen: Pen, head: Head, place: Placement, side: int, hair: Colour) -> None:
    mood, thick = place.mood, 0.016 if is_woman(place.profile) else 0.026
    inner, outer = side * 0.068, side * 0.252
    lift = 0.018 * (mood.open_eyes - 1.0)
    y = 0.418 - lift
    vi, vm, vo = y + 0.034 * mood.tilt, y - 0.022, y + 0.018 - 0.02 * mood.tilt
    ring = [
        (inner, vi - thick * 0.6),
        (side * 0.17, vm - thick * 0.6),
        (outer, vo),
        (side * 0.17, vm + thick * 0.7),
        (inner, vi + thick * 0.75),
    ]
    tone = mix(hair, (0.10, 0.07, 0.06), 0.45) if luma(hair) < 0.62 else shade(hair, 0.62)
    pen.flat(spline(head.ring(ring, front=True)), tone, alpha=0.92)


def _lids(
    x: float, *, y: float, w: float, tall: float, place: Placement, pen: Pen, head: Head
) -> None:
    lid = [
        (x - w * 1.06, y + 0.008),
        (x - w * 0.45, y - tall * 0.98),
        (x + w * 0.1, y - tall * 1.2),
        (x + w * 0.6, y - tall * 0.9),
        (x + w * 1.06, y + 0.002),
    ]
    heavy = 0.0042 if is_woman(place.profile) else 0.0032
    pen.stroke(
        spline(head.ring(lid, front=True), closed=False),
        (0.09, 0.06, 0.06),
        width=heavy,
        alpha=0.95,
    )
    crease = [(u, v - 0.026) for u, v in lid[1:4]]
    pen.stroke(
        spline(head.ring(crease, front=True), closed=False),
        (0.25, 0.13, 0.10),
        width=0.0016,
        alpha=0.5,
    )
    lower = [(x - w * 0.7, y + tall * 0.75), (x, y + tall * 0.95), (x + w * 0.8, y + tall * 0.6)]
    pen.stroke(
        spline(head.ring(lower, front=True), closed=False),
        (0.35, 0.18, 0.14),
        width=0.0014,
        alpha=0.5,
    )
