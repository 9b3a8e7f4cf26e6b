"""Sound as one height a frame, and two of them drawn as a strip: what lies under the stills of a cut.

heights = frame_peaks(samples, frames=240, samples_per_frame=Fraction(2002))
png = peaks_png(heights, heights)
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Heights = npt.NDArray[np.uint8]

MOST_COLUMNS = 8000
"""Widest strip: longer films get several frames a column. House choice, what browsers draw without trouble."""

TALL = 56
MUSIC, VOICE = (150, 150, 150, 110), (232, 163, 61, 230)
"""Colours with alpha: the page's quiet grey behind, its accent before. Both are seen on dark and on light."""


def frame_peaks(
    samples: npt.NDArray[np.float32], *, frames: int, samples_per_frame: Fraction
) -> Heights:
    """Return uint8 (frames,): each frame's peak of float samples (n, channels), 255 is full scale.

    Frames after the end of the samples are 0; a sample belongs to the frame it begins in.
    """
    heights = np.zeros(frames, np.uint8)
    if samples.shape[0] == 0 or frames == 0:
        return heights
    loud = np.abs(samples).max(axis=1) if samples.ndim > 1 else np.abs(samples)
    starts = np.array([int(number * samples_per_frame) for number in range(frames)], np.int64)
    starts = starts[starts < loud.shape[0]]
    end = min(loud.shape[0], int(frames * samples_per_frame))
    peaks = np.maximum.reduceat(loud[:end], starts)
    heights[: starts.shape[0]] = np.rint(255.0 * np.clip(peaks, 0.0, 1.0))
    return heights


def laid(heights: Heights, parts: Sequence[tuple[int, Heights]]) -> Heights:
    """Return heights with parts laid over them at their first frames, the higher one of two; what is outside goes."""
    out = heights.copy()
    for start, part in parts:
        first, last = max(start, 0), min(start + part.shape[0], out.shape[0])
        if first < last:
            out[first:last] = np.maximum(out[first:last], part[first - start : last - start])
    return out


def peaks_png(music: Heights, voice: Heights) -> bytes:
    """Return a PNG of both about a middle line, music behind, each as tall as its loudest; one column a frame, or the highest of several."""
    from PIL import Image

    step = max(1, -(-music.shape[0] // MOST_COLUMNS))
    picture = np.zeros((TALL, max(1, -(-music.shape[0] // step)), 4), np.uint8)
    away = np.abs(np.arange(TALL) + 0.5 - TALL / 2)[:, None]
    for heights, colour in ((music, MUSIC), (voice, VOICE)):
        loudest = max(int(heights.max(initial=0)), 1)
        columns = _widest(heights, step)[None, :].astype(np.float32) * (TALL / 2 / loudest)
        picture[away < columns] = colour
    held = io.BytesIO()
    Image.fromarray(picture).save(held, "PNG", optimize=False)
    return held.getvalue()


def _widest(heights: Heights, step: int) -> Heights:
    padded = np.pad(heights, (0, -heights.shape[0] % step))
    return np.asarray(padded.reshape(-1, step).max(axis=1), np.uint8)
