"""A whole figure: body under the garment, arms, collar, then head and hair. Metres from the feet, y up."""

from __future__ import annotations

from renders.engine.imaging.sketch.camera import HEAD_METRES
from renders.engine.imaging.sketch.face import draw_head
from renders.engine.imaging.sketch.hair import draw_hair, draw_hair_behind
from renders.engine.imaging.sketch.paint import Point, ellipse, ribbon, spline
from renders.engine.imaging.sketch.palette import Colour, luma, mix, parse_hex, shade
from renders.engine.imaging.sketch.pose import Pen, Placement
from renders.engine.imaging.sketch.traits import build_of, garment_of, is_woman
from renders.engine.imaging.sketch.wardrobe import draw_front


def draw_figure(pen: Pen, place: Placement) -> None:
    """Draw one person standing, as the placement says."""
    person = place.profile
    crown = person.height_cm / 100.0
    cloth = parse_hex(person.wardrobe_colour)
    garment = garment_of(person)
    if garment == "robe" and luma(cloth) > 0.25:
        cloth = mix(cloth, (0.05, 0.05, 0.07), 0.75)
    wide = build_of(person) * (0.88 if is_woman(person) else 1.0)
    if not place.is_back:
        draw_hair_behind(pen, place, crown=crown)
    _legs(pen, crown, wide, cloth, garment)
    _arm(pen, crown, wide, cloth, place, side=-1 if place.yaw > 0 else 1, far=True)
    torso = _torso(pen, crown, wide, cloth, garment, place.yaw)
    _neck(pen, crown, wide, place, torso)
    if not place.is_back:
        draw_front(pen, place, crown=crown, wide=wide, cloth=cloth, garment=garment)
    _arm(pen, crown, wide, cloth, place, side=1 if place.yaw > 0 else -1, far=False)
    head = draw_head(pen, place, crown=crown)
    draw_hair(pen, place, head)


def _legs(pen: Pen, crown: float, wide: float, cloth: Colour, garment: str) -> None:
    hip = crown * 0.50
    trouser = (
        shade(cloth, 0.8)
        if garment in ("suit", "uniform", "robe")
        else mix(shade(cloth, 0.55), (0.1, 0.1, 0.12), 0.5)
    )
    bare = garment == "dress"
    for side in (-1, 1):
        x = side * 0.085 * wide
        tone = (0.30, 0.22, 0.2) if bare else trouser
        leg = spline(
            [
                (x - 0.085 * wide, hip),
                (x - 0.075 * wide, crown * 0.28),
                (x - 0.052, 0.06),
                (x + 0.052, 0.06),
                (x + 0.075 * wide, crown * 0.28),
                (x + 0.088 * wide, hip),
            ]
        )
        pen.form(leg, tone, turn=0.035, blur=0.02)
        shoe = spline(
            [
                (x - 0.06, 0.07),
                (x + 0.06, 0.07),
                (x + 0.075 + 0.01 * side, 0.0),
                (x - 0.075 + 0.01 * side, 0.0),
            ]
        )
        pen.form(shoe, (0.10, 0.085, 0.085), turn=0.02, blur=0.01)


def _torso(
    pen: Pen, crown: float, wide: float, cloth: Colour, garment: str, yaw: float
) -> list[Point]:
    top = crown - HEAD_METRES * 1.16
    sh = crown - HEAD_METRES * 1.42
    w, turn = 0.225 * wide * (1.0 - 0.12 * abs(yaw)), 0.02 * yaw
    hem = {
        "robe": 0.14,
        "coat": crown * 0.26,
        "dress": crown * 0.30,
        "suit": crown * 0.44,
        "uniform": crown * 0.47,
        "casual": crown * 0.48,
    }[garment]
    flare = {"robe": 1.5, "coat": 1.08, "dress": 1.12}.get(garment, 0.86)
    waist = {"dress": 0.62, "robe": 1.0}.get(garment, 0.74)
    right = [
        (0.062 + turn, top),
        (w * 0.62 + turn, sh + 0.035),
        (w * 0.93 + turn, sh - 0.0),
        (w * 1.10, sh - 0.075),
        (w * 0.88, crown - HEAD_METRES * 2.3),
        (w * waist, crown * 0.60),
        (w * flare * 0.93, crown * 0.50),
        (w * flare, max(hem + 0.02, hem)),
        (w * flare * 0.55, hem - 0.015),
    ]
    left = [(-x + 2 * turn * (1 if y > sh - 0.06 else 0), y) for x, y in reversed(right)]
    ring = spline(right + left, steps=6)
    pen.form(ring, cloth, turn=0.10, blur=0.035)
    return ring


def _neck(pen: Pen, crown: float, wide: float, place: Placement, torso: list[Point]) -> None:
    skin = parse_hex(place.profile.skin_colour)
    w = 0.062 * (0.85 if is_woman(place.profile) else 1.06) * (0.75 + 0.25 * wide)
    y, x = crown - HEAD_METRES * 0.80, 0.012 * place.yaw
    base = crown - HEAD_METRES * 1.36
    ring = spline(
        [
            (x - w, y),
            (x + w, y),
            (x + w * 1.02, base + 0.05),
            (x + w * 1.25, base + 0.018),
            (x, base - 0.025),
            (x - w * 1.25, base + 0.018),
            (x - w * 1.02, base + 0.05),
        ]
    )
    pen.form(ring, mix(skin, shade(skin, 0.8), 0.5), turn=0.03, blur=0.012)
    chin = ellipse(x + 0.02 * place.yaw, crown - HEAD_METRES * 0.97, 0.09, 0.052)
    pen.shadow(chin, inside=ring, blur=0.012, alpha=0.62)


def _arm(
    pen: Pen, crown: float, wide: float, cloth: Colour, place: Placement, *, side: int, far: bool
) -> None:
    sh = crown - HEAD_METRES * 1.46
    w = 0.225 * wide * (1.0 - 0.12 * abs(place.yaw))
    elbow, wrist = (side * (w * 1.16), crown * 0.615), (side * (w * 1.12), crown * 0.475)
    thick = 0.058 * (0.6 + 0.4 * wide)
    flare = 1.7 if garment_of(place.profile) == "robe" else 1.0
    path = spline(
        [(side * w * 0.86, sh - 0.012), (side * w * 1.04, sh - 0.15), elbow, wrist],
        closed=False,
        steps=5,
    )
    n = len(path)
    # The sleeve's head starts narrow so that it grows out of the shoulder instead of standing off it.
    grow = [min(1.0, 0.30 + 0.14 * i) for i in range(n)]
    taper = [1.12 - 0.42 * i / (n - 1) for i in range(n)]
    open_out = [1.0 + (flare - 1.0) * i / (n - 1) for i in range(n)]
    widths = [thick * g * t * o for g, t, o in zip(grow, taper, open_out, strict=True)]
    hand = ellipse(wrist[0], wrist[1] - 0.045, 0.034, 0.055)
    pen.form(hand, parse_hex(place.profile.skin_colour), turn=0.018, blur=0.008)
    pen.form(ribbon(path, widths), shade(cloth, 0.82 if far else 0.95), turn=0.035, blur=0.018)
