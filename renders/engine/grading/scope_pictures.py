"""Scopes as pictures: light on a near-black neutral ground, thin graticules, small figures; always dark, as a scope is.

Path("parade.png").write_bytes(png_bytes(scope_picture(measure(pixels), kind=ScopeKind.PARADE)))
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from apexsite.kit.errors import InputError, listed
from apexsite.kit.pixels import Bytes3
from renders.engine.grading.scopes import CHROMA_BINS, Scopes
from renders.engine.grading.skin import SKIN_DEGREES, chroma_of

Plane = npt.NDArray[np.float64]


class ScopeKind(StrEnum):
    """Which scope."""

    HISTOGRAM = "histogram"
    WAVEFORM = "waveform"
    PARADE = "parade"
    VECTORSCOPE = "vectorscope"


WIDTH, HEIGHT = 720, 405
"""Raster of a scope in pixels: twice the size it is shown at."""

MARGIN_LEFT, MARGIN = 44, 14
GROUND, WELL, LINE, WORDS = (0x24,) * 3, (0x1A,) * 3, (0x3A,) * 3, (0xA6,) * 3
ACCENT = (0xE8, 0xA3, 0x3D)
TRACES = np.array([[255, 92, 84], [104, 214, 120], [98, 148, 255], [222, 222, 222]], np.float64)
"""Red, green, blue and luma; chosen so that all three together are a near white, and each is told from the others
by its brightness too."""

LABEL = 17
TARGETS = {
    "R": (0.75, 0.0, 0.0),
    "Y": (0.75, 0.75, 0.0),
    "G": (0.0, 0.75, 0.0),
    "C": (0.0, 0.75, 0.75),
    "B": (0.0, 0.0, 0.75),
    "M": (0.75, 0.0, 0.75),
}
"""Bars of 75 %. Source: SMPTE RP 219-1, the colour bars."""


def scope_picture(scopes: Scopes, *, kind: str) -> Bytes3:
    """Return a scope as uint8 405×720×3; raises `InputError` for an unknown kind."""
    if kind not in list(ScopeKind):
        raise InputError(f"scope={kind!r} must be one of {listed(ScopeKind)}")
    if kind == ScopeKind.VECTORSCOPE:
        return _vectorscope(scopes)
    if kind == ScopeKind.HISTOGRAM:
        return _histogram(scopes)
    groups = (0, 1, 2) if kind == ScopeKind.PARADE else (3,)
    return _waves(scopes, groups)


def _waves(scopes: Scopes, groups: tuple[int, ...]) -> Bytes3:
    """Draw a waveform of luma, or red, green and blue side by side."""
    tall, wide = HEIGHT - 2 * MARGIN, WIDTH - MARGIN_LEFT - MARGIN
    canvas = _canvas(tall, wide)
    gap = 10 if len(groups) > 1 else 0
    each = (wide - gap * (len(groups) - 1)) // len(groups)
    for place, channel in enumerate(groups):
        glow = _glow(scopes.waveform[channel][::-1].astype(np.float64))
        drawn = _resized(glow, tall, each)
        left = MARGIN_LEFT + place * (each + gap)
        _add(canvas[MARGIN : MARGIN + tall, left : left + each], drawn, TRACES[channel])
    return _lettered(canvas, [(v, f"{v}") for v in (0, 25, 50, 75, 100)], tall)


def _histogram(scopes: Scopes) -> Bytes3:
    """Draw red, green and blue as light that adds up, luma as a line over them."""
    tall, wide = HEIGHT - 2 * MARGIN, WIDTH - MARGIN_LEFT - MARGIN
    canvas = _canvas(tall, wide, is_ruled_across=False)
    # The ends hold all that is clipped; the tallest of the rest sets the scale.
    inner = scopes.histogram[:, 1:-1]
    top = max(float(np.quantile(np.sqrt(inner), 0.995)), 1.0)
    at = np.linspace(0, 255, wide)
    field = canvas[MARGIN : MARGIN + tall, MARGIN_LEFT : MARGIN_LEFT + wide]
    rows = np.arange(tall)[:, None]
    for channel in range(4):
        smooth = np.convolve(
            np.pad(np.sqrt(scopes.histogram[channel]), 1, "edge"), [0.25, 0.5, 0.25], "valid"
        )
        edge = tall * (1.0 - 0.94 * np.minimum(np.interp(at, np.arange(256), smooth) / top, 1.0))
        if channel < 3:
            _add(field, np.clip(rows - edge + 0.5, 0, 1) * 0.36, TRACES[channel])
        else:
            slope = np.sqrt(1.0 + np.gradient(edge) ** 2)
            line = np.clip(1.6 - np.abs(rows - edge) / slope, 0, 1)
            _add(field, line * 0.9, TRACES[channel])
    picture = _lettered(canvas, [], tall)
    return _worded(
        picture,
        [
            (f"black {100 * max(scopes.black):.1f} %", MARGIN_LEFT + 6, MARGIN + 4, "la"),
            (f"white {100 * max(scopes.white):.1f} %", WIDTH - MARGIN - 6, MARGIN + 4, "ra"),
        ],
    )


def _vectorscope(scopes: Scopes) -> Bytes3:
    """Draw Cb to the right and Cr upwards, each place in its own colour, with targets and the skin line."""
    side = HEIGHT - 2 * MARGIN
    left = (WIDTH - side) // 2
    canvas = np.empty((HEIGHT, WIDTH, 3))
    canvas[:] = GROUND
    field = canvas[MARGIN : MARGIN + side, left : left + side]
    y, x = (np.mgrid[0:side, 0:side] + 0.5) / side - 0.5
    radius = np.hypot(x, y)
    field[radius <= 0.5] = WELL
    for ring in (0.125, 0.25, 0.375, 0.5):
        _blend(field, np.clip(1.0 - np.abs(radius - ring) * side, 0, 1), LINE)
    _blend(
        field, np.clip(1.0 - np.minimum(np.abs(x), np.abs(y)) * side, 0, 1) * (radius < 0.5), LINE
    )
    angle = np.radians(SKIN_DEGREES)
    along, across = x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)
    on_line = np.clip(1.3 - np.abs(across) * side, 0, 1) * (along > 0) * (along < 0.5)
    _blend(field, on_line * 0.8, ACCENT)
    light = _glow(_spread(scopes.vectors[::-1].astype(np.float64)))
    own = np.stack([0.62 + 1.575 * -y, 0.62 - 0.187 * x + 0.468 * y, 0.62 + 1.856 * x], axis=-1)
    own = np.clip(own, 0.12, 1.0) * 255.0
    field += _resized(light, side, side)[..., None] * own
    words = []
    for name, colour in TARGETS.items():
        _, cb, cr = chroma_of(np.array(colour))
        px, py = left + (0.5 + float(cb)) * side, MARGIN + (0.5 - float(cr)) * side
        _box(canvas, px, py)
        away = 1.0 + 22.0 / (np.hypot(float(cb), float(cr)) * side)
        words.append(
            (
                name,
                left + (0.5 + float(cb) * away) * side,
                MARGIN + (0.5 - float(cr) * away) * side,
                "mm",
            )
        )
    end = 0.47
    words.append(
        (
            "skin",
            left + (0.5 + end * np.cos(angle)) * side - 8,
            MARGIN + (0.5 - end * np.sin(angle)) * side,
            "rm",
        )
    )
    return _worded(np.clip(canvas, 0, 255).astype(np.uint8), words)


def _canvas(tall: int, wide: int, *, is_ruled_across: bool = True) -> Plane:
    canvas = np.empty((HEIGHT, WIDTH, 3))
    canvas[:] = GROUND
    canvas[MARGIN : MARGIN + tall, MARGIN_LEFT : MARGIN_LEFT + wide] = WELL
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        if is_ruled_across:
            row = MARGIN + round((tall - 1) * (1.0 - share))
            canvas[row, MARGIN_LEFT : MARGIN_LEFT + wide] = LINE
        else:
            column = MARGIN_LEFT + round((wide - 1) * share)
            canvas[MARGIN : MARGIN + tall, column] = LINE
    return canvas


def _glow(counts: Plane) -> Plane:
    """Return brightness from 0 to 1: a few pixels are seen, many do not blind."""
    some = counts[counts > 0]
    if not some.size:
        return counts
    top = max(float(np.quantile(some, 0.97)), 2.0)
    return np.asarray(np.minimum(np.log1p(3.0 * counts / top) / np.log(4.0), 1.15))


def _spread(counts: Plane) -> Plane:
    """Return counts as a beam's small round spot."""
    taps = np.array([0.25, 0.5, 0.25])
    for axis in (0, 1):
        counts = np.apply_along_axis(np.convolve, axis, counts, taps, "same")
    assert counts.shape == (CHROMA_BINS, CHROMA_BINS)
    return counts


def _resized(plane: Plane, tall: int, wide: int) -> Plane:
    from PIL import Image

    image = Image.fromarray(plane.astype(np.float32))
    return np.asarray(image.resize((wide, tall), Image.Resampling.BILINEAR), np.float64)


def _add(field: Plane, light: Plane, colour: Plane) -> None:
    """Add light of a colour in place, never beyond white."""
    field += light[..., None] * colour * 0.9
    np.clip(field, 0, 255, out=field)


def _blend(field: Plane, share: Plane, colour: tuple[int, ...]) -> None:
    field += share[..., None] * (np.array(colour, np.float64) - field)


def _box(canvas: Plane, x: float, y: float, reach: int = 7) -> None:
    left, top = round(x) - reach, round(y) - reach
    right, bottom = left + 2 * reach, top + 2 * reach
    canvas[[top, bottom], left : right + 1] = 0x6E
    canvas[top : bottom + 1, [left, right]] = 0x6E


def _lettered(canvas: Plane, marks: list[tuple[int, str]], tall: int) -> Bytes3:
    words = [
        (text, MARGIN_LEFT - 8, MARGIN + (tall - 1) * (1 - value / 100), "rm")
        for value, text in marks
    ]
    return _worded(np.clip(canvas, 0, 255).astype(np.uint8), words)


def _worded(picture: Bytes3, words: Sequence[tuple[str, float, float, str]]) -> Bytes3:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.fromarray(picture)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(LABEL)
    for text, x, y, anchor in words:
        draw.text((x, y), text, font=font, fill=WORDS, anchor=anchor)
    return np.asarray(image, np.uint8)
