"""Where the camera stands: focal length, tilt as a horizon, height, roll; and the projection of metres to the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

from projects.engine.brief import ShotBrief
from projects.engine.framing import HEAD_HEIGHT_SHARE, CameraAngle, ShotSize
from renders.engine.imaging.sketch.paint import Point

HEAD_METRES = 0.23
"""Crown to chin of an adult. Source: mean of 95th/5th percentiles in NASA-STD-3000, vol. I, 3.3.1, rounded."""

EYE_BELOW_CROWN = 0.5
"""Where the eyes sit in the head, as a share of its height. Source: the classical canon of the human head."""

TILT_DEGREES: dict[CameraAngle, float] = {
    CameraAngle.EYE: -1.3,
    CameraAngle.LOW: 8.0,
    CameraAngle.HIGH: -10.0,
    CameraAngle.OVERHEAD: -32.0,
    CameraAngle.DUTCH: -0.5,
}
"""Upward tilt; looking up moves the horizon down in the frame. House choice."""

EYE_LINE: dict[ShotSize, float] = {
    ShotSize.ECU: 0.43,
    ShotSize.CU: 0.43,
    ShotSize.MCU: 0.345,
    ShotSize.MS: 0.275,
    ShotSize.MLS: 0.215,
    ShotSize.LS: 0.15,
    ShotSize.EWS: 0.53,
}
"""Height of the lead's eyes in the frame, as a share from the top. House choice from usual headroom."""

NEAREST = 0.15
"""Nothing nearer than this many metres is projected; it would be behind the lens."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A shift-lens view: verticals stay upright. Lengths in frame heights, world in metres."""

    aspect: float
    focal: float
    horizon: float
    height: float
    roll: float
    subject: float
    vanish: float

    def project(self, x: float, y: float, z: float) -> Point:
        """Return the frame place of a world point: x to the right, y up from the ground, z away from the lens."""
        depth = max(NEAREST, z)
        return (
            self.vanish + self.focal * x / depth,
            self.horizon - self.focal * (y - self.height) / depth,
        )

    def scale(self, z: float) -> float:
        """Return frame heights per metre at a depth."""
        return self.focal / max(NEAREST, z)

    def half_width(self, z: float) -> float:
        """Return half the metres the frame is wide at a depth."""
        return self.aspect / 2 / self.scale(z)


def plan_camera(
    brief: ShotBrief, *, aspect: float, eye_metres: float, nudge: float = 0.0, sway: float = 0.0
) -> Camera:
    """Return the camera that shows the lead's head at its share of the frame.

    `nudge` changes the tilt in degrees and `sway` moves the vanishing point; both come from the variant.
    Source: pinhole model; horizon = ½ + f·tan(tilt); sensor 36 mm across the longer side.
    """
    focal = brief.lens_mm / 36.0 * max(aspect, 1.0)
    share = HEAD_HEIGHT_SHARE[brief.size]
    distance = max(NEAREST * 1.1, HEAD_METRES * focal / share)
    tilt = math.radians(TILT_DEGREES[brief.angle] + nudge)
    eye_line = EYE_LINE[brief.size]
    horizon = min(1.5, max(-1.4, 0.5 + focal * math.tan(tilt)))
    height = eye_metres - (horizon - eye_line) * distance / focal
    height = min(14.0, max(0.14, height))
    horizon = eye_line + (eye_metres - height) * focal / distance
    return Camera(
        aspect=aspect,
        focal=focal,
        horizon=horizon,
        height=height,
        roll=math.radians(7.5) if brief.angle is CameraAngle.DUTCH else 0.0,
        subject=HEAD_METRES * focal / share,
        vanish=aspect * (0.5 + sway),
    )
