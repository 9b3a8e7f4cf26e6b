"""The head of a figure: skull and jaw, planes of shadow, eyes, brows, nose and mouth. Units are head heights, v down."""

from __future__ import annotations

import re

from renders.engine.imaging.sketch.camera import HEAD_METRES
from renders.engine.imaging.sketch.eyes import draw_eye
from renders.engine.imaging.sketch.paint import Point, ellipse, spline
from renders.engine.imaging.sketch.palette import Colour, mix, parse_hex, shade
from renders.engine.imaging.sketch.pose import Pen, Placement
from renders.engine.imaging.sketch.skull import Head, outline
from renders.engine.imaging.sketch.traits import is_woman


def draw_head(pen: Pen, place: Placement, *, crown: float) -> Head:
    """Draw ears, skull and face and return the frame that hair is laid on."""
    person = place.profile
    woman = is_woman(person)
    head = Head(crown, place.yaw, 0.97 if woman else 1.02)
    skin = parse_hex(person.skin_colour)
    skull = spline(head.ring(outline(place.yaw, narrow=0.035 if woman else 0.0)))
    for side in (-1, 1):
        if place.yaw * side < 0.35:
            ear = spline(
                head.ring(
                    [
                        (side * 0.325 - 0.02 * place.yaw, 0.44),
                        (side * 0.40 - 0.07 * place.yaw, 0.43),
                        (side * 0.405 - 0.07 * place.yaw, 0.55),
                        (side * 0.345 - 0.03 * place.yaw, 0.66),
                    ]
                )
            )
            pen.form(ear, mix(skin, (0.75, 0.35, 0.28), 0.14), turn=0.012, blur=0.006)
    pen.form(skull, skin, turn=0.062, blur=0.018)
    if place.is_back:
        return head
    if pen.pixels * HEAD_METRES >= 22:
        _planes(pen, head, skull, skin)
        _nose(pen, head, skin)
        _mouth(pen, head, place, skin)
        for side in (-1, 1):
            draw_eye(pen, head, place, side)
        _extras(pen, head, place)
    elif pen.pixels * HEAD_METRES >= 9:
        _dabs(pen, head)
    return head


def _dabs(pen: Pen, head: Head) -> None:
    for side in (-1, 1):
        pen.flat(
            spline(
                head.ring(
                    [
                        (side * 0.15 - 0.07, 0.45),
                        (side * 0.15 + 0.07, 0.45),
                        (side * 0.15 + 0.06, 0.53),
                        (side * 0.15 - 0.06, 0.53),
                    ],
                    front=True,
                )
            ),
            (0.12, 0.08, 0.08),
            alpha=0.55,
        )
    pen.flat(
        spline(head.ring([(-0.1, 0.79), (0.1, 0.79), (0.07, 0.83), (-0.07, 0.83)], front=True)),
        (0.4, 0.12, 0.12),
        alpha=0.5,
    )


def _planes(pen: Pen, head: Head, skull: list[Point], skin: Colour) -> None:
    side = pen.light.side
    h = HEAD_METRES
    for eye in (-1, 1):
        socket = ellipse(*head.on(eye * 0.155, 0.475), 0.115 * h, 0.075 * h)
        pen.shadow(socket, inside=skull, blur=0.022 * h, alpha=0.30)
    cheek = ellipse(*head.on(side * 0.17, 0.63), 0.11 * h, 0.075 * h)
    pen.canvas.soft(
        pen.ring(cheek),
        pen.lit(mix(skin, (0.95, 0.40, 0.32), 0.42)),
        alpha=0.5,
        blur=0.05 * h * pen.scale,
        inside=pen.ring(skull),
    )
    glow = ellipse(*head.on(side * 0.11, 0.27), 0.15 * h, 0.09 * h)
    pen.canvas.soft(
        pen.ring(glow),
        pen.lit(mix(skin, (1.0, 0.97, 0.9), 0.5)),
        alpha=0.45,
        blur=0.06 * h * pen.scale,
        inside=pen.ring(skull),
    )
    hollow = head.ring(
        [(-side * 0.2, 0.60), (-side * 0.33, 0.55), (-side * 0.30, 0.84), (-side * 0.15, 0.93)],
        front=True,
    )
    pen.shadow(spline(hollow), inside=skull, blur=0.035 * h, alpha=0.22)
    brow_line = head.ring([(-0.4, -0.1), (0.4, -0.1), (0.4, 0.2), (0.0, 0.15), (-0.4, 0.2)])
    pen.shadow(brow_line, inside=skull, blur=0.03 * h, alpha=0.25)


def _nose(pen: Pen, head: Head, skin: Colour) -> None:
    dark, yaw = -pen.light.side, head.yaw
    tip = 0.055 * yaw
    wedge = spline(
        head.ring(
            [
                (0.035 * dark, 0.44),
                (0.045 * dark + tip * 0.4, 0.56),
                (0.085 * dark + tip, 0.675),
                (0.055 * dark + tip, 0.715),
                (0.0 + tip, 0.705),
                (0.015 * dark + tip, 0.64),
                (0.012 * dark, 0.52),
            ],
            front=True,
        )
    )
    tone = pen.dim(skin)
    pen.canvas.poly(pen.ring(wedge), mix(tone, pen.lit(skin), 0.35), alpha=0.72)
    under = spline(
        head.ring(
            [
                (-0.075 + tip, 0.695),
                (tip, 0.715),
                (0.075 + tip, 0.695),
                (0.05 + tip, 0.735),
                (tip, 0.745),
                (-0.05 + tip, 0.735),
            ],
            front=True,
        )
    )
    pen.canvas.poly(pen.ring(under), shade(tone, 0.82), alpha=0.7)
    for side in (-1, 1):
        nostril = ellipse(*head.on(side * 0.038 + tip, 0.712), 0.004, 0.0022)
        pen.canvas.poly(pen.ring(nostril), shade(tone, 0.4), alpha=0.8)
    light = spline(
        head.ring(
            [
                (-0.012 * dark + tip * 0.6, 0.52),
                (-0.03 * dark + tip, 0.64),
                (-0.02 * dark + tip, 0.675),
                (-0.005 * dark + tip, 0.62),
            ],
            front=True,
        )
    )
    pen.canvas.poly(pen.ring(light), mix(pen.lit(skin), (1.0, 0.98, 0.94), 0.35), alpha=0.55)


def _mouth(pen: Pen, head: Head, place: Placement, skin: Colour) -> None:
    mood, woman = place.mood, is_woman(place.profile)
    up = 0.026 * mood.curve
    wide = 0.135 + 0.02 * max(0.0, mood.curve)
    drop = 0.05 if place.is_speaking else 0.0
    lip = mix(skin, (0.62, 0.16, 0.17), 0.52 if woman else 0.34)
    full = 1.25 if woman else 0.9
    mid, tip = 0.815, 0.03 * head.yaw
    left, right = (-wide + tip, mid - up), (wide + tip, mid - up)
    if drop:
        _gape(head, left=left, right=right, tip=tip, mid=mid, drop=drop, up=up, pen=pen)
    upper = spline(
        head.ring(
            [
                left,
                (-0.05 + tip, mid - 0.026 * full - up * 0.1),
                (tip, mid - 0.014 * full),
                (0.05 + tip, mid - 0.026 * full - up * 0.1),
                right,
                (0.06 + tip, mid + 0.004 + up * 0.5),
                (tip, mid + 0.006 + up * 0.5),
                (-0.06 + tip, mid + 0.004 + up * 0.5),
            ],
            front=True,
        )
    )
    pen.canvas.poly(pen.ring(upper), mix(pen.dim(lip), pen.lit(lip), 0.45), alpha=0.9)
    low = mid + drop
    lower = spline(
        head.ring(
            [
                (-wide * 0.82 + tip, mid + 0.004 - up * 0.8 + drop * 0.6),
                (tip, low + 0.01 + up * 0.5),
                (wide * 0.82 + tip, mid + 0.004 - up * 0.8 + drop * 0.6),
                (0.065 + tip, low + 0.04 * full),
                (tip, low + 0.05 * full),
                (-0.065 + tip, low + 0.04 * full),
            ],
            front=True,
        )
    )
    pen.canvas.poly(pen.ring(lower), pen.lit(lip), alpha=0.72)
    if not drop:
        seam = spline(
            head.ring(
                [
                    left,
                    (-0.05 + tip, mid + up * 0.45),
                    (tip, mid + 0.004 + up * 0.5),
                    (0.05 + tip, mid + up * 0.45),
                    right,
                ],
                front=True,
            ),
            closed=False,
        )
        pen.stroke(seam, shade(lip, 0.3), width=0.0022, alpha=0.85)
    under = ellipse(*head.on(tip, low + 0.078), 0.019, 0.006)
    pen.canvas.soft(pen.ring(under), pen.dim(skin), alpha=0.5, blur=0.004 * pen.scale)


def _extras(pen: Pen, head: Head, place: Placement) -> None:
    words = f"{place.profile.description} {place.profile.clothing}"
    hair = parse_hex(place.profile.hair_colour)
    h = HEAD_METRES
    if re.search(r"\bbeard(?!less)|goatee", words, re.I):
        ring = [
            (-0.31, 0.60),
            (-0.22, 0.74),
            (-0.13, 0.755),
            (0.0, 0.745),
            (0.13, 0.755),
            (0.22, 0.74),
            (0.31, 0.60),
            (0.275, 0.86),
            (0.13, 1.02),
            (0.0, 1.045),
            (-0.13, 1.02),
            (-0.275, 0.86),
        ]
        pen.form(spline(head.ring(ring, front=True)), hair, turn=0.02, blur=0.012)
        _mouth(pen, head, place, parse_hex(place.profile.skin_colour))
    if re.search(r"moustache|mustache", words, re.I):
        ring = [
            (-0.15, 0.80),
            (-0.06, 0.745),
            (0.0, 0.755),
            (0.06, 0.745),
            (0.15, 0.80),
            (0.0, 0.79),
        ]
        pen.flat(spline(head.ring(ring, front=True)), hair)
    if re.search(r"glasses|spectacles", words, re.I):
        for side in (-1, 1):
            rim = ellipse(*head.on(side * 0.158, 0.51), 0.098 * h, 0.078 * h)
            pen.stroke([*rim, rim[0]], (0.08, 0.07, 0.08), width=0.0038)
            pen.flat(rim, (0.85, 0.92, 1.0), alpha=0.10)
        pen.stroke(
            head.ring([(-0.06, 0.495), (0.06, 0.495)], front=True), (0.08, 0.07, 0.08), width=0.0038
        )
    years = place.profile.age_years[0]
    _years(years, h=h, pen=pen, place=place, head=head)


def _gape(
    head: Head,
    *,
    left: Point,
    right: Point,
    tip: float,
    mid: float,
    drop: float,
    up: float,
    pen: Pen,
) -> None:
    hole = spline(
        head.ring(
            [
                left,
                (tip, mid - 0.012 + up * 0.4),
                right,
                (0.07 + tip, mid + drop),
                (tip, mid + drop * 1.25),
                (-0.07 + tip, mid + drop),
            ],
            front=True,
        )
    )
    pen.flat(hole, (0.16, 0.045, 0.05))
    teeth = head.ring(
        [
            (-0.075 + tip, mid - 0.006),
            (0.075 + tip, mid - 0.006),
            (0.06 + tip, mid + 0.014),
            (-0.06 + tip, mid + 0.014),
        ],
        front=True,
    )
    pen.flat(teeth, (0.86, 0.83, 0.78), alpha=0.9)


def _years(years: int, *, h: float, pen: Pen, place: Placement, head: Head) -> None:
    if years >= 50 and pen.pixels * h > 120:
        skin = parse_hex(place.profile.skin_colour)
        for side in (-1, 1):
            fold = [(side * 0.095, 0.70), (side * 0.15, 0.755), (side * 0.165, 0.81)]
            pen.stroke(
                spline(head.ring(fold, front=True), closed=False),
                shade(skin, 0.45),
                width=0.0022,
                alpha=0.5,
            )
            bag = [(side * 0.10, 0.56), (side * 0.155, 0.575), (side * 0.21, 0.555)]
            pen.stroke(
                spline(head.ring(bag, front=True), closed=False),
                shade(skin, 0.5),
                width=0.002,
                alpha=0.4,
            )
        for v in (0.30, 0.345):
            pen.stroke(
                spline(
                    head.ring([(-0.14, v), (0, v - 0.008), (0.14, v)], front=True), closed=False
                ),
                shade(skin, 0.5),
                width=0.0017,
                alpha=0.35,
            )
