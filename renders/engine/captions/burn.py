"""Captions drawn into the picture: white on a dark edge, in the font Apex carries, blended into planes of 4:2:0."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from apexsite.kit.pixels import Codes
from renders.engine.captions.model import Caption, CaptionTrack

FONT = Path(__file__).with_name("fonts") / "SourceSansPro-Semibold.otf"
"""Source Sans Pro Semibold by Adobe, SIL Open Font License 1.1, as published; see the licence beside it."""

LETTER_SHARE = 0.052
"""Size of the letters against the shorter side of the picture. House choice: two lines of 42 letters fit 16:9."""
LINE_PITCH = 1.25
"""From base line to base line, in sizes of the letter. House choice."""
WIDEST_SHARE = 0.9
FOOT_SHARE = 0.07
"""Room below the lowest line and beside the longest. Source: EBU R 95, graphics-safe area of 90 % and 5 % each side,
with a little more at the foot, where players show their controls."""
EDGE_SHARE, SHADE = 0.075, 0.62
"""Width of the dark edge against the letter, and how much of the picture it takes. House choice."""
WHITE_LUMA, BLACK_LUMA, NEUTRAL = 235.0, 16.0, 128.0
"""Source: ITU-R BT.709, 8-bit limited range."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A drawn caption: where its upper left corner lies, and how much of white and of dark each pixel takes, 0–1."""

    top: int
    left: int
    white: npt.NDArray[np.float32]
    dark: npt.NDArray[np.float32]


class CaptionPainter:
    """Draws a track's captions into frames of one raster. Each caption is set once and kept while it is up."""

    def __init__(self, track: CaptionTrack, *, width: int, height: int) -> None:
        self.track, self.width, self.height = track, width, height
        self._set: tuple[Caption, Plate] | None = None

    @cached_property
    def letter_pixels(self) -> int:
        """Return the size of the letters in pixels."""
        return max(8, round(LETTER_SHARE * min(self.width, self.height)))

    def onto(self, planes: Codes, *, frame: int) -> Codes:
        """Return the frame's planes (I420, any shape) with its caption drawn in; the same array where none is up.

        Codes are 8 bits in uint8, 10 bits in uint16.
        """
        caption = self.track.at(frame)
        if caption is None:
            return planes
        if self._set is None or self._set[0] != caption:
            self._set = caption, self.plate(caption)
        plate = self._set[1]
        drawn = np.array(planes, copy=True).reshape(-1)
        luma_size = self.width * self.height
        code = 1 if drawn.dtype == np.uint8 else 4
        luma = drawn[:luma_size].reshape(self.height, self.width)
        rows, columns = plate.white.shape
        here = luma[plate.top : plate.top + rows, plate.left : plate.left + columns]
        kept = (1.0 - plate.dark) * here + plate.dark * code * BLACK_LUMA
        here[:] = np.rint(kept + plate.white * (code * WHITE_LUMA - kept)).astype(drawn.dtype)
        covered = 1.0 - (1.0 - plate.dark) * (1.0 - plate.white)
        halves = covered.reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3))
        for plane in np.split(drawn[luma_size:], 2):
            chroma = plane.reshape(self.height // 2, self.width // 2)
            part = chroma[
                plate.top // 2 : plate.top // 2 + rows // 2,
                plate.left // 2 : plate.left // 2 + columns // 2,
            ]
            part[:] = np.rint(part + halves * (code * NEUTRAL - part)).astype(drawn.dtype)
        return drawn.reshape(planes.shape)

    def plate(self, caption: Caption) -> Plate:
        """Return the caption set in the picture's own size, with even corners for the halved planes."""
        from PIL import Image, ImageDraw, ImageFont

        size = self.letter_pixels
        while True:
            font = ImageFont.truetype(str(FONT), size)
            widest = max(font.getlength(line) for line in caption.lines)
            if widest <= WIDEST_SHARE * self.width or size <= 8:
                break
            size -= 1
        edge, pitch = max(1, round(EDGE_SHARE * size)), round(LINE_PITCH * size)
        rim = 2 * edge + 2
        width = min(_even(widest + 2 * rim), self.width)
        height = min(_even(pitch * len(caption.lines) + 2 * rim), self.height)
        layers = []
        for stroke in (0, edge):
            layer = Image.new("L", (width, height))
            pen = ImageDraw.Draw(layer)
            for number, line in enumerate(caption.lines):
                # Each line by itself on its base line: set together, a stroke would move the lines apart.
                base = rim + number * pitch + round(0.95 * size)
                pen.text(
                    (width / 2, base), line, fill=255, font=font, anchor="ms", stroke_width=stroke
                )
            layers.append(np.asarray(layer, np.float32) / np.float32(255))
        foot = round(FOOT_SHARE * self.height)
        top = max(0, self.height - foot - height) // 2 * 2
        left = max(0, (self.width - width) // 2) // 2 * 2
        return Plate(top, left, layers[0], _soft(layers[1]) * np.float32(SHADE))


def _even(size: float) -> int:
    return 2 * int(-(-size // 2))


def _soft(layer: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the edge a little wider and softer, so that thin strokes hold on white."""
    from scipy.ndimage import uniform_filter

    return np.asarray(
        np.minimum(1.0, np.maximum(layer, uniform_filter(layer, 5) * 1.4)), np.float32
    )
