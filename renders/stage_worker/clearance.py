# SPDX-License-Identifier: GPL-3.0-or-later
"""A camera that never stands in a wall, a prop or a person: it comes nearer on a shorter lens or steps aside. Numpy only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from renders.stage_worker.framing import Framed

Hit = Callable[[np.ndarray, np.ndarray, float], float | None]
"""Distance along a unit direction from a point to the first surface within a length, or None."""

ROOM_M = 0.22
"""Free space a camera needs round it. House choice: half a small camera body and its hood."""

STEPS_ASIDE = (0.0, -12.0, 12.0, -25.0, 25.0, -40.0, 40.0, -60.0, 60.0, -85.0, 85.0)
SHORTEST = 0.55
"""A camera comes nearer until the lens is this share of the one asked for; below that it steps aside. House choice."""

SHORTEST_MM = 16.0
OFF_LINE = 6.0
"""Degrees a camera keeps from the line at least. House choice: an eyeline just beside the lens."""

PERSON_RADIUS_M = 0.24


@dataclass(frozen=True, slots=True)
class Cleared:
    """The camera after clearance: what was framed, lens, how far it stepped aside; `clear` False where nothing was."""

    framed: Framed
    lens_mm: float
    aside_degrees: float = 0.0
    clear: bool = True


def cleared(
    make: Callable[[float], Framed],
    *,
    lens_mm: float,
    hit: Hit,
    people: Sequence[np.ndarray] = (),
    fixed: bool = False,
    room_m: float = ROOM_M,
    line_degrees: float | None = None,
    reframe: Callable[[float, float], Framed] | None = None,
) -> Cleared:
    """Return the best camera of those tried.

    `make` frames the shot turned aside by some degrees; `people` are heads (N × 3) that must not stand before the
    lens; `room_m` is the free space a camera has round it; a `fixed` camera (over a shoulder, a point of view) may only come nearer, on a shorter lens. `line_degrees` is the
    camera's angle off a line it must stay on its side of; `reframe` frames the shot aside on another lens, for those
    whose framing changes with it.
    """
    best: tuple[float, Cleared] | None = None
    for aside in (0.0,) if fixed else _steps(line_degrees):
        found = make(aside)
        free = _free_length(found, hit, room_m)
        far = float(np.linalg.norm(found.place - found.aim))
        share = min(1.0, free / max(far, 1e-6))
        lens = lens_mm * share
        if lens < min(SHORTEST_MM, lens_mm) or share < SHORTEST:
            continue
        nearer = found if share == 1.0 else _nearer(found, share)
        if reframe is not None and share < 1.0:
            nearer = reframe(aside, lens)
            if not _is_free(nearer, hit, room_m):
                lens *= 0.9
                nearer = reframe(aside, lens)
        if _in_the_way(nearer, people):
            continue
        cost = abs(aside) / 25.0 + 2.2 * abs(np.log2(share))
        if best is None or cost < best[0]:
            best = (cost, Cleared(nearer, lens, aside))
        if cost == 0.0:
            break
    if best is not None:
        return best[1]
    return Cleared(make(0.0), lens_mm, clear=False)


def _steps(line_degrees: float | None) -> tuple[float, ...]:
    """Return the steps aside that keep the camera on its side of a line, a few degrees off it at least."""
    if line_degrees is None:
        return STEPS_ASIDE
    return tuple(a for a in STEPS_ASIDE if a == 0.0 or (line_degrees + a) * np.sign(line_degrees) > OFF_LINE)  # fmt: skip


def _is_free(found: Framed, hit: Hit, room: float) -> bool:
    return _free_length(found, hit, room) >= float(np.linalg.norm(found.place - found.aim)) - 1e-6


def _free_length(found: Framed, hit: Hit, room: float) -> float:
    """Return how far from its aim the camera can stand along its own line, with room round it."""
    line = found.place - found.aim
    far = float(np.linalg.norm(line))
    out = line / max(far, 1e-9)
    side = np.array([-out[1], out[0], 0.0])
    length = far
    begin = min(0.25, far / 2)
    for offset in (np.zeros(3), side * room, -side * room, np.array([0, 0, -room * 0.6])):
        start = found.aim + out * begin + offset
        met = hit(start, out, far + room)
        if met is not None:
            length = min(length, met + begin - room)
    return max(length, 0.0)


def _nearer(found: Framed, share: float) -> Framed:
    """Return the camera drawn in towards its aim; with the lens shortened alike the frame holds the same."""
    return replace(found, place=found.aim + (found.place - found.aim) * share)


def _in_the_way(found: Framed, people: Sequence[np.ndarray]) -> bool:
    """Return whether a head stands between camera and focus, or the camera in a body."""
    line = found.focus - found.place
    far = float(np.linalg.norm(line))
    ahead = line / max(far, 1e-9)
    for head in people:
        for low in (0.0, 0.35):
            gap = head - [0, 0, low] - found.place
            along = float(gap @ ahead)
            if -0.1 < along < far - 0.1:
                beside = float(np.linalg.norm(gap - along * ahead))
                # out of the frame by its own width is out of the way
                if beside < PERSON_RADIUS_M + 0.28 * found.frame_height_m * max(along, 0.0) / far:
                    return True
    return False
