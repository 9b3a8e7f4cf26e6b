"""Hair of every style of the profile's table: what lies behind the head, and what lies on it."""

from __future__ import annotations

from collections.abc import Callable

from renders.engine.imaging.sketch.camera import HEAD_METRES
from renders.engine.imaging.sketch.hair_parts import draw_cap, draw_fill, draw_strands
from renders.engine.imaging.sketch.paint import ellipse, spline
from renders.engine.imaging.sketch.palette import Colour, mix, parse_hex, shade
from renders.engine.imaging.sketch.pose import Pen, Placement
from renders.engine.imaging.sketch.skull import Head


def draw_hair_behind(pen: Pen, place: Placement, *, crown: float) -> None:
    """Draw the hair that hangs behind neck and shoulders; call before the body."""
    head = Head(crown, place.yaw, 1.0)
    tone = shade(parse_hex(place.profile.hair_colour), 0.72)
    y = place.yaw
    style = place.profile.hair_style
    if style == "bob":
        ring = [
            (-0.40, 0.25),
            (-0.47, 0.70),
            (-0.42, 1.0),
            (-0.15, 1.04),
            (0.15, 1.04),
            (0.42, 1.0),
            (0.47, 0.70),
            (0.40, 0.25),
        ]
    elif style == "long":
        ring = [
            (-0.40, 0.2),
            (-0.48, 0.75),
            (-0.56, 1.35),
            (-0.46, 1.72),
            (-0.1, 1.78),
            (0.1, 1.78),
            (0.46, 1.72),
            (0.56, 1.35),
            (0.48, 0.75),
            (0.40, 0.2),
        ]
    elif style == "ponytail":
        side = -1 if y > 0 else 1
        ring = [
            (side * 0.2, 0.18),
            (side * 0.46, 0.22),
            (side * 0.58, 0.6),
            (side * 0.52, 1.25),
            (side * 0.40, 1.38),
            (side * 0.40, 0.9),
            (side * 0.33, 0.5),
        ]
    elif style == "curly":
        for u, v, r in (
            (-0.36, 0.55, 0.17),
            (0.36, 0.55, 0.17),
            (-0.40, 0.78, 0.14),
            (0.40, 0.78, 0.14),
            (-0.3, 0.3, 0.2),
            (0.3, 0.3, 0.2),
        ):
            x, py = head.at(u - 0.08 * y, v)
            pen.form(ellipse(x, py, r * HEAD_METRES, r * HEAD_METRES), tone, turn=0.012, blur=0.01)
        return
    else:
        return
    pen.form(spline(head.ring([(u - 0.09 * y, v) for u, v in ring])), tone, turn=0.05, blur=0.02)


def draw_hair(pen: Pen, place: Placement, head: Head) -> None:
    """Draw the hair that lies on the skull and round the face."""
    tone = parse_hex(place.profile.hair_colour)
    style = place.profile.hair_style
    if place.is_back:
        _back(pen, head, tone, style)
        return
    _CAPS.get(style, _short)(pen, head, tone)


def _bald(pen: Pen, head: Head, tone: Colour) -> None:
    for side in (-1, 1):
        if head.yaw * side < 0.4:
            ring = [
                (side * 0.335 - 0.03 * head.yaw, 0.34),
                (side * 0.365 - 0.04 * head.yaw, 0.42),
                (side * 0.345 - 0.03 * head.yaw, 0.56),
                (side * 0.30 - 0.03 * head.yaw, 0.44),
            ]
            pen.flat(spline(head.ring(ring)), tone, alpha=0.6)
    x, y = head.at(0.12 * pen.light.side, 0.10)
    pen.canvas.glow(pen.at(x, y), 0.05 * pen.scale, (0.5, 0.47, 0.42), strength=0.6 * pen.gain)


def _buzz(pen: Pen, head: Head, tone: Colour) -> None:
    line = [
        (0.30, 0.42),
        (0.275, 0.29),
        (0.2, 0.215),
        (0.0, 0.20),
        (-0.2, 0.215),
        (-0.275, 0.29),
        (-0.30, 0.42),
    ]
    draw_fill(
        pen, head, draw_cap(head, puff=0.012, line=line, low=0.47), mix(tone, (0.5, 0.4, 0.34), 0.2)
    )


def _short(pen: Pen, head: Head, tone: Colour) -> None:
    line = [
        (0.31, 0.46),
        (0.275, 0.31),
        (0.20, 0.235),
        (0.04, 0.20),
        (-0.10, 0.235),
        (-0.20, 0.215),
        (-0.275, 0.30),
        (-0.31, 0.46),
    ]
    draw_fill(pen, head, draw_cap(head, puff=0.10, line=line, low=0.50), tone)
    draw_strands(
        pen,
        head,
        tone,
        [
            [(-0.2, 0.2), (-0.1, 0.08), (0.05, 0.02)],
            [(0.0, 0.19), (0.12, 0.09), (0.22, 0.07)],
            [(0.18, 0.2), (0.27, 0.16), (0.31, 0.2)],
        ],
    )


def _swept(pen: Pen, head: Head, tone: Colour) -> None:
    line = [
        (0.31, 0.45),
        (0.29, 0.30),
        (0.22, 0.17),
        (0.05, 0.145),
        (-0.13, 0.20),
        (-0.235, 0.265),
        (-0.29, 0.33),
        (-0.31, 0.45),
    ]
    ring = draw_cap(head, puff=0.12, line=line, low=0.52)
    draw_fill(pen, head, ring, tone)
    lick = [
        (-0.24, 0.25),
        (-0.16, 0.05),
        (0.06, -0.055),
        (0.26, 0.0),
        (0.33, 0.14),
        (0.18, 0.12),
        (0.0, 0.15),
    ]
    pen.form(
        spline(head.ring([(u + 0.05 * head.yaw, v) for u, v in lick])),
        mix(tone, (1, 0.9, 0.8), 0.07),
        turn=0.018,
        blur=0.01,
    )
    draw_strands(
        pen,
        head,
        tone,
        [
            [(-0.2, 0.21), (-0.08, 0.06), (0.16, 0.0)],
            [(-0.1, 0.18), (0.05, 0.07), (0.26, 0.06)],
            [(0.0, 0.145), (0.12, 0.10), (0.3, 0.13)],
        ],
    )


def _bob(pen: Pen, head: Head, tone: Colour) -> None:
    for side in (-1, 1):
        lock = [
            (side * 0.22, 0.12),
            (side * 0.40, 0.22),
            (side * 0.455, 0.62),
            (side * 0.42, 0.98),
            (side * 0.31, 1.0),
            (side * 0.285, 0.78),
            (side * 0.29, 0.45),
            (side * 0.24, 0.27),
        ]
        near = 0.05 if side * head.yaw > 0 else -0.06
        pen.form(
            spline(
                head.ring([(u + near * abs(head.yaw) * side - 0.03 * head.yaw, v) for u, v in lock])
            ),
            tone,
            turn=0.02,
            blur=0.012,
        )
    line = [
        (0.33, 0.5),
        (0.28, 0.36),
        (0.2, 0.315),
        (0.0, 0.325),
        (-0.2, 0.315),
        (-0.28, 0.36),
        (-0.33, 0.5),
    ]
    draw_fill(pen, head, draw_cap(head, puff=0.13, line=line, low=0.56), tone)
    draw_strands(
        pen,
        head,
        tone,
        [
            [(-0.15, 0.3), (-0.14, 0.15), (-0.05, 0.02)],
            [(0.05, 0.32), (0.07, 0.15), (0.02, 0.02)],
            [(0.2, 0.3), (0.22, 0.15), (0.12, 0.03)],
            [(-0.39, 0.5), (-0.41, 0.8), (-0.37, 0.95)],
            [(0.39, 0.5), (0.41, 0.8), (0.37, 0.95)],
        ],
    )


def _long(pen: Pen, head: Head, tone: Colour) -> None:
    for side in (-1, 1):
        lock = [
            (side * 0.1, 0.06),
            (side * 0.36, 0.14),
            (side * 0.44, 0.55),
            (side * 0.48, 1.05),
            (side * 0.47, 1.6),
            (side * 0.33, 1.66),
            (side * 0.32, 1.2),
            (side * 0.315, 0.75),
            (side * 0.285, 0.42),
            (side * 0.17, 0.22),
        ]
        near = 0.03 if side * head.yaw > 0 else -0.05
        pen.form(
            spline(
                head.ring([(u + near * abs(head.yaw) * side - 0.03 * head.yaw, v) for u, v in lock])
            ),
            tone,
            turn=0.02,
            blur=0.014,
        )
    line = [
        (0.34, 0.5),
        (0.27, 0.33),
        (0.15, 0.22),
        (0.05, 0.15),
        (-0.1, 0.22),
        (-0.25, 0.32),
        (-0.34, 0.5),
    ]
    draw_fill(pen, head, draw_cap(head, puff=0.11, line=line, low=0.55), tone)
    draw_strands(
        pen,
        head,
        tone,
        [
            [(0.05, 0.14), (0.2, 0.2), (0.36, 0.45), (0.4, 0.9), (0.42, 1.5)],
            [(0.04, 0.14), (-0.15, 0.2), (-0.36, 0.45), (-0.39, 0.9), (-0.42, 1.5)],
            [(0.05, 0.08), (0.28, 0.15), (0.41, 0.5), (0.45, 1.2)],
            [(0.03, 0.08), (-0.26, 0.15), (-0.4, 0.5), (-0.45, 1.2)],
        ],
    )


def _bun(pen: Pen, head: Head, tone: Colour) -> None:
    x, y = head.at(-0.10 * head.yaw, -0.07)
    pen.form(ellipse(x, y, 0.155 * HEAD_METRES, 0.135 * HEAD_METRES), tone, turn=0.016, blur=0.01)
    line = [
        (0.315, 0.44),
        (0.27, 0.29),
        (0.18, 0.205),
        (0.0, 0.175),
        (-0.18, 0.205),
        (-0.27, 0.29),
        (-0.315, 0.44),
    ]
    draw_fill(pen, head, draw_cap(head, puff=0.05, line=line, low=0.47), tone)
    draw_strands(
        pen,
        head,
        tone,
        [
            [(-0.24, 0.27), (-0.16, 0.12), (-0.03, 0.01)],
            [(0.0, 0.175), (0.0, 0.1), (0.0, 0.0)],
            [(0.24, 0.27), (0.16, 0.12), (0.03, 0.01)],
        ],
    )


def _ponytail(pen: Pen, head: Head, tone: Colour) -> None:
    line = [
        (0.315, 0.44),
        (0.27, 0.29),
        (0.19, 0.21),
        (0.0, 0.18),
        (-0.19, 0.21),
        (-0.27, 0.29),
        (-0.315, 0.44),
    ]
    draw_fill(pen, head, draw_cap(head, puff=0.06, line=line, low=0.48), tone)
    draw_strands(
        pen,
        head,
        tone,
        [[(-0.24, 0.27), (-0.12, 0.12), (0.1, 0.03)], [(0.05, 0.18), (0.14, 0.1), (0.22, 0.06)]],
    )


def _curly(pen: Pen, head: Head, tone: Colour) -> None:
    line = [
        (0.33, 0.48),
        (0.27, 0.31),
        (0.17, 0.25),
        (0.0, 0.235),
        (-0.17, 0.25),
        (-0.27, 0.31),
        (-0.33, 0.48),
    ]
    draw_fill(pen, head, draw_cap(head, puff=0.10, line=line, low=0.5), tone)
    spots = (
        (-0.34, 0.36),
        (-0.33, 0.2),
        (-0.24, 0.08),
        (-0.1, 0.0),
        (0.06, -0.02),
        (0.2, 0.04),
        (0.31, 0.16),
        (0.35, 0.33),
        (-0.2, 0.2),
        (-0.07, 0.16),
        (0.08, 0.17),
        (0.21, 0.2),
    )
    for i, (u, v) in enumerate(spots):
        x, y = head.at(u, v)
        r = (0.125 + 0.02 * ((i * 7) % 3)) * HEAD_METRES
        pen.form(ellipse(x, y, r, r), shade(tone, 0.92 + 0.08 * (i % 3)), turn=0.010, blur=0.007)


def _back(pen: Pen, head: Head, tone: Colour, style: str) -> None:
    if style == "bald":
        return
    puff, low = {
        "buzz": (0.02, 0.72),
        "bob": (0.14, 1.02),
        "long": (0.13, 1.7),
        "curly": (0.16, 0.86),
    }.get(style, (0.09, 0.80))
    wide = 0.35 * (1 + puff)
    ring = [
        (0.0, -0.02 - puff * 0.5),
        (0.22, 0.02),
        (wide, 0.22),
        (wide * 1.03, 0.5),
        (wide * (0.95 if low < 0.9 else 1.15), low - 0.1),
        (0.18, low),
        (0.0, low + 0.02),
        (-0.18, low),
        (-wide * (0.95 if low < 0.9 else 1.15), low - 0.1),
        (-wide * 1.03, 0.5),
        (-wide, 0.22),
        (-0.22, 0.02),
    ]
    draw_fill(pen, head, ring, tone, turn=0.05)
    if style == "bun":
        x, y = head.at(0.0, 0.2)
        pen.form(ellipse(x, y, 0.17 * HEAD_METRES, 0.16 * HEAD_METRES), tone, turn=0.02, blur=0.01)


_CAPS: dict[str, Callable[[Pen, Head, Colour], None]] = {
    "bald": _bald,
    "buzz": _buzz,
    "short": _short,
    "swept": _swept,
    "bob": _bob,
    "long": _long,
    "bun": _bun,
    "ponytail": _ponytail,
    "curly": _curly,
}
