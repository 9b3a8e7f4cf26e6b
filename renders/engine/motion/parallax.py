"""How far each depth moves when the camera does: beside it, round it, towards it, or towards it while zooming out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from projects.engine.framing import CameraMove
from renders.engine.motion.window import Window

TURNS: tuple[CameraMove, ...] = (
    CameraMove.STATIC,
    CameraMove.ZOOM_IN,
    CameraMove.ZOOM_OUT,
    CameraMove.PAN_LEFT,
    CameraMove.PAN_RIGHT,
    CameraMove.TILT_UP,
    CameraMove.TILT_DOWN,
)
"""Moves of a camera that stays where it is: they turn or zoom it, and nothing moves apart."""

ORBITS: tuple[CameraMove, ...] = (CameraMove.ORBIT_LEFT, CameraMove.ORBIT_RIGHT)
FAR_INVERSE, NEAR_INVERSE = 0.2, 1.0
"""Inverse distances of the farthest and the nearest layer: five to one. House choice."""

DOLLY = 0.45
"""How far a dolly zoom comes towards the nearest layer, as a share of its distance. House choice, looked at."""

COVER_STEPS = 17
"""Times at which is looked how far layers move off the picture; between them a move is even."""


def layer_window(
    move: CameraMove, base: Window, *, nearness: float, focus: float, parallax: float, way: float
) -> Window:
    """Return where a depth is seen from; may lie over the picture's edge, which `cover_zoom` prevents.

    `base` is what the move does to a picture without depth, `way` from 0 to 1 how much of it is done. What lies at
    `focus` moves as the picture would, in an orbit and a dolly zoom it stays.
    Source: pinhole camera; a depth d is scaled by d / (d − t) when the camera comes t closer.
    """
    apart = 2.0 * parallax * (nearness - focus)
    if move in TURNS:
        return base
    if move in ORBITS:
        return Window(0.5 + (base.centre_x - 0.5) * 2.0 * apart, base.centre_y, base.zoom)
    if move is CameraMove.DOLLY_ZOOM:
        spread = NEAR_INVERSE - FAR_INVERSE
        here, there = (FAR_INVERSE + spread * depth for depth in (nearness, focus))
        closer = DOLLY * 2.0 * parallax * way
        return Window(0.5, 0.5, (1.0 - closer * there) / (1.0 - closer * here))
    share = 1.0 + apart
    return Window(
        0.5 + (base.centre_x - 0.5) * share,
        0.5 + (base.centre_y - 0.5) * share,
        math.exp(math.log(base.zoom) * share),
    )


def spread(first: Window, second: Window) -> float:
    """Return how far a corner of the frame lies apart seen through two windows, in widths of the frame."""
    most = 0.0
    for x in (-0.5, 0.5):
        for y in (-0.5, 0.5):
            across, down = first.centre_x + x / first.zoom, first.centre_y + y / first.zoom
            most = max(
                most,
                abs((across - second.centre_x) * second.zoom - x),
                abs((down - second.centre_y) * second.zoom - y),
            )
    return most


def cover_zoom(windows: Callable[[float], Sequence[Window]]) -> float:
    """Return the one zoom, 1 or more, that keeps every layer over the whole frame for a whole move.

    `windows` gives the layers' windows at a share of the move from 0 to 1.
    """
    needed = 1.0
    for step in range(COVER_STEPS):
        for window in windows(step / (COVER_STEPS - 1)):
            off = max(abs(window.centre_x - 0.5), abs(window.centre_y - 0.5))
            needed = max(needed, 1.0 / (max(1.0 - 2.0 * off, 0.25) * window.zoom))
    return needed
