"""A pre-check for flashes that may harm, on small frames. It is not a certified test and does not replace one.

>>> counter = FlashCounter(fps=25.0)
>>> for frame in frames: counter.see(frame)
>>> counter.worst()
(0, 0)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint8]

WHITE_CD = 200.0
"""Luminance of white on the viewer's screen in cd/m². Source: ITU-R BT.1702, reference display of its annexes."""

CHANGE_CD, DARKER_BELOW_CD = 20.0, 160.0
"""A change this large counts when its darker state is below this. Source: ITU-R BT.1702-2, annex 1."""

AREA = 0.25
"""Share of the screen that must change together. Source: ITU-R BT.1702-2, annex 1."""

MOST_FLASHES = 3
"""Flashes allowed in any second; a flash is a pair of opposing changes. Source: ITU-R BT.1702-2, annex 1."""

RED_SHARE, RED_CHANGE = 0.8, 20.0
"""A saturated red and the change of (R − G − B) × 320 that counts. Source: W3C, WCAG 2.2, general flash definition."""

TOGETHER_FRAMES = 3
"""Frames within which changes belong to one edge. House choice: a fade over three frames is still seen as a flash."""

GAMMA = 2.4
"""Source: ITU-R BT.1886."""

LINEAR = ((np.arange(256, dtype=np.float32) / np.float32(255)) ** np.float32(GAMMA)).astype(
    np.float32
)


@dataclass(slots=True)
class _Edges:
    """Frames at which more than a quarter of the screen turned up or down, each opposite to the one before."""

    counts: Callable[[Floats, Floats], npt.NDArray[np.bool_]]
    change: float
    extreme: Floats | None = None
    direction: npt.NDArray[np.int8] | None = None
    rising: list[float] = field(default_factory=list)
    falling: list[float] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    last: int = 0

    def see(self, number: int, value: Floats) -> None:
        if self.extreme is None or self.direction is None:
            self.extreme, self.direction = value.copy(), np.zeros(value.shape, np.int8)
            return
        extreme, direction = self.extreme, self.direction
        matters = self.counts(extreme, value)
        up = (direction <= 0) & (value >= extreme + self.change) & matters
        down = (direction >= 0) & (value <= extreme - self.change) & matters
        on = ((direction > 0) & (value > extreme)) | ((direction < 0) & (value < extreme))
        # Before its first edge a pixel drifts; only a change against where it stood last counts.
        moved = up | down | on
        extreme[moved] = value[moved]
        direction[up], direction[down] = 1, -1
        for shares, turned, way in ((self.rising, up, 1), (self.falling, down, -1)):
            shares.append(float(turned.mean()))
            if sum(shares[-TOGETHER_FRAMES:]) > AREA and self.last != way:
                self.found.append(number)
                self.last = way
                shares.clear()

    def most_in(self, frames: int) -> tuple[int, int]:
        """Return the most edges within so many frames, and where the first of them is."""
        most, at, low = 0, 0, 0
        for high, frame in enumerate(self.found):
            while frame - self.found[low] >= frames:
                low += 1
            if high - low + 1 > most:
                most, at = high - low + 1, self.found[low]
        return most, at


class FlashCounter:
    """Sees frame after frame and knows the second with the most flashes."""

    def __init__(self, *, fps: float) -> None:
        self._second = max(1, round(fps))
        self._number = 0
        self._light = _Edges(_is_dark_enough, CHANGE_CD)
        self._red = _Edges(_always, RED_CHANGE)

    def see(self, rgb: Codes) -> None:
        """Take the next frame, uint8 H×W×3, display codes. A raster of an eighth is enough."""
        linear = LINEAR[rgb]
        red, green, blue = linear[..., 0], linear[..., 1], linear[..., 2]
        light = (0.2126 * red + 0.7152 * green + 0.0722 * blue) * np.float32(WHITE_CD)
        self._light.see(self._number, np.asarray(light, np.float32))
        total = red + green + blue
        is_red = red >= RED_SHARE * np.maximum(total, 1e-6)
        strength = np.where(is_red, np.maximum(red - green - blue, 0) * 320, 0)
        self._red.see(self._number, strength.astype(np.float32))
        self._number += 1

    def worst(self) -> tuple[int, int]:
        """Return the most flashes in any second, of light or of saturated red, and the frame where they begin."""
        edges, at = max(self._light.most_in(self._second), self._red.most_in(self._second))
        return edges // 2, at


def _is_dark_enough(before: Floats, after: Floats) -> npt.NDArray[np.bool_]:
    return np.minimum(before, after) < DARKER_BELOW_CD


def _always(before: Floats, after: Floats) -> npt.NDArray[np.bool_]:
    return np.ones(before.shape, np.bool_)
