"""Time is integer frames at an exact rate. 29.97 is 30000/1001 and never a float of seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from apexsite.kit.errors import InputError

NTSC_SNAP = {
    "23.976": Fraction(24000, 1001),
    "23.98": Fraction(24000, 1001),
    "29.97": Fraction(30000, 1001),
    "59.94": Fraction(60000, 1001),
}
HIGHEST_FPS = 240
NTSC_SLOWNESS = Fraction(1000, 1001)
TIMECODE = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)([:;])(\d\d\d?)")
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class FrameRate:
    """Frames per second as an exact fraction."""

    fps: Fraction

    def __post_init__(self) -> None:
        if not 1 <= self.fps <= HIGHEST_FPS:
            raise InputError(f"fps={self.fps} must be from 1 to {HIGHEST_FPS}")

    @classmethod
    def parse(cls, text: str | int | float | Fraction) -> FrameRate:
        """Return the rate of "24000/1001", 25, "29.97" (snapped to 30000/1001) or a Fraction."""
        if isinstance(text, Fraction | int):
            return cls(Fraction(text))
        words = str(text).strip()
        if words in NTSC_SNAP:
            return cls(NTSC_SNAP[words])
        try:
            return cls(Fraction(words))
        except (ValueError, ZeroDivisionError):
            raise InputError(
                f"fps={words!r} must be a whole number, a fraction such as 24000/1001, "
                "or one of 23.976, 29.97, 59.94"
            ) from None

    def frames_at(self, seconds: Fraction | float) -> int:
        """Return the frame nearest to an absolute time in seconds, halves up."""
        exact = Fraction(seconds) * self.fps
        return int((exact + Fraction(1, 2)).__floor__())

    def seconds_at(self, frames: int) -> Fraction:
        """Return the exact time in seconds at which a frame begins."""
        return Fraction(frames) / self.fps

    def __str__(self) -> str:
        """Return "24000/1001" or "25/1"."""
        return f"{self.fps.numerator}/{self.fps.denominator}"

    @property
    def counted(self) -> int:
        """Return the whole frames that a timecode counts in a second: 30 for 29.97; raises `InputError`."""
        for fps in (self.fps, self.fps / NTSC_SLOWNESS):
            if fps.denominator == 1:
                return fps.numerator
        raise InputError(f"fps={self} has no timecode; it must be whole, or whole × 1000/1001")

    @property
    def can_drop(self) -> bool:
        """Return whether drop-frame timecode is defined at this rate: 29.97 and 59.94."""
        return self.fps in (NTSC_SNAP["29.97"], NTSC_SNAP["59.94"])

    def frames_in_day(self, *, is_drop: bool = False) -> int:
        """Return the frames after which the timecode starts again at zero."""
        # Source: SMPTE ST 12-1: two numbers (four at 59.94) skipped each minute, but not each tenth.
        dropped = (DAY_MINUTES - DAY_MINUTES // 10) * self._dropped(is_drop)
        return DAY_MINUTES * 60 * self.counted - dropped

    def timecode_at(self, frames: int, *, is_drop: bool = False) -> str:
        """Return a frame's timecode, "00:01:00;02" when frame numbers are dropped; a day's end is 0 again.

        Raises `InputError` below frame 0 and for a drop-frame timecode at any rate but 29.97 and 59.94.
        """
        if frames < 0:
            raise InputError(f"frames={frames} must be 0 or more to have a timecode")
        second, dropped = self.counted, self._dropped(is_drop)
        number = frames % self.frames_in_day(is_drop=is_drop)
        minute = 60 * second - dropped
        tens, rest = divmod(number, 10 * minute + dropped)
        # The first minute of ten is whole; each later one begins with its skipped numbers.
        skipped = max(0, (rest - dropped) // minute) if dropped else 0
        number += dropped * (9 * tens + skipped)
        seconds, frame = divmod(number, second)
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        digits = max(2, len(str(second - 1)))
        return f"{clock}{';' if is_drop else ':'}{frame:0{digits}}"

    def frames_of(self, timecode: str, *, is_drop: bool | None = None) -> int:
        """Return the frame of a timecode; a ";" before the frames means drop-frame unless `is_drop` says.

        Raises `InputError` for what is no timecode, and for a number that drop-frame skips.
        """
        parts = TIMECODE.fullmatch(timecode.strip())
        if parts is None:
            raise InputError(f"timecode={timecode!r} must look like 01:00:00:00 or 01:00:00;00")
        hour, minute, second, frame = (int(parts[n]) for n in (1, 2, 3, 5))
        dropped = self._dropped(parts[4] == ";" if is_drop is None else is_drop)
        if hour > 23 or frame >= self.counted:
            raise InputError(
                f"timecode={timecode!r} must be below 24 hours with frames below {self.counted}"
            )
        if minute % 10 and second == 0 and frame < dropped:
            raise InputError(f"timecode={timecode!r} does not exist: drop-frame skips it")
        minutes = hour * 60 + minute
        number = (minutes * 60 + second) * self.counted + frame
        return number - dropped * (minutes - minutes // 10)

    def _dropped(self, is_drop: bool) -> int:
        if is_drop and not self.can_drop:
            raise InputError(f"fps={self} has no drop-frame timecode; valid: 29.97, 59.94")
        return self.counted // 15 if is_drop else 0
