"""What a transition is: for every frame of it, how much of each picture is seen, where, and how bright the whole is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from renders.engine.motion.easing import Curve


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a clip's picture is shown: scaled about the frame's middle, then moved by shares of its width and height."""

    scale: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """The placement that lays the second shot on the first where they look alike; `confidence` from 0 to 1."""

    scale: float
    shift_x: float
    shift_y: float
    confidence: float


IN_PLACE = Placement()


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of the clip before and the clip after (their sum is 1), and the brightness of the whole, 0 to 1.

    With a `streak` the shares are not looked at: the camera swings along both pictures, and the numbers are how
    far it has swung, in widths of the frame, when the shutter opens and when it closes.
    """

    before: float
    after: float
    gain: float = 1.0
    before_at: Placement = IN_PLACE
    after_at: Placement = IN_PLACE
    streak: tuple[float, float] | None = None


class Transition(Protocol):
    """A transition as a pure function of its frame, 0 to duration_frames − 1."""

    def __call__(
        self, *, frame: int, duration_frames: int, curve: Curve, match: Match | None
    ) -> Mix:
        """Return the mix of a frame."""


def share_at(*, frame: int, duration_frames: int) -> float:
    """Return how much of a transition is over in the middle of a frame, strictly between 0 and 1.

    Frame n of a length is at (n + ½)/length, so a transition looks the same forwards and backwards.
    """
    return (frame + 0.5) / duration_frames


def fade_gain(*, frame: int, duration_frames: int, fade_in: int, fade_out: int) -> float:
    """Return the brightness of a film's frame: up from black over its first frames, down over its last.

    The first and the last frame of a fade are black and the frame after it is at full brightness.
    """
    gain = 1.0
    if frame < fade_in:
        gain = min(gain, frame / fade_in)
    left = duration_frames - 1 - frame
    if left < fade_out:
        gain = min(gain, left / fade_out)
    return gain
