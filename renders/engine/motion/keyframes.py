"""Keys of a camera over a still: where the window is at some frames, and by which curve it goes on from each."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from apexsite.kit.errors import InputError
from renders.engine.motion.easing import curve_named
from renders.engine.motion.window import Window, kept_inside

MOST_ZOOM = 8.0
"""Closest key. House choice: beyond it a still has no detail left."""


@dataclass(frozen=True, slots=True)
class Key:
    """A window at a frame of the clip. `curve` is how it goes on to the next key; `hold` stays until then."""

    frame: int
    centre_x: float = 0.5
    centre_y: float = 0.5
    zoom: float = 1.0
    curve: str = "sine"

    def __post_init__(self) -> None:
        if self.frame < 0:
            raise InputError(f"frame={self.frame} of a key must be 0 or more")
        if not 1.0 <= self.zoom <= MOST_ZOOM:
            raise InputError(
                f"zoom={self.zoom} of the key at {self.frame} must be 1 to {MOST_ZOOM:g}"
            )
        if not (0.0 <= self.centre_x <= 1.0 and 0.0 <= self.centre_y <= 1.0):
            raise InputError(f"centre of the key at {self.frame} must be from 0 to 1 both ways")
        curve_named(self.curve)


def require_keys(keys: Sequence[Key]) -> None:
    """Raise `InputError` unless the frames rise from key to key."""
    for earlier, later in itertools.pairwise(keys):
        if later.frame <= earlier.frame:
            raise InputError(
                f"keys at {earlier.frame} and {later.frame} must rise from key to key (rule: rising keys)"
            )


def window_of_keys(keys: Sequence[Key], *, frame: float) -> Window:
    """Return the window at a frame, which may lie between two; before the first and after the last key it rests.

    The zoom is interpolated by its logarithm, so that it comes closer at an even felt speed.

    >>> window_of_keys((Key(0), Key(10, zoom=4.0, curve="hold")), frame=5).zoom
    2.0
    """
    after = next((n for n, key in enumerate(keys) if key.frame > frame), len(keys))
    first, last = keys[max(after - 1, 0)], keys[min(after, len(keys) - 1)]
    span = last.frame - first.frame
    eased = curve_named(first.curve)((frame - first.frame) / span) if span > 0 else 0.0
    zoom = math.exp(math.log(first.zoom) * (1.0 - eased) + math.log(last.zoom) * eased)
    return kept_inside(
        first.centre_x + (last.centre_x - first.centre_x) * eased,
        first.centre_y + (last.centre_y - first.centre_y) * eased,
        zoom,
    )
