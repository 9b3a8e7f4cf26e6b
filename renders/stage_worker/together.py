# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera of several people: all of them inside the frame with margins, however much nearer one stands. Numpy only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from renders.stage_worker.framing import (
    ANGLES,
    SENSOR_WIDTH_MM,
    Framed,
    Shot,
    Subject,
    frame_height,
    framed,
    heading,
    mean_facing,
)

TOGETHER = ("two_shot", "master", "establishing")

HALF_PERSON_M = 0.30
"""From the nose to the outside of the upper arm. Source: shoulder breadth of adults, 0.40 to 0.52 m."""

SIDE_MARGIN, HEADROOM, CHEST_M = 0.055, 0.075, 0.42
"""Shares of the frame left free beside and over people; metres under the chin that must be seen. House choice."""

ROUNDS = 12


def framed_all(
    shot: Shot,
    subjects: Sequence[Subject],
    *,
    width: int,
    height: int,
    aside_degrees: float = 0.0,
) -> Framed:
    """Return the camera of any shot: of several in one frame, else as `framed`."""
    if shot.coverage not in TOGETHER or len(subjects) < 2:
        return framed(shot, subjects, width=width, height=height, aside_degrees=aside_degrees)
    out = heading(mean_facing(subjects), shot.azimuth_degrees + aside_degrees)
    tall = frame_height(subjects[0], shot.size)
    return together(shot, subjects, out, tall_m=tall, width=width, height=height)


def together(
    shot: Shot,
    subjects: Sequence[Subject],
    out: np.ndarray,
    *,
    tall_m: float,
    width: int,
    height: int,
) -> Framed:
    """Return the camera on all subjects from a level direction; the frame holds `tall_m` metres at their middle or more."""
    eyes = np.array([s.eyes for s in subjects])
    centre = (eyes.max(axis=0) + eyes.min(axis=0)) / 2
    right, aspect = np.array([-out[1], out[0], 0.0]), width / height
    tall, drop = tall_m, 0.0
    for _ in range(ROUNDS):
        far = max(tall * shot.lens_mm / (SENSOR_WIDTH_MM / aspect), 0.6)
        ends = np.array([_seen(s, centre, out, right, far) for s in subjects])
        low, high = float(ends[:, 0].min()), float(ends[:, 1].max())
        top, chest = float(ends[:, 2].max()), float(ends[:, 3].min())
        centre = centre + right * (low + high) / 2
        wide = (high - low) / (1 - 2 * SIDE_MARGIN) / aspect
        tall = max(tall_m, wide, (top - chest) / (1 - HEADROOM - 0.02), tall * 0.7)
        drop = tall / 2 - HEADROOM * tall - top
    elevation, roll = ANGLES[shot.angle]
    far = max(tall * shot.lens_mm / (SENSOR_WIDTH_MM / aspect), 0.6)
    focus = subjects[0].eyes
    if elevation == 0.0:
        return Framed(centre + out * far, centre, focus, roll, -drop / tall / aspect, tall)
    rise = np.radians(elevation)
    aim = centre - np.array([0, 0, drop * np.cos(rise)])
    place = aim + out * far * np.cos(rise) + np.array([0, 0, far * np.sin(rise)])
    place[2] = max(place[2], 0.12)
    return Framed(place, aim, focus, roll, 0.0, tall)


def _seen(
    subject: Subject, centre: np.ndarray, out: np.ndarray, right: np.ndarray, far: float
) -> tuple[float, float, float, float]:
    """Return left, right, crown and chest of a person as the camera sees them, metres in the plane of the middle."""
    from_camera = max(far - float((subject.eyes - centre) @ out), 0.3)
    grown = far / from_camera
    across = float((subject.eyes - centre) @ right)
    crown, chin = float(subject.crown[2] - centre[2]), float(subject.chin[2] - centre[2])
    return (
        (across - HALF_PERSON_M) * grown,
        (across + HALF_PERSON_M) * grown,
        crown * grown,
        (chin - CHEST_M) * grown,
    )
