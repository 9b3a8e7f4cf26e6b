"""Camera moves over a still as a pure function of the frame number: where the window is and how far it is zoomed."""

from __future__ import annotations

import math

from apexsite.kit.errors import InputError
from apexsite.kit.seeds import seed_mix
from projects.engine.framing import CameraMove
from renders.engine.motion.easing import curve_named, sine_in_out, smoothstep
from renders.engine.motion.window import Window, kept_inside

ZOOM_AMOUNT = 0.08
"""How much closer a slow zoom comes, 1.00 to 1.08. House choice: felt, not seen."""

PAN_ZOOM = 1.10
"""How far a pan or tilt is zoomed in, which is the room it travels in. House choice."""

PAN_SHARE = 0.9
"""How much of that room it uses, so that no pan rests on the picture's edge. House choice."""

FULL_MOVE_FRAMES = 96
"""A shot shorter than this moves proportionally less, so that no move is faster than gentle. House choice: 4 s at 24."""

DRIFT = 0.35
"""Share of the free room by which a zoom aims off the middle, in a direction drawn from the seed. House choice."""


def window_at(
    move: CameraMove,
    *,
    frame: float,
    duration_frames: int,
    seed: int,
    curve: str = "",
    amount: float = 1.0,
) -> Window:
    """Return the window of a frame, 0 to duration_frames − 1, or between two; frames outside hold the ends.

    Eased by the move's own curve or by `curve`, `amount` of it made, with the zoom interpolated by its logarithm
    (constant felt speed); it never leaves the picture. Raises `InputError` for a duration below one frame.
    """
    if duration_frames < 1:
        raise InputError(f"duration_frames={duration_frames} must be 1 or more")
    share = frame / (duration_frames - 1) if duration_frames > 1 else 0.0
    first, last = _ends(
        move, amount=amount * min(1.0, duration_frames / FULL_MOVE_FRAMES), seed=seed
    )
    own = smoothstep if move is CameraMove.PUSH_PAN else sine_in_out
    eased = (curve_named(curve) if curve else own)(share)
    zoom = math.exp(math.log(first.zoom) * (1.0 - eased) + math.log(last.zoom) * eased)
    return kept_inside(
        first.centre_x + (last.centre_x - first.centre_x) * eased,
        first.centre_y + (last.centre_y - first.centre_y) * eased,
        zoom,
    )


def placed_window(
    window: Window, *, scale: float = 1.0, shift_x: float = 0.0, shift_y: float = 0.0
) -> Window:
    """Return the window that shows its picture scaled about the frame's middle and shifted by shares of the frame.

    Where the picture would not cover the frame the window stays on the picture instead.
    """
    zoom = max(window.zoom * scale, 1.0)
    return kept_inside(window.centre_x - shift_x / zoom, window.centre_y - shift_y / zoom, zoom)


WAYS: dict[CameraMove, tuple[int, int]] = {
    CameraMove.PAN_RIGHT: (1, 0),
    CameraMove.PAN_LEFT: (-1, 0),
    CameraMove.TILT_DOWN: (0, 1),
    CameraMove.TILT_UP: (0, -1),
    CameraMove.TRUCK_RIGHT: (1, 0),
    CameraMove.TRUCK_LEFT: (-1, 0),
    CameraMove.BOOM_DOWN: (0, 1),
    CameraMove.BOOM_UP: (0, -1),
    CameraMove.CRANE_DOWN: (0, 1),
    CameraMove.CRANE_UP: (0, -1),
    CameraMove.ORBIT_RIGHT: (1, 0),
    CameraMove.ORBIT_LEFT: (-1, 0),
}
"""Which way the window goes, right and down counted up."""

ZOOMS: dict[CameraMove, tuple[float, float]] = {
    CameraMove.CRANE_UP: (1.18, 1.08),
    CameraMove.CRANE_DOWN: (1.08, 1.18),
    CameraMove.ORBIT_RIGHT: (1.07, 1.12),
    CameraMove.ORBIT_LEFT: (1.07, 1.12),
}
"""First and last zoom of moves that also come closer or go back. House choice, looked at."""

PUSH_AMOUNT = 0.16
"""How much closer a push comes: twice a slow zoom, straight to the middle. House choice."""


def _ends(move: CameraMove, *, amount: float, seed: int) -> tuple[Window, Window]:
    """Return the first and the last window of a move."""
    near = 1.0 + ZOOM_AMOUNT * amount
    whole, close = Window(0.5, 0.5, 1.0), Window(0.5, 0.5, 1.0 + PUSH_AMOUNT * amount)
    match move:
        case CameraMove.STATIC:
            return whole, whole
        case CameraMove.ZOOM_IN:
            return whole, _aimed(near, seed)
        case CameraMove.ZOOM_OUT:
            return _aimed(near, seed), whole
        case CameraMove.PUSH_IN | CameraMove.DOLLY_ZOOM:
            return whole, close
        case CameraMove.PULL_OUT:
            return close, whole
        case CameraMove.PUSH_PAN:
            return _push_pan(near, amount=min(amount, 1.0), seed=seed)
        case _:
            return _travel(move, amount=amount)


def _push_pan(near: float, *, amount: float, seed: int) -> tuple[Window, Window]:
    reach = (0.5 - 0.5 / PAN_ZOOM) * PAN_SHARE * amount
    way = reach if seed % 2 else -reach
    start = 1.0 + (PAN_ZOOM - 1.0) * 0.6
    slack = (0.5 - 0.5 / start) * PAN_SHARE * amount
    side = math.copysign(slack, way)
    return Window(0.5 - side, 0.5, start), Window(0.5 + way, 0.5, PAN_ZOOM * near / 1.04)


def _travel(move: CameraMove, *, amount: float) -> tuple[Window, Window]:
    """Return the ends of a move that goes across the picture, each as far as its own zoom leaves room."""
    right, down = WAYS[move]
    first, last = ZOOMS.get(move, (PAN_ZOOM, PAN_ZOOM))
    middle, less = math.sqrt(first * last), min(amount, 1.0)
    # More than the whole room needs more room: the window comes closer.
    first, last = ((middle * (zoom / middle) ** less) ** max(amount, 1.0) for zoom in (first, last))
    rooms = [(0.5 - 0.5 / zoom) * PAN_SHARE * less for zoom in (first, last)]
    return (
        Window(0.5 - right * rooms[0], 0.5 - down * rooms[0], first),
        Window(0.5 + right * rooms[1], 0.5 + down * rooms[1], last),
    )


def _aimed(zoom: float, seed: int) -> Window:
    """Return a window a little off the middle, in a direction drawn from the seed."""
    room = (0.5 - 0.5 / zoom) * DRIFT
    angle = 2.0 * math.pi * (seed_mix(seed, "zoom aim") % 3600) / 3600.0
    return Window(0.5 + room * math.cos(angle), 0.5 + room * math.sin(angle), zoom)
