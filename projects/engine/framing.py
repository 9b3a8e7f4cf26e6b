"""The vocabulary of a shot: size, angle, coverage, camera move, time of day. Names are the field's own."""

from __future__ import annotations

from enum import StrEnum

from apexsite.kit.errors import InputError, listed


class ShotSize(StrEnum):
    """How much of a person the frame holds, from the eyes to a dot in the landscape."""

    ECU = "ECU"
    CU = "CU"
    MCU = "MCU"
    MS = "MS"
    MLS = "MLS"
    LS = "LS"
    EWS = "EWS"


HEAD_HEIGHT_SHARE: dict[ShotSize, float] = {
    ShotSize.ECU: 1.05,
    ShotSize.CU: 0.62,
    ShotSize.MCU: 0.42,
    ShotSize.MS: 0.28,
    ShotSize.MLS: 0.19,
    ShotSize.LS: 0.115,
    ShotSize.EWS: 0.045,
}
"""Height of a standing lead's head (crown to chin) as a share of the frame's height.

Source: house choice from common framing heights (an MS cuts at the waist, an LS shows the whole body with room).
"""

SIZE_NAMES: dict[ShotSize, str] = {
    ShotSize.ECU: "extreme close-up",
    ShotSize.CU: "close-up",
    ShotSize.MCU: "medium close-up",
    ShotSize.MS: "medium shot",
    ShotSize.MLS: "medium long shot",
    ShotSize.LS: "long shot",
    ShotSize.EWS: "extreme wide shot",
}


class CameraAngle(StrEnum):
    """Where the camera stands in height and tilt."""

    EYE = "eye"
    LOW = "low"
    HIGH = "high"
    OVERHEAD = "overhead"
    DUTCH = "dutch"


class Coverage(StrEnum):
    """What the shot is for in the scene."""

    ESTABLISHING = "establishing"
    MASTER = "master"
    TWO_SHOT = "two_shot"
    SINGLE = "single"
    OTS = "ots"
    INSERT = "insert"
    POV = "pov"


class CameraMove(StrEnum):
    """What the camera does while the shot lasts. Source: seed S3's names, plus truck and boom of S1."""

    STATIC = "static"
    ZOOM_IN = "slow_zoom_in"
    ZOOM_OUT = "slow_zoom_out"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"
    PUSH_PAN = "push_pan"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    TRUCK_LEFT = "truck_left"
    TRUCK_RIGHT = "truck_right"
    BOOM_UP = "boom_up"
    BOOM_DOWN = "boom_down"
    CRANE_UP = "crane_up"
    CRANE_DOWN = "crane_down"
    ORBIT_LEFT = "orbit_left"
    ORBIT_RIGHT = "orbit_right"
    DOLLY_ZOOM = "dolly_zoom"


class Join(StrEnum):
    """How a shot begins: what happens between it and the shot before. `automatic` leaves it to the cut."""

    AUTOMATIC = "automatic"
    CUT = "cut"
    CROSSFADE = "crossfade"
    DIP = "dip"
    WHIP_PAN = "whip_pan"
    MATCH_DISSOLVE = "match_dissolve"


class Setting(StrEnum):
    """Inside or outside, as the scene heading says."""

    INT = "INT"
    EXT = "EXT"
    INT_EXT = "INT/EXT"


class TimeOfDay(StrEnum):
    """When the scene plays, folded from the heading's words."""

    DAWN = "dawn"
    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


LENSES_MM: tuple[int, ...] = (24, 35, 50, 85, 135)
"""Focal lengths on a 36 × 24 mm sensor. Source: seed S1, "Camera Settings"."""


def shot_size(text: str) -> ShotSize:
    """Return the size named, or raise `InputError` with the valid names."""
    try:
        return ShotSize(text.strip().upper())
    except ValueError:
        raise InputError(f"size={text!r} must be a shot size; valid: {listed(ShotSize)}") from None
