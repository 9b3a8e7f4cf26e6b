"""What a picture measures: histogram, waveform, parade and vectorscope as counts, and the few numbers people read.

scopes = measure(pixels)
scopes.numbers()["clipped_white_percent"]
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from apexsite.kit.documents import Document
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Floats3, require_picture
from renders.engine.grading.grade import grade_from
from renders.engine.grading.skin import SKIN_DEGREES, chroma_of, skin_mask

Counts = npt.NDArray[np.int64]

LEVELS = 256
COLUMNS = 360
"""Columns of a waveform. House choice: about two pixels of a scope's picture each."""

CHROMA_BINS = 256
MOST_PIXELS = 600_000
"""Pixels that are counted; a larger picture is read in every n-th row and column."""

BLACK, WHITE = 0.5 / 255, 254.5 / 255
SKIN_LEAST = 0.01
"""Share of skin from which its hue is told. House choice."""


@dataclass(frozen=True, slots=True)
class Scopes:
    """Counts of one picture's codes.

    `histogram` is (4, 256) of R, G, B, Y; `waveform` (4, 256, columns) of the same, level 0 first; `vectors`
    (256, 256) of Cr by Cb, −0.5 first; `pixels` how many were counted.
    """

    histogram: Counts
    waveform: Counts
    vectors: Counts
    pixels: int
    means: tuple[float, float, float, float]
    black: tuple[float, float, float]
    white: tuple[float, float, float]
    chroma: float
    skin: float
    skin_degrees: float | None

    def numbers(self) -> Document:
        """Return what people read: percents of 0 to 100, degrees on the vectorscope, whole counts by level."""
        luma = np.cumsum(self.histogram[3]) / self.pixels
        levels = {
            f"luma_p{at:02d}_percent": round(100.0 * int(np.searchsorted(luma, at / 100)) / 255, 1)
            for at in (1, 50, 99)
        }
        names = ("red", "green", "blue", "luma")
        return {
            "pixels": self.pixels,
            **{
                f"mean_{n}_percent": round(100 * m, 2)
                for n, m in zip(names, self.means, strict=True)
            },
            **levels,
            "clipped_black_percent": round(100 * max(self.black), 2),
            "clipped_white_percent": round(100 * max(self.white), 2),
            "mean_chroma_percent": round(100 * self.chroma, 2),
            "skin_hued_percent": round(100 * self.skin, 2),
            "skin_degrees": None if self.skin_degrees is None else round(self.skin_degrees, 1),
            "skin_line_degrees": SKIN_DEGREES,
            "histogram": {n: row.tolist() for n, row in zip(names, self.histogram, strict=True)},
        }


def measure(pixels: Floats3) -> Scopes:
    """Return the scopes of a float32 H×W×3 sRGB-encoded picture [0, 1].

    Raises `InputError` for anything else. Source: BT.709-6, item 3, for Y, Cb and Cr.
    """
    require_picture(pixels)
    if pixels.dtype != np.float32:
        raise InputError(f"pixels must be float32, got {pixels.dtype}")
    step = max(int(np.ceil(np.sqrt(pixels.shape[0] * pixels.shape[1] / MOST_PIXELS))), 1)
    seen = pixels[::step, ::step].astype(np.float64)
    luma, cb, cr = chroma_of(seen)
    planes = [seen[..., 0], seen[..., 1], seen[..., 2], luma]
    waves = np.stack([_waveform(plane) for plane in planes])
    mask = skin_mask(seen, grade=grade_from({}))
    skin = float(mask.mean())
    hue = None
    if skin >= SKIN_LEAST:
        hue = float(np.degrees(np.arctan2((mask * cr).sum(), (mask * cb).sum())))
    return Scopes(
        histogram=waves.sum(axis=2),
        waveform=waves,
        vectors=_binned(cr + 0.5, cb + 0.5),
        pixels=int(luma.size),
        means=_four(plane.mean() for plane in planes),
        black=_three((plane <= BLACK).mean() for plane in planes[:3]),
        white=_three((plane >= WHITE).mean() for plane in planes[:3]),
        chroma=float(np.hypot(cb, cr).mean()),
        skin=skin,
        skin_degrees=hue,
    )


def _waveform(plane: npt.NDArray[np.float64]) -> Counts:
    """Return counts (256, columns)."""
    width = plane.shape[1]
    columns = min(COLUMNS, width)
    at = np.arange(width) * columns // width
    level = np.clip(np.rint(plane * 255), 0, 255).astype(np.int64)
    flat = (level * columns + at).ravel()
    return np.bincount(flat, minlength=LEVELS * columns).reshape(LEVELS, columns)


def _binned(rows: npt.NDArray[np.float64], columns: npt.NDArray[np.float64]) -> Counts:
    most = CHROMA_BINS - 1
    at_row = np.clip((rows * CHROMA_BINS).astype(np.int64), 0, most)
    at_column = np.clip((columns * CHROMA_BINS).astype(np.int64), 0, most)
    flat = (at_row * CHROMA_BINS + at_column).ravel()
    return np.bincount(flat, minlength=CHROMA_BINS**2).reshape(CHROMA_BINS, CHROMA_BINS)


def _four(values: Iterable[Any]) -> tuple[float, float, float, float]:
    one, two, three, four = (float(v) for v in values)
    return one, two, three, four


def _three(values: Iterable[Any]) -> tuple[float, float, float]:
    one, two, three = (float(v) for v in values)
    return one, two, three
