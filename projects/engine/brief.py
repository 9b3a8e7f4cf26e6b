"""ShotBrief: the frozen value every picture of a shot starts from, whatever engine draws it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError
from projects.engine.framing import (
    CameraAngle,
    CameraMove,
    Coverage,
    Setting,
    ShotSize,
    TimeOfDay,
)


@dataclass(frozen=True, slots=True)
class ShotBrief:
    """What a director would say of a shot. `cast` holds character keys in screen order, left to right."""

    code: str
    place: str
    action: str
    setting: Setting = Setting.INT
    time_of_day: TimeOfDay = TimeOfDay.DAY
    size: ShotSize = ShotSize.MS
    angle: CameraAngle = CameraAngle.EYE
    coverage: Coverage = Coverage.SINGLE
    lens_mm: int = 50
    move: CameraMove = CameraMove.STATIC
    duration_frames: int = 72
    cast: tuple[str, ...] = ()
    speaker: str = ""
    dialogue: str = ""
    prop: str = ""
    mood: str = ""
    lighting: str = ""
    weather: str = ""

    def __post_init__(self) -> None:
        if self.duration_frames < 1:
            raise InputError(
                f"duration_frames={self.duration_frames} of shot {self.code} must be 1 or more"
            )
        if not 8 <= self.lens_mm <= 400:
            raise InputError(f"lens_mm={self.lens_mm} of shot {self.code} must be from 8 to 400")

    def to_document(self) -> dict[str, Any]:
        """Return the brief as plain JSON values."""
        return {**asdict(self), "cast": list(self.cast)}

    @property
    def brief_hash(self) -> str:
        """Return the hash that changes when any word of the brief changes."""
        return document_hash(self.to_document())
