"""Time is integer frames at an exact rate. 29.97 is 30000/1001 and never a float of seconds."""

from __future__ import annotations

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
