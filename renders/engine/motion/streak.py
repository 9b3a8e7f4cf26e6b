"""A camera that swings from one picture to the next: both planes and their mirror images, smeared along the swing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.pixels import Codes
from renders.engine.motion.compiled import compiled
from renders.engine.motion.resample import (
    Drawn,
    Finish,
    Floats,
    Noise,
    Offset,
    Starts,
    Words,
    _column_sums,
    _finish_row,
    _row_sums,
    _shade_row,
)

Sums = npt.NDArray[np.float64]


def draw_streaked(
    before: Drawn,
    after: Drawn,
    *,
    path: tuple[float, float],
    to_left: bool,
    finish: Finish,
    out: Codes,
) -> None:
    """Draw the mean of all views from `path[0]` to `path[1]`, in widths of the frame, into `out` (uint8).

    0 is the picture before, 1 and 2 the mirror images of both, 3 the picture after. A shutter that is open for
    less than a pixel shows one pixel. Exact for a swing of even speed: a running sum gives the mean of any span.
    """
    width = out.shape[1]
    first, last = (3.0 - path[1], 3.0 - path[0]) if to_left else path
    middle, half = 0.5 * (first + last) * width, max(0.5 * (last - first) * width, 0.5)
    one, other = (after, before) if to_left else (before, after)
    _streak(
        one.plane,
        one.rows.first,
        one.rows.weights,
        one.columns.first,
        one.columns.weights,
        other.plane,
        other.rows.first,
        other.rows.weights,
        other.columns.first,
        other.columns.weights,
        float(middle),
        float(half),
        np.array([finish.zero, finish.least, finish.most, finish.gain], np.float32),
        finish.shade_rows,
        finish.shade_columns,
        finish.grain,
        np.float32(finish.grain_codes),
        np.array(finish.grain_at, np.int64),
        finish.dither,
        np.array(finish.dither_at, np.int64),
        out,
    )


@compiled
def _sum_to(sums: Sums, at: float) -> float:
    """Return the integral from 0 to `at` in samples of what `sums` holds the running sum of."""
    held = min(max(at, 0.0), float(sums.shape[0] - 1))
    low = min(int(held), sums.shape[0] - 2)
    return float(sums[low] + (held - low) * (sums[low + 1] - sums[low]))


@compiled
def _streak(
    plane_a: Words,
    rows_a: Starts,
    row_weights_a: Floats,
    columns_a: Starts,
    column_weights_a: Floats,
    plane_b: Words,
    rows_b: Starts,
    row_weights_b: Floats,
    columns_b: Starts,
    column_weights_b: Floats,
    middle: float,
    half: float,
    levels: Floats,
    shade_rows: Floats,
    shade_columns: Floats,
    grain: Noise,
    grain_codes: np.float32,
    grain_at: Offset,
    dither: Noise,
    dither_at: Offset,
    out: Codes,
) -> None:
    """Draw all rows of the strip A, A mirrored, B mirrored, B, seen from `middle` − `half` to `middle` + `half`."""
    height, width = out.shape
    line, other = np.empty(width, np.float32), np.empty(width, np.float32)
    column = np.empty(max(plane_a.shape[1], plane_b.shape[1]), np.float32)
    sums = np.zeros(4 * width + 1, np.float64)
    low_a, high_a = columns_a[0], columns_a[width - 1] + column_weights_a.shape[0]
    low_b, high_b = columns_b[0], columns_b[width - 1] + column_weights_b.shape[0]
    fine = np.float32(1.0 / 256.0)
    for y in range(height):
        _column_sums(plane_a, rows_a[y], row_weights_a[:, y], fine, low_a, high_a, column)
        _row_sums(column, columns_a, column_weights_a, line)
        _column_sums(plane_b, rows_b[y], row_weights_b[:, y], fine, low_b, high_b, column)
        _row_sums(column, columns_b, column_weights_b, other)
        total = 0.0
        for x in range(width):
            total += line[x]
            sums[x + 1] = total
        for x in range(width):
            total += line[width - 1 - x]
            sums[width + x + 1] = total
        for x in range(width):
            total += other[width - 1 - x]
            sums[2 * width + x + 1] = total
        for x in range(width):
            total += other[x]
            sums[3 * width + x + 1] = total
        for x in range(width):
            centre = middle + x + 0.5
            low, high = max(centre - half, 0.0), min(centre + half, 4.0 * width)
            line[x] = np.float32((_sum_to(sums, high) - _sum_to(sums, low)) / (high - low))
        if shade_rows.shape[0] > 1:
            _shade_row(line, levels[0], shade_rows[y], shade_columns)
        grains = grain[grain_at[0] + y, grain_at[1] :] if grain_codes != 0.0 else grain[0]
        noise = dither[dither_at[0] + y, dither_at[1] :]
        _finish_row(line, levels, grains, grain_codes, noise, out[y])
