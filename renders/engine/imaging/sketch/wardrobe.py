"""The front of each garment: collar, lapels, tie, jabot, buttons, badge. Metres from the feet, y up."""

from __future__ import annotations

from renders.engine.imaging.sketch.camera import HEAD_METRES
from renders.engine.imaging.sketch.paint import Point, ellipse, spline
from renders.engine.imaging.sketch.palette import Colour, luma, mix, parse_hex, shade
from renders.engine.imaging.sketch.pose import Pen, Placement
from renders.engine.imaging.sketch.traits import is_woman


def draw_front(
    pen: Pen,
    place: Placement,
    *,
    crown: float,
    wide: float,
    cloth: Colour,
    garment: str,
) -> None:
    """Draw what makes the garment readable from the front; nothing when it is smaller than a few pixels."""
    top = crown - HEAD_METRES * 1.16
    x = 0.045 * place.yaw
    if pen.pixels * HEAD_METRES < 7:
        return
    if garment in ("suit", "coat"):
        _shirt(pen, place, x, top, wide, cloth)
        _lapels(pen, x, top, wide, cloth, long=garment == "coat")
        _buttons(pen, x, crown, cloth, count=2 if garment == "suit" else 4)
    elif garment == "robe":
        _robe(pen, x, top, wide, crown, cloth)
    elif garment == "uniform":
        _uniform(pen, x, top, wide, crown, cloth)
    elif garment == "dress":
        _neckline(pen, place, x, top, wide, depth=0.13)
    else:
        _casual(pen, x, top, wide, cloth)


def _shirt(pen: Pen, place: Placement, x: float, top: float, wide: float, cloth: Colour) -> None:
    light = (0.88, 0.87, 0.85) if luma(cloth) < 0.6 else (0.34, 0.36, 0.40)
    vee = [
        (x - 0.072, top + 0.012),
        (x + 0.072, top + 0.012),
        (x + 0.05, top - 0.14),
        (x, top - 0.31),
        (x - 0.05, top - 0.14),
    ]
    if is_woman(place.profile):
        _blouse(place, vee=vee, light=light, pen=pen, x=x, top=top)
        return
    pen.form(vee, light, turn=0.025, blur=0.015)
    tie = (
        mix(shade(cloth, 0.5), (0.45, 0.08, 0.1), 0.55)
        if place.profile.seed % 2
        else shade(mix(cloth, (0.1, 0.16, 0.3), 0.6), 0.8)
    )
    pen.form(
        [
            (x - 0.02, top - 0.012),
            (x + 0.02, top - 0.012),
            (x + 0.014, top - 0.045),
            (x + 0.03, top - 0.2),
            (x, top - 0.3),
            (x - 0.03, top - 0.2),
            (x - 0.014, top - 0.045),
        ],
        tie,
        turn=0.012,
        blur=0.008,
    )
    for side in (-1, 1):
        pen.flat(
            [
                (x + side * 0.012, top - 0.008),
                (x + side * 0.055, top + 0.05),
                (x + side * 0.082, top + 0.012),
                (x + side * 0.05, top - 0.052),
            ],
            shade(light, 1.06),
        )
        pen.stroke(
            [(x + side * 0.012, top - 0.008), (x + side * 0.05, top - 0.052)],
            shade(light, 0.55),
            width=0.003,
            alpha=0.6,
        )


def _lapels(pen: Pen, x: float, top: float, wide: float, cloth: Colour, *, long: bool) -> None:
    low = top - (0.36 if long else 0.32)
    tone = shade(mix(cloth, (1, 1, 1), 0.05), 1.08)
    w = 0.12 * wide
    for side in (-1, 1):
        if long:
            ring = [
                (x + side * 0.058, top + 0.055),
                (x + side * 0.105, top + 0.02),
                (x + side * (w + 0.035), top - 0.09),
                (x + side * (w - 0.01), top - 0.12),
                (x + side * (w + 0.01), top - 0.15),
                (x + side * 0.03, low),
                (x + side * 0.004, low),
                (x + side * 0.05, top - 0.12),
            ]
        else:
            ring = [
                (x + side * 0.066, top + 0.03),
                (x + side * 0.09, top + 0.005),
                (x + side * w, top - 0.095),
                (x + side * (w - 0.03), top - 0.105),
                (x + side * (w - 0.002), top - 0.135),
                (x + side * 0.02, low),
                (x, low),
                (x + side * 0.048, top - 0.13),
            ]
        pen.form(ring, tone, turn=0.016, blur=0.008)
        pen.stroke(ring[2:6], shade(cloth, 0.35), width=0.0035, alpha=0.7)
    pen.stroke([(x, low), (x + 0.012, low - 0.3)], shade(cloth, 0.35), width=0.004, alpha=0.7)


def _buttons(pen: Pen, x: float, crown: float, cloth: Colour, *, count: int) -> None:
    for i in range(count):
        y = crown - HEAD_METRES * 2.72 - i * 0.11
        pen.flat(ellipse(x + 0.022, y, 0.0095, 0.0095), shade(cloth, 0.4))


def _robe(pen: Pen, x: float, top: float, wide: float, crown: float, cloth: Colour) -> None:
    for side in (-1, 1):
        band = spline(
            [
                (x + side * 0.05, top + 0.035),
                (x + side * 0.10, top + 0.01),
                (x + side * 0.085, top - 0.25),
                (x + side * 0.075, top - 0.8),
                (x + side * 0.02, top - 0.8),
                (x + side * 0.022, top - 0.22),
            ],
            steps=4,
        )
        pen.form(band, mix(cloth, (0.5, 0.45, 0.5), 0.14), turn=0.012, blur=0.01)
        for k in (0.15, 0.2):
            fold = [
                (x + side * k * wide, top - 0.14),
                (x + side * (k + 0.015) * wide, top - 0.5),
                (x + side * (k + 0.05) * wide, top - 1.05),
            ]
            pen.stroke(spline(fold, closed=False), shade(cloth, 0.3), width=0.008, alpha=0.6)
    white = (0.92, 0.91, 0.89)
    pen.flat([(x - 0.055, top + 0.03), (x + 0.055, top + 0.03), (x, top - 0.06)], white)
    for side in (-1, 1):
        pen.form(
            [
                (x + side * 0.004, top - 0.01),
                (x + side * 0.05, top + 0.0),
                (x + side * 0.058, top - 0.15),
                (x + side * 0.008, top - 0.16),
            ],
            white,
            turn=0.01,
            blur=0.008,
        )


def _uniform(pen: Pen, x: float, top: float, wide: float, crown: float, cloth: Colour) -> None:
    light = mix(cloth, (1, 1, 1), 0.10)
    for side in (-1, 1):
        pen.form(
            [
                (x + side * 0.005, top - 0.015),
                (x + side * 0.06, top + 0.045),
                (x + side * 0.095, top + 0.0),
                (x + side * 0.05, top - 0.065),
            ],
            light,
            turn=0.012,
            blur=0.006,
        )
        pocket = [
            (x + side * 0.055 * wide, top - 0.17),
            (x + side * 0.145 * wide, top - 0.17),
            (x + side * 0.145 * wide, top - 0.27),
            (x + side * 0.1 * wide, top - 0.285),
            (x + side * 0.055 * wide, top - 0.27),
        ]
        pen.flat(pocket, light, alpha=0.75)
        pen.flat(
            [
                (x + side * 0.13 * wide, top - 0.045),
                (x + side * 0.215 * wide, top - 0.10),
                (x + side * 0.205 * wide, top - 0.13),
                (x + side * 0.12 * wide, top - 0.075),
            ],
            shade(cloth, 0.6),
        )
    pen.form(
        [
            (x - 0.016, top - 0.02),
            (x + 0.016, top - 0.02),
            (x + 0.024, top - 0.28),
            (x, top - 0.32),
            (x - 0.024, top - 0.28),
        ],
        shade(cloth, 0.45),
        turn=0.01,
        blur=0.006,
    )
    pen.form(
        ellipse(x + 0.1 * wide, top - 0.135, 0.022, 0.026),
        (0.86, 0.70, 0.30),
        turn=0.01,
        blur=0.005,
    )
    pen.form(
        [
            (-0.19 * wide, crown * 0.545),
            (0.19 * wide, crown * 0.545),
            (0.19 * wide, crown * 0.52),
            (-0.19 * wide, crown * 0.52),
        ],
        (0.09, 0.085, 0.09),
        turn=0.02,
        blur=0.01,
    )


def _neckline(
    pen: Pen, place: Placement, x: float, top: float, wide: float, *, depth: float
) -> None:
    skin = parse_hex(place.profile.skin_colour)
    ring = spline(
        [
            (x - 0.085, top + 0.005),
            (x + 0.085, top + 0.005),
            (x + 0.055, top - depth * 0.6),
            (x, top - depth),
            (x - 0.055, top - depth * 0.6),
        ]
    )
    pen.form(ring, skin, turn=0.025, blur=0.015)
    chain = spline([(x - 0.06, top + 0.0), (x, top - depth * 0.62), (x + 0.06, top)], closed=False)
    pen.stroke(chain, (0.9, 0.78, 0.45), width=0.003, alpha=0.8)


def _casual(pen: Pen, x: float, top: float, wide: float, cloth: Colour) -> None:
    ring = spline(
        [
            (x - 0.078, top + 0.03),
            (x, top - 0.03),
            (x + 0.078, top + 0.03),
            (x + 0.085, top + 0.005),
            (x, top - 0.06),
            (x - 0.085, top + 0.005),
        ]
    )
    pen.form(ring, shade(mix(cloth, (1, 1, 1), 0.12), 1.05), turn=0.01, blur=0.006)
    for side in (-1, 1):
        fold = [
            (x + side * 0.16 * wide, top - 0.2),
            (x + side * 0.10 * wide, top - 0.32),
            (x + side * 0.12 * wide, top - 0.45),
        ]
        pen.stroke(spline(fold, closed=False), shade(cloth, 0.4), width=0.006, alpha=0.45)


def _blouse(
    place: Placement, *, vee: list[Point], light: Colour, pen: Pen, x: float, top: float
) -> None:
    skin = parse_hex(place.profile.skin_colour)
    pen.form(vee, light, turn=0.02, blur=0.015)
    pen.form(
        spline(
            [
                (x - 0.06, top + 0.03),
                (x + 0.06, top + 0.03),
                (x + 0.03, top - 0.06),
                (x, top - 0.12),
                (x - 0.03, top - 0.06),
            ]
        ),
        mix(skin, shade(skin, 0.8), 0.3),
        turn=0.02,
        blur=0.012,
    )
    for side in (-1, 1):
        pen.flat(
            [
                (x + side * 0.05, top + 0.035),
                (x + side * 0.085, top + 0.01),
                (x + side * 0.055, top - 0.07),
                (x + side * 0.006, top - 0.115),
            ],
            shade(light, 1.05),
        )
