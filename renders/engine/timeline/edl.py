"""An edit decision list of the CMX3600 kind as values; frames everywhere, timecode only on paper.

    text = edl_text(edit_list)
    assert read_edl(text, rate=edit_list.rate) == edit_list

Source: CMX 3600 list format as in the Videonics edit list manual and SMPTE 258M; ASC CDL 1.2 for the comments.
"""

from __future__ import annotations

from dataclasses import dataclass

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate

MOST_EVENTS = 999
"""Event numbers have three digits. Source: CMX 3600."""

MOST_TRANSITION_FRAMES = 255
"""Longest dissolve a list can write. Source: CMX 3600."""

REEL_LETTERS = 8
BLACK = "BL"
CHANNELS: tuple[str, ...] = ("V", "A", "A2", "B", "AA", "AA/V")
PICTURE_CHANNELS: tuple[str, ...] = ("V", "B", "AA/V")
"""Channels that hold picture: alone, with one sound track, with two."""


@dataclass(frozen=True, slots=True)
class Cdl:
    """ASC CDL: out = (in × slope + offset) ^ power for red, green and blue, then saturation."""

    slope: tuple[float, float, float] = (1.0, 1.0, 1.0)
    offset: tuple[float, float, float] = (0.0, 0.0, 0.0)
    power: tuple[float, float, float] = (1.0, 1.0, 1.0)
    saturation: float = 1.0


@dataclass(frozen=True, slots=True)
class Locator:
    """A marked frame of the record side: `* LOC:`."""

    frame: int
    colour: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One edit. Outs are exclusive. `transition` is C, D or W and a number; `from_reel` is set where it has a length.

    `speed_fps` is what `M2` says: frames of the source per second of the record, None for as it was shot.
    """

    reel: str
    channel: str
    source_in: int
    source_out: int
    record_in: int
    record_out: int
    transition: str = "C"
    transition_frames: int = 0
    name: str = ""
    from_reel: str = ""
    from_source: int = 0
    from_name: str = ""
    effect: str = ""
    speed_fps: float | None = None
    cdl: Cdl | None = None
    locators: tuple[Locator, ...] = ()
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditList:
    """A list with its title; all its timecodes are drop-frame or none is."""

    title: str
    rate: FrameRate
    events: tuple[Event, ...]
    is_drop: bool = False

    def __post_init__(self) -> None:
        if self.is_drop and not self.rate.can_drop:
            raise InputError(f"fps={self.rate} has no drop-frame timecode; valid: 29.97, 59.94")
