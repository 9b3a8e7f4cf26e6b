"""The control chart as a PNG, drawn with Pillow at twice its size: for mails and notes that show no SVG."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from apexsite.kit.pixels import png_bytes
from renders.engine.drift.layout import Box, Chart, Dot, Line, Words
from renders.engine.drift.svg import DIAMOND, RADIUS

if TYPE_CHECKING:
    from PIL import ImageDraw
    from PIL.Image import Image

SCALE = 2
PAGE = "#2e2e2e"
PENS: dict[str, tuple[str, float, tuple[int, int] | None]] = {
    "grid": ("#4f4f4f", 1, None),
    "scene": ("#4f4f4f", 1, (2, 4)),
    "limit": ("#ec8076", 1.5, (7, 5)),
    "average": ("#e8a33d", 2.5, None),
    "wander": ("#ec8076", 2.5, None),
    "upper": ("#e8a33d", 1, (2, 3)),
    "stem-approved": ("#4f4f4f", 1, None),
    "stem-waiting": ("#4f4f4f", 1, None),
    "stem-alarm": ("#8d5750", 1, None),
}
"""Colour, width and dashes of each line; the dark theme's tokens."""
INKS = {"heading": "#e6e6e6", "limit-words": "#ec8076", "code-alarm": "#ec8076"}
FILLS = {"approved": "#7cc48a", "waiting": "#c9c9c9", "alarm": "#ec8076"}
OVER = "#3b3433"
LETTERS = 12


def png_of(chart: Chart) -> bytes:
    """Return the chart as PNG bytes; the same chart gives the same bytes."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (round(chart.width * SCALE), round(chart.height * SCALE)), PAGE)
    draw = ImageDraw.Draw(image)
    for mark in chart.marks:
        if isinstance(mark, Box):
            corners = (mark.x, mark.y, mark.x + mark.width, mark.y + max(0.0, mark.height))
            draw.rectangle([v * SCALE for v in corners], fill=OVER)
        elif isinstance(mark, Line):
            _line(draw, mark)
        elif isinstance(mark, Dot):
            _dot(draw, mark)
        else:
            _words(image, mark)
    return png_bytes(np.asarray(image, dtype=np.uint8))


def _line(draw: ImageDraw.ImageDraw, line: Line) -> None:
    colour, width, dashes = PENS[line.role]
    points = [(x * SCALE, y * SCALE) for x, y in line.points]
    thick = max(1, round(width * SCALE))
    if dashes is None:
        draw.line(points, fill=colour, width=thick, joint="curve")
        return
    on, off = (length * SCALE for length in dashes)
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        at = 0.0
        while at < length:
            a, b = at / length, min(length, at + on) / length
            ends = [(x0 + (x1 - x0) * s, y0 + (y1 - y0) * s) for s in (a, b)]
            draw.line(ends, fill=colour, width=thick)
            at += on + off


def _dot(draw: ImageDraw.ImageDraw, dot: Dot) -> None:
    kind, _, verdict = dot.role.partition(" ")
    colour, x, y = FILLS[kind], dot.x * SCALE, dot.y * SCALE
    is_full = (verdict or kind) == "approved"
    fill = colour if is_full else PAGE
    if kind == "alarm":
        d = DIAMOND * SCALE
        ring = [(x, y - d), (x + d, y), (x, y + d), (x - d, y)]
        draw.polygon(ring, fill=fill, outline=colour, width=3)
        return
    r = RADIUS * SCALE
    draw.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=colour, width=3)


def _words(image: Image, words: Words) -> None:
    from PIL import Image as pil
    from PIL import ImageDraw, ImageFont

    font = ImageFont.load_default(LETTERS * SCALE)
    ink = INKS.get(words.role, "#a6a6a6")
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[words.anchor]
    if not words.turn:
        at = (words.x * SCALE, words.y * SCALE)
        ImageDraw.Draw(image).text(at, words.text, fill=ink, font=font, anchor=anchor)
        return
    side = 2 * round(font.getlength(words.text) + LETTERS * SCALE)
    plate = pil.new("L", (side, side), 0)
    ImageDraw.Draw(plate).text((side / 2, side / 2), words.text, fill=255, font=font, anchor=anchor)
    turned = plate.rotate(-words.turn, pil.Resampling.BICUBIC)
    corner = (round(words.x * SCALE - side / 2), round(words.y * SCALE - side / 2))
    image.paste(ink, corner, turned)
