"""A programme as other desks write it: named clips end to end with dissolves, before it is fitted to a film's shots."""

from __future__ import annotations

from dataclasses import dataclass, field

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.timeline.model import Marker


@dataclass(frozen=True, slots=True)
class ProgrammeClip:
    """A clip by name. A transition begins where the clip does; `source_start_frame` is where in its picture."""

    name: str
    duration_frames: int
    transition_in: str = "cut"
    transition_in_frames: int = 0
    source_start_frame: int = 0
    speed_percent: float = 100.0


@dataclass(frozen=True, slots=True)
class Programme:
    """A picture track. `notes` say in words what the list held that a cut of stills has no use for."""

    rate: FrameRate
    clips: tuple[ProgrammeClip, ...]
    name: str = ""
    start_frame: int = 0
    fade_in_frames: int = 0
    fade_out_frames: int = 0
    markers: tuple[Marker, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.clips:
            raise InputError("the list holds no picture; it must have at least one clip")

    @property
    def duration_frames(self) -> int:
        """Return the length in frames."""
        return sum(clip.duration_frames for clip in self.clips)
