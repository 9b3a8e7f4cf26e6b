"""Camera moves over a still as a pure function of the frame number: where the window is and how far it is zoomed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from apexsite.kit.errors import InputError
from apexsite.kit.seeds import seed_mix
from projects.engine.framing import CameraMove
from renders.engine.motion.easing import sine_in_out, smoothstep

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


@dataclass(frozen=True, slots=True)
class Window:
    """What of the picture is seen. Centre in [0, 1] of the largest rectangle of the film's shape; zoom 1 shows it all."""

    centre_x: float
    centre_y: float
    zoom: float


def window_at(move: CameraMove, *, frame: int, duration_frames: int, seed: int) -> Window:
    """Return the window of a frame, 0 to duration_frames − 1; frames outside hold the ends.

    Eased, with the zoom interpolated by its logarithm (constant felt speed); it never leaves the picture.
    Raises `InputError` for a duration below one frame.
    """
    if duration_frames < 1:
        raise InputError(f"duration_frames={duration_frames} must be 1 or more")
    share = frame / (duration_frames - 1) if duration_frames > 1 else 0.0
    first, last = _ends(move, amount=min(1.0, duration_frames / FULL_MOVE_FRAMES), seed=seed)
    eased = smoothstep(share) if move is CameraMove.PUSH_PAN else sine_in_out(share)
    zoom = math.exp(math.log(first.zoom) * (1.0 - eased) + math.log(last.zoom) * eased)
    return _inside(
        first.centre_x + (last.centre_x - first.centre_x) * eased,
        first.centre_y + (last.centre_y - first.centre_y) * eased,
        zoom,
    )


def _ends(move: CameraMove, *, amount: float, seed: int) -> tuple[Window, Window]:
    """Return the first and the last window of a move."""
    near = 1.0 + ZOOM_AMOUNT * amount
    whole = Window(0.5, 0.5, 1.0)
    reach = (0.5 - 0.5 / PAN_ZOOM) * PAN_SHARE * amount
    match move:
        case CameraMove.STATIC:
            return whole, whole
        case CameraMove.ZOOM_IN:
            return whole, _aimed(near, seed)
        case CameraMove.ZOOM_OUT:
            return _aimed(near, seed), whole
        case CameraMove.PAN_RIGHT:
            return Window(0.5 - reach, 0.5, PAN_ZOOM), Window(0.5 + reach, 0.5, PAN_ZOOM)
        case CameraMove.PAN_LEFT:
            return Window(0.5 + reach, 0.5, PAN_ZOOM), Window(0.5 - reach, 0.5, PAN_ZOOM)
        case CameraMove.TILT_DOWN:
            return Window(0.5, 0.5 - reach, PAN_ZOOM), Window(0.5, 0.5 + reach, PAN_ZOOM)
        case CameraMove.TILT_UP:
            return Window(0.5, 0.5 + reach, PAN_ZOOM), Window(0.5, 0.5 - reach, PAN_ZOOM)
        case CameraMove.PUSH_PAN:
            way = reach if seed % 2 else -reach
            start = 1.0 + (PAN_ZOOM - 1.0) * 0.6
            slack = (0.5 - 0.5 / start) * PAN_SHARE * amount
            side = math.copysign(slack, way)
            return Window(0.5 - side, 0.5, start), Window(0.5 + way, 0.5, PAN_ZOOM * near / 1.04)


def _aimed(zoom: float, seed: int) -> Window:
    """Return a window a little off the middle, in a direction drawn from the seed."""
    room = (0.5 - 0.5 / zoom) * DRIFT
    angle = 2.0 * math.pi * (seed_mix(seed, "zoom aim") % 3600) / 3600.0
    return Window(0.5 + room * math.cos(angle), 0.5 + room * math.sin(angle), zoom)


def _inside(centre_x: float, centre_y: float, zoom: float) -> Window:
    half = 0.5 / zoom
    return Window(min(max(centre_x, half), 1.0 - half), min(max(centre_y, half), 1.0 - half), zoom)
