# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the camera stands for a shot size, angle and coverage, computed from the people's landmarks. Numpy only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from apexsite.kit.errors import InputError, listed

HEAD_SHARE: dict[str, float] = {
    "ECU": 1.05,
    "CU": 0.62,
    "MCU": 0.42,
    "MS": 0.28,
    "MLS": 0.19,
    "LS": 0.115,
    "EWS": 0.045,
}
"""Head height (crown to chin) as a share of the frame's height. The look's own table (`HEAD_HEIGHT_SHARE`), told apart by a test."""

EYES_FROM_TOP: dict[str, float] = {
    "ECU": 0.46,
    "CU": 0.42,
    "MCU": 0.37,
    "MS": 0.30,
    "MLS": 0.25,
    "LS": 0.15,
    "EWS": 0.40,
}
"""Height of the eyes from the frame's top. House choice: near the upper third, headroom shrinking with distance."""

ANGLES: dict[str, tuple[float, float]] = {
    "eye": (0.0, 0.0),
    "low": (-24.0, 0.0),
    "high": (24.0, 0.0),
    "overhead": (72.0, 0.0),
    "dutch": (0.0, 11.0),
}
"""Camera elevation and roll in degrees. House choice."""

COVERAGES = ("single", "two_shot", "master", "establishing", "ots", "pov", "insert")
COMPOSITIONS = ("centred", "thirds")

LEAD: dict[str, float] = {
    "ECU": 0.0,
    "CU": 0.07,
    "MCU": 0.10,
    "MS": 0.13,
    "MLS": 0.15,
    "LS": 1 / 6,
    "EWS": 1 / 6,
}
"""How far from the middle a person stands who is composed on thirds, share of the frame's width, away from where they
face (lead room). Source: rule of thirds for whole figures; less the closer. House choice."""

INSERT_HEIGHT_M: dict[str, float] = {"ECU": 0.16, "CU": 0.26, "MCU": 0.36, "MS": 0.50}
"""Metres an insert holds in height. House choice."""

INSERT_ELEVATION = 28.0
SENSOR_WIDTH_MM = 36.0


@dataclass(frozen=True, slots=True)
class Subject:
    """What framing needs of a person, metres in the room: eyes, crown, chin, facing direction (x, y), both hands (2 × 3)."""

    eyes: np.ndarray
    crown: np.ndarray
    chin: np.ndarray
    facing: np.ndarray
    hands: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """The camera's wishes. `azimuth_degrees` is from the subject's nose, + to the camera's right.

    `offset_x` moves the person to the right, as a share of the frame's width, on top of the composition; `headroom`
    is the share of the frame above the crown, for the size's own where it is not given. `line_degrees` is how far the
    camera is off the line to whom the person looks at: stepping aside, it must not come to its other side.
    """

    size: str = "MS"
    lens_mm: float = 50.0
    f_stop: float = 4.0
    angle: str = "eye"
    azimuth_degrees: float = 15.0
    coverage: str = "single"
    offset_x: float = 0.0
    composition: str = "centred"
    headroom: float | None = None
    line_degrees: float | None = None

    def __post_init__(self) -> None:
        if self.size not in HEAD_SHARE:
            raise InputError(f"size={self.size!r} is not known; valid: {listed(HEAD_SHARE)}")
        if self.angle not in ANGLES:
            raise InputError(f"angle={self.angle!r} is not known; valid: {listed(ANGLES)}")
        for name, value, valid in (
            ("coverage", self.coverage, COVERAGES),
            ("composition", self.composition, COMPOSITIONS),
        ):
            if value not in valid:
                raise InputError(f"{name}={value!r} is not known; valid: {listed(valid)}")
        if self.headroom is not None and not 0.0 <= self.headroom <= 0.5:
            raise InputError(f"headroom={self.headroom:g} must be from 0 to 0.5")
        if not -0.5 <= self.offset_x <= 0.5:
            raise InputError(f"offset_x={self.offset_x:g} must be from -0.5 to 0.5")
        if not 8.0 <= self.lens_mm <= 400.0:
            raise InputError(f"lens_mm={self.lens_mm:g} must be from 8 to 400")
        if not 0.7 <= self.f_stop <= 64.0:
            raise InputError(f"f_stop={self.f_stop:g} must be from 0.7 to 64")


@dataclass(frozen=True, slots=True)
class Framed:
    """The answer: camera place, aim, focus, roll, vertical lens shift (share of the frame's width), frame height."""

    place: np.ndarray
    aim: np.ndarray
    focus: np.ndarray
    roll_degrees: float
    shift_y: float
    frame_height_m: float


def frame_height(subject: Subject, size: str) -> float:
    """Return how many metres the frame holds at the subject."""
    return float(np.linalg.norm(subject.crown - subject.chin)) / HEAD_SHARE[size]


def heading(direction: np.ndarray, azimuth_degrees: float) -> np.ndarray:
    """Return a level direction turned about z (counter-clockwise seen from above)."""
    turn = np.radians(azimuth_degrees)
    x, y = float(direction[0]), float(direction[1])
    out = np.array([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn), 0.0])
    return out / max(float(np.linalg.norm(out)), 1e-9)


def framed(
    shot: Shot,
    subjects: Sequence[Subject],
    *,
    width: int,
    height: int,
    aside_degrees: float = 0.0,
) -> Framed:
    """Return the camera of a shot, turned aside by some degrees; the first subject is the one it is about
    (several in one frame are `renders.stage_worker.together`'s).

    Raises `InputError` for nobody, and for an insert of somebody whose hands are not known.
    """
    if not subjects:
        raise InputError("subjects=[] must hold at least one person to frame")
    if shot.coverage in ("ots", "pov") and len(subjects) > 1:
        return _past(shot, subjects, width=width, height=height)
    if shot.coverage == "insert":
        return _insert(shot, subjects[0], aside_degrees, width=width, height=height)
    focus = subjects[0].eyes
    centre, tall = focus.copy(), frame_height(subjects[0], shot.size)
    out = heading(subjects[0].facing, shot.azimuth_degrees + aside_degrees)
    right = np.array([-out[1], out[0], 0.0])
    offset = shot.offset_x
    if shot.composition == "thirds":
        across = float(subjects[0].facing @ right)
        offset -= LEAD[shot.size] * (np.sign(across) if abs(across) > 0.08 else 1.0)
    eyes_at = _eyes_from_top(shot, subjects[0], tall)
    return _stood(
        shot, centre - right * offset * tall * width / height, out, tall, focus, eyes_at, width=width, height=height
    )  # fmt: skip


def _eyes_from_top(shot: Shot, subject: Subject, tall: float) -> float:
    if shot.headroom is None:
        return EYES_FROM_TOP[shot.size]
    return shot.headroom + float(subject.crown[2] - subject.eyes[2]) / tall


def _insert(
    shot: Shot, subject: Subject, aside_degrees: float, *, width: int, height: int
) -> Framed:
    """Return the camera on the hands: on both where they are together, else on the one farther forward."""
    if subject.hands is None:
        raise InputError("an insert needs the subject's hands")
    left, right = subject.hands
    if float(np.linalg.norm(left - right)) < 0.30:
        focus = (left + right) / 2
    else:
        focus = left if float((left - right) @ subject.facing) > 0.02 else right
    tall = INSERT_HEIGHT_M.get(shot.size, INSERT_HEIGHT_M["MS"])
    out = heading(subject.facing, shot.azimuth_degrees + aside_degrees)
    rise = np.radians(INSERT_ELEVATION)
    distance = max(tall * shot.lens_mm / (SENSOR_WIDTH_MM * height / width), 0.25)
    place = focus + out * distance * np.cos(rise) + np.array([0, 0, distance * np.sin(rise)])
    return Framed(place, focus, focus, ANGLES[shot.angle][1], 0.0, tall)


def mean_facing(subjects: Sequence[Subject]) -> np.ndarray:
    """Return the common direction; for people who face each other the side square to the line between them."""
    total = np.sum([s.facing for s in subjects], axis=0)
    if float(np.linalg.norm(total[:2])) > 0.5:
        return total
    line = subjects[1].eyes - subjects[0].eyes
    side = np.array([line[1], -line[0], 0.0])
    return side if side[1] < 0 else -side


def _stood(
    shot: Shot,
    centre: np.ndarray,
    out: np.ndarray,
    tall: float,
    focus: np.ndarray,
    eyes_at: float,
    *,
    width: int,
    height: int,
) -> Framed:
    elevation, roll = ANGLES[shot.angle]
    sensor_height = SENSOR_WIDTH_MM * height / width
    distance = max(tall * shot.lens_mm / sensor_height, 0.25)
    drop = (0.5 - eyes_at) * tall
    if elevation == 0.0:
        return Framed(
            centre + out * distance, centre, focus, roll, -drop / tall * height / width, tall
        )
    aim = centre - np.array([0, 0, drop * np.cos(np.radians(elevation))])
    rise = np.radians(elevation)
    place = aim + out * distance * np.cos(rise) + np.array([0, 0, distance * np.sin(rise)])
    place[2] = max(place[2], 0.12)
    return Framed(place, aim, focus, roll, 0.0, tall)


def _past(shot: Shot, subjects: Sequence[Subject], *, width: int, height: int) -> Framed:
    """Return the camera behind the second person's shoulder (OTS), or at their eyes (POV)."""
    seen, other = subjects[0], subjects[1]
    line = seen.eyes - other.eyes
    line = line / max(float(np.linalg.norm(line)), 1e-9)
    right = np.array([line[1], -line[0], 0.0])
    side = 1.0 if shot.azimuth_degrees >= 0 else -1.0
    tall_at_seen = frame_height(seen, shot.size)
    if shot.coverage == "pov":
        place = other.eyes + line * 0.12
    else:
        place = other.eyes - line * 0.62 + right * side * 0.34 + np.array([0, 0, 0.02])
    drop = np.array([0, 0, (0.5 - EYES_FROM_TOP[shot.size]) * tall_at_seen])
    aim = seen.eyes - drop - right * side * (0.16 if shot.coverage == "ots" else 0.0)
    return Framed(place, aim, seen.eyes, ANGLES[shot.angle][1], 0.0, tall_at_seen)


def lens_for(framed_at: Framed, *, width: int, height: int) -> float:
    """Return the lens in mm that holds `frame_height_m` at the focus from the place given (for OTS and POV)."""
    distance = float(np.linalg.norm(framed_at.focus - framed_at.place))
    return float(
        np.clip(distance * SENSOR_WIDTH_MM * height / width / framed_at.frame_height_m, 14.0, 200.0)
    )


def subject_of(
    landmarks: Mapping[str, np.ndarray], facing_degrees: float, hands: np.ndarray | None = None
) -> Subject:
    """Return the subject of face landmarks and the angle the body faces (0 is -y)."""
    facing = heading(np.array([0.0, -1.0, 0.0]), facing_degrees)
    return Subject(
        landmarks["eyes"].astype(float),
        landmarks["crown"].astype(float),
        landmarks["chin"].astype(float),
        facing,
        None if hands is None else hands.astype(float),
    )
