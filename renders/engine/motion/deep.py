"""A frame made of light: layers of a still seen through an open shutter, added up and coded again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from renders.engine.motion.compiled import compiled
from renders.engine.motion.layers import DepthLayer
from renders.engine.motion.resample import Floats, Starts, Words, _column_sums, _row_sums
from renders.engine.motion.taps import Taps, luma_axis, taps_of
from renders.engine.motion.window import Window

Light = npt.NDArray[np.float32]

MOST_VIEWS = 16
"""Sub-frames of one frame at most. Source: research note on motion blur, 4 to 16."""

VIEWS_PER_PIXEL = 0.5
"""Sub-frames for each pixel that the picture moves while the shutter is open. House choice: no gaps are seen."""


def shutter_times(frame: float, *, degrees: float, travel_pixels: float) -> tuple[float, ...]:
    """Return the times at which a frame is looked at, in frames, about its middle; one where nothing moves.

    `travel_pixels` is how far anything moves within a frame.

    >>> shutter_times(10, degrees=180, travel_pixels=8)
    (9.875, 10.125)
    """
    opened = degrees / 360.0
    views = math.ceil(VIEWS_PER_PIXEL * travel_pixels * opened)
    views = min(max(views, 1), MOST_VIEWS)
    return tuple(frame + opened * ((view + 0.5) / views - 0.5) for view in range(views))


def draw_light(
    layers: Sequence[DepthLayer], windows: Sequence[Window], *, width: int, height: int
) -> Light:
    """Return the layers over one another, each through its own window; float32 3×H×W light, far layers first."""
    out = np.zeros((3, height, width), np.float32)
    for layer, window in zip(layers, windows, strict=True):
        wide, tall = layer.still_size
        shape = min(wide / width, tall / height)
        long_x, long_y = shape * width / window.zoom, shape * height / window.zoom
        start_x = wide / 2 + (window.centre_x - 0.5) * shape * width - long_x / 2
        start_y = tall / 2 + (window.centre_y - 0.5) * shape * height - long_y / 2
        rows, y, end_y = _inner(start_y - layer.top, long_y, height, layer.planes.shape[1])
        columns, x, end_x = _inner(start_x - layer.left, long_x, width, layer.planes.shape[2])
        if y < end_y and x < end_x:
            part = out[:, y:end_y, x:end_x]
            _over(layer.planes, rows.first, rows.weights, columns.first, columns.weights, part)
    return out


def _inner(start: float, length: float, samples: int, limit: int) -> tuple[Taps, int, int]:
    """Return the taps of the outputs that see a layer of `limit` samples, and which outputs those are."""
    taps = taps_of(
        luma_axis(start=start, length=length, samples=samples), samples=samples, limit=limit
    )
    count = taps.weights.shape[0]
    scale = samples / length
    first = max(0, math.floor(-(start + count) * scale))
    last = min(samples, math.ceil((limit + count - start) * scale) + 1)
    inner = Taps(taps.first[first:last], np.ascontiguousarray(taps.weights[:, first:last]))
    return inner, first, max(first, last)


def coded(light: Light) -> Light:
    """Return float32 H×W×3 sRGB codes of 3×H×W light, clipped to [0, 1]."""
    words = (np.clip(light, 0.0, 1.0) * np.float32(65535) + np.float32(0.5)).astype(np.uint16)
    return np.ascontiguousarray(_code_table()[words].transpose(1, 2, 0))


def light_of(pixels: Light) -> Light:
    """Return float32 light of sRGB-coded pixels [0, 1]. Source: IEC 61966-2-1."""
    from renders.engine.grading.gamut import srgb_light

    return srgb_light(pixels.astype(np.float64)).astype(np.float32)


@cache
def _code_table() -> Light:
    from renders.engine.grading.gamut import srgb_code

    return srgb_code(np.arange(65536) / 65535.0).astype(np.float32)


@compiled
def _over(
    planes: Words,
    rows: Starts,
    row_weights: Floats,
    columns: Starts,
    column_weights: Floats,
    out: Light,
) -> None:
    """Lay a layer over `out`."""
    height, width = out.shape[1], out.shape[2]
    column = np.empty(planes.shape[2], np.float32)
    cover, line = np.empty(width, np.float32), np.empty(width, np.float32)
    low, high = columns[0], columns[width - 1] + column_weights.shape[0]
    fine, one = np.float32(1.0 / 65535.0), np.float32(1.0)
    for y in range(height):
        weights = row_weights[:, y]
        _column_sums(planes[3], rows[y], weights, fine, low, high, column)
        _row_sums(column, columns, column_weights, cover)
        for channel in range(3):
            _column_sums(planes[channel], rows[y], weights, fine, low, high, column)
            _row_sums(column, columns, column_weights, line)
            for x in range(width):
                left = one - min(max(cover[x], np.float32(0.0)), one)
                out[channel, y, x] = out[channel, y, x] * left + line[x]
