"""Drawing a plane of a film frame: exact-phase resampling of one or two stills, mix, fade, grain and dither in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from apexsite.kit.pixels import Codes
from renders.engine.motion.compiled import compiled
from renders.engine.motion.taps import Taps

Words = npt.NDArray[np.uint16]
Floats = npt.NDArray[np.float32]
Starts = npt.NDArray[np.uint32]
Noise = npt.NDArray[np.int8]
Offset = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A still's plane (uint16, code × 256), the taps of its rows and columns, and its weight in the mix."""

    plane: Words
    rows: Taps
    columns: Taps
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Finish:
    """What happens after the mix. `gain` fades towards `zero`; codes stay within `zero_least`…`most` (8 bit).

    `shade_rows` × `shade_columns` is a vignette's gain; one number each where there is none. `grain_codes` scales the grain plate; `grain` and `dither` are plates read from their (row, column) offset.
    """

    zero: float
    least: float
    most: float
    gain: float
    grain: npt.NDArray[np.int8]
    grain_codes: float
    grain_at: tuple[int, int]
    dither: npt.NDArray[np.int8]
    dither_at: tuple[int, int]
    shade_rows: Floats = field(default_factory=lambda: np.ones(1, np.float32))
    shade_columns: Floats = field(default_factory=lambda: np.ones(1, np.float32))


def draw_plane(layers: tuple[Drawn, ...], *, finish: Finish, out: Codes) -> None:
    """Draw one or two layers into `out`, rows × columns: uint8 holds 8-bit codes, uint16 10-bit ones.

    Grain is strongest at mid-grey and faded with the picture; the last rounding is dithered over one code, flat,
    so that a colour that is a code already stays clean.
    """
    first, second = layers[0], layers[-1]
    weight = np.float32(second.weight if len(layers) > 1 else 0.0)
    _draw(
        first.plane,
        first.rows.first,
        first.rows.weights,
        first.columns.first,
        first.columns.weights,
        np.float32(first.weight),
        second.plane,
        second.rows.first,
        second.rows.weights,
        second.columns.first,
        second.columns.weights,
        weight,
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
def _column_sums(
    plane: Words,
    first: int,
    weights: Floats,
    share: np.float32,
    low: int,
    high: int,
    out: Floats,
) -> None:
    """Fill `out` with the weighted sum of the source rows from `first`; the taps are four, six, eight, …"""
    count = np.uint64(high - low)
    into = out[low:high]
    row_0, row_1 = plane[first, low:high], plane[first + 1, low:high]
    row_2, row_3 = plane[first + 2, low:high], plane[first + 3, low:high]
    weight_0, weight_1 = weights[0] * share, weights[1] * share
    weight_2, weight_3 = weights[2] * share, weights[3] * share
    for x in range(count):
        into[x] = (
            weight_0 * np.float32(row_0[x])
            + weight_1 * np.float32(row_1[x])
            + weight_2 * np.float32(row_2[x])
            + weight_3 * np.float32(row_3[x])
        )
    for tap in range(4, weights.shape[0], 2):
        row_0, row_1 = plane[first + tap, low:high], plane[first + tap + 1, low:high]
        weight_0, weight_1 = weights[tap] * share, weights[tap + 1] * share
        for x in range(count):
            into[x] += weight_0 * np.float32(row_0[x]) + weight_1 * np.float32(row_1[x])


@compiled
def _row_sums(column: Floats, first: Starts, weights: Floats, out: Floats) -> None:
    """Fill `out` with the weighted sums of `column` from each `first`; the taps are four, six, eight, …"""
    count = np.uint64(out.shape[0])
    weights_0, weights_1, weights_2, weights_3 = weights[0], weights[1], weights[2], weights[3]
    column_1, column_2, column_3 = column[1:], column[2:], column[3:]
    for x in range(count):
        at = np.uint64(first[x])
        out[x] = (
            weights_0[x] * column[at]
            + weights_1[x] * column_1[at]
            + weights_2[x] * column_2[at]
            + weights_3[x] * column_3[at]
        )
    for tap in range(4, weights.shape[0], 2):
        weights_0, weights_1 = weights[tap], weights[tap + 1]
        column_0, column_1 = column[tap:], column[tap + 1 :]
        for x in range(count):
            at = np.uint64(first[x])
            out[x] += weights_0[x] * column_0[at] + weights_1[x] * column_1[at]


@compiled
def _draw(
    plane_a: Words,
    rows_a: Starts,
    row_weights_a: Floats,
    columns_a: Starts,
    column_weights_a: Floats,
    share_a: np.float32,
    plane_b: Words,
    rows_b: Starts,
    row_weights_b: Floats,
    columns_b: Starts,
    column_weights_b: Floats,
    share_b: np.float32,
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
    """Draw all rows; `levels` is zero, least, most, gain. A layer B of share 0 is not looked at."""
    height, width = out.shape
    line, other = np.empty(width, np.float32), np.empty(width, np.float32)
    column = np.empty(max(plane_a.shape[1], plane_b.shape[1]), np.float32)
    low_a, high_a = columns_a[0], columns_a[width - 1] + column_weights_a.shape[0]
    low_b, high_b = columns_b[0], columns_b[width - 1] + column_weights_b.shape[0]
    fine = np.float32(1.0 / 256.0)
    share_a, share_b = share_a * fine, share_b * fine
    for y in range(height):
        _column_sums(plane_a, rows_a[y], row_weights_a[:, y], share_a, low_a, high_a, column)
        _row_sums(column, columns_a, column_weights_a, line)
        if share_b != 0.0:
            _column_sums(plane_b, rows_b[y], row_weights_b[:, y], share_b, low_b, high_b, column)
            _row_sums(column, columns_b, column_weights_b, other)
            for x in range(np.uint64(width)):
                line[x] += other[x]
        if shade_rows.shape[0] > 1:
            _shade_row(line, levels[0], shade_rows[y], shade_columns)
        grains = grain[grain_at[0] + y, grain_at[1] :] if grain_codes != 0.0 else grain[0]
        noise = dither[dither_at[0] + y, dither_at[1] :]
        _finish_row(line, levels, grains, grain_codes, noise, out[y])


@compiled
def _shade_row(line: Floats, zero: np.float32, row: np.float32, columns: Floats) -> None:
    """Take one row of codes towards `zero` by the vignette's gains."""
    for x in range(np.uint64(line.shape[0])):
        line[x] = zero + (line[x] - zero) * (row * columns[x])


@compiled
def _finish_row(
    line: Floats,
    levels: Floats,
    grains: Noise,
    grain_codes: np.float32,
    noise: Noise,
    out: Codes,
) -> None:
    """Fade, grain, dither and round one row of codes; a row of two bytes a code gets four steps for each of eight bits."""
    count = np.uint64(out.shape[0])
    zero, least, most, gain = levels[0], levels[1], levels[2], levels[3]
    if gain != np.float32(1.0):
        for x in range(count):
            line[x] = zero + (line[x] - zero) * gain
    if grain_codes != 0.0:
        quarter, scale = np.float32(0.25), grain_codes * gain
        for x in range(count):
            tone = (line[x] - np.float32(16.0)) * np.float32(1.0 / 219.0)
            strength = max(quarter + np.float32(3.0) * tone * (np.float32(1.0) - tone), quarter)
            line[x] += strength * scale * np.float32(grains[x])
    if out.itemsize == 1:
        for x in range(count):
            value = line[x] + (np.float32(noise[x]) + np.float32(128.5)) * np.float32(1.0 / 256.0)
            out[x] = np.uint8(min(max(value, least), most))
        return
    four = np.float32(4.0)
    least, most = four * least, four * most
    for x in range(count):
        part = (np.float32(noise[x]) + np.float32(128.5)) * np.float32(1.0 / 256.0)
        out[x] = np.uint16(min(max(four * line[x] + part, least), most))
