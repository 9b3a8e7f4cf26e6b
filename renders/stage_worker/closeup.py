# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera of an insert: a thing fills its share of the frame, sharp from front to back and no farther."""

from __future__ import annotations

import numpy as np

from renders.stage_worker.framing import ANGLES, SENSOR_WIDTH_MM, Framed, Shot, heading

FILLS: dict[str, float] = {"ECU": 0.86, "CU": 0.66, "MCU": 0.54, "MS": 0.42, "MLS": 0.34, "LS": 0.28, "EWS": 0.2}  # fmt: skip
"""Share of the frame's height or width that a thing fills, whichever it reaches first. House choice."""

NEAREST_M, FARTHEST_M = 0.22, 1.6
CIRCLE_MM = 0.03
"""Circle of confusion on 36 mm. Source: common 35 mm practice (diagonal / 1500)."""


def closeup(
    shot: Shot,
    points: np.ndarray,
    front: np.ndarray,
    *,
    elevation: float,
    width: int,
    height: int,
    aside_degrees: float = 0.0,
) -> Framed:
    """Return the camera on points (N × 3, metres), seen from `front` turned aside."""
    rise = np.radians(np.clip(elevation + ANGLES[shot.angle][0] * 0.7, 4.0, 80.0))
    level = heading(front, aside_degrees)
    out = level * np.cos(rise) + np.array([0, 0, np.sin(rise)])
    right = np.array([-level[1], level[0], 0.0])
    up = np.cross(out, right)
    ends = [(float((points @ axis).min()), float((points @ axis).max())) for axis in (right, up, out)]  # fmt: skip
    middle = sum((low + high) / 2 * axis for (low, high), axis in zip(ends, (right, up, out), strict=True))  # fmt: skip
    across, tall, deep = (high - low for low, high in ends)
    held = max(tall, across * height / width, 0.02) / FILLS[shot.size]
    distance = held * shot.lens_mm / (SENSOR_WIDTH_MM * height / width)
    distance = float(np.clip(distance, NEAREST_M + deep / 2, FARTHEST_M))
    return Framed(middle + out * distance, middle, middle, ANGLES[shot.angle][1], 0.0, held)


def stop_for(distance_m: float, deep_m: float, lens_mm: float) -> float:
    """Return the f-number that keeps about `deep_m` sharp. Source: depth of field ≈ 2 N c u² / f² near by."""
    stop = deep_m * 1000.0 * lens_mm**2 / (2 * CIRCLE_MM * (distance_m * 1000.0) ** 2)
    return float(np.clip(stop, 2.8, 16.0))


def lens_at(distance_m: float, held_m: float, *, width: int, height: int) -> float:
    """Return the lens in mm that holds a height at a distance."""
    return float(np.clip(distance_m * SENSOR_WIDTH_MM * height / width / held_m, 18.0, 200.0))
