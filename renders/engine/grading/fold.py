"""Stages 1 to 3 as one cube of colours, its error against the stages themselves measured on the spot.

folded = fold_grade(grade_from({"contrast_percent": 15.0}))
graded, worst = folded.apply(pixels), folded.error.most
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apexsite.kit.colour import delta_e_2000, lab_of_srgb
from apexsite.kit.documents import Document
from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Floats3, require_picture
from apexsite.kit.seeds import seed_mix
from renders.engine.grading.creative import TableNamed, creative_stage
from renders.engine.grading.fields import Stage
from renders.engine.grading.grade import Grade
from renders.engine.grading.primary import primary_stage
from renders.engine.grading.skin import secondary_stage
from renders.engine.grading.table import Table, identity_table
from renders.engine.grading.tetrahedra import interpolate

Doubles = npt.NDArray[np.float64]

SIZES = (33, 65, 129)
"""Points of a side that are tried; from 65 where a skin mask is on, whose edges are steep."""

P99_LIMIT, MOST_LIMIT = 0.6, 1.0
"""Error in CIEDE2000 that a fold may have; the grade is done without a fold where no size keeps to it.
Source: house measurement, 65 points keep to it on photographs; 1 is about what an eye can tell."""

KEPT = 6
"""Folds held in memory; one of 129 points takes 26 MB."""

PROBES = 30_000
STRIP = 65_536
"""Pixels that are graded at once without a fold, which bounds the memory."""


@dataclass(frozen=True, slots=True)
class FoldError:
    """CIEDE2000 between a fold and the stages in float64: mean, 99th percentile, worst, of so many colours."""

    mean: float
    p99: float
    most: float
    colours: int

    def is_within_limits(self) -> bool:
        """Say whether nobody can see it."""
        return self.p99 <= P99_LIMIT and self.most <= MOST_LIMIT


@dataclass(frozen=True, slots=True)
class Folded:
    """A grade ready to be laid over pictures. `points` is None where no cube is exact enough, or none is needed."""

    grade: Grade
    points: npt.NDArray[np.float32] | None
    error: FoldError
    table_named: TableNamed

    @property
    def size(self) -> int:
        """Return the points of a side; 0 where the stages run one by one."""
        return 0 if self.points is None else int(self.points.shape[0])

    def apply(self, pixels: Floats3) -> Floats3:
        """Return the picture after stages 1 to 3: float32 H×W×3 sRGB-encoded [0, 1] in and out, clipped once.

        Raises `InputError` for anything but a float32 picture.
        """
        require_picture(pixels)
        if pixels.dtype != np.float32:
            raise InputError(f"pixels must be float32, got {pixels.dtype}")
        if self.grade.is_colourless_work:
            return pixels.copy()
        if self.points is not None:
            graded = interpolate(self.points, pixels)
            return np.asarray(np.clip(graded, 0.0, 1.0, out=graded))
        out = np.empty_like(pixels)
        flat, into = pixels.reshape(-1, 3), out.reshape(-1, 3)
        for start in range(0, len(flat), STRIP):
            part = flat[start : start + STRIP].astype(np.float64)
            graded_part = grade_exactly(part, grade=self.grade, table_named=self.table_named)
            into[start : start + STRIP] = np.clip(graded_part, 0.0, 1.0)
        return out

    def to_document(self) -> Document:
        """Return what is kept of it in a recipe: points a side, and the measured error."""
        return {
            "points": self.size,
            "de2000_mean": round(self.error.mean, 4),
            "de2000_p99": round(self.error.p99, 4),
            "de2000_max": round(self.error.most, 4),
            "colours": self.error.colours,
        }


def no_tables(name: str) -> Table:
    """Stand where there are no tables to be named; raises `InputError`."""
    raise InputError(f"grade.lut={name!r} names a table, but none were given")


def grade_exactly(colours: Doubles, *, grade: Grade, table_named: TableNamed) -> Doubles:
    """Return encoded float64 colours (…, 3) after stages 1 to 3, one by one, not clipped at the end."""
    graded = colours
    if not grade.is_identity(Stage.PRIMARY):
        graded = primary_stage(graded, values=grade.values)
    if not grade.is_identity(Stage.SECONDARY):
        graded = secondary_stage(graded, grade=grade)
    if not grade.is_identity(Stage.CREATIVE):
        graded = creative_stage(graded, grade=grade, table_named=table_named)
    return graded


def fold_grade(grade: Grade, *, table_named: TableNamed = no_tables) -> Folded:
    """Return a grade with the smallest cube that keeps to the limits, or none; the last few are remembered.

    The cube holds what the stages give, not clipped, so that a clip leaves no mark between two points.
    """
    key = grade.grade_hash
    if key in _FOLDED:
        _FOLDED.move_to_end(key)
        return _FOLDED[key]
    _FOLDED[key] = folded = _fold(grade, table_named)
    while len(_FOLDED) > KEPT:
        _FOLDED.popitem(last=False)
    return folded


_FOLDED: OrderedDict[str, Folded] = OrderedDict()


def _fold(grade: Grade, table_named: TableNamed) -> Folded:
    exact = FoldError(0.0, 0.0, 0.0, 0)
    if grade.is_colourless_work:
        return Folded(grade, None, exact, table_named)
    for size in SIZES[1:] if grade.needs_mask else SIZES:
        points, error = measured_points(grade, size=size, table_named=table_named)
        if error.is_within_limits():
            return Folded(grade, points, error, table_named)
    return Folded(grade, None, exact, table_named)


def measured_points(
    grade: Grade, *, size: int, table_named: TableNamed = no_tables
) -> tuple[npt.NDArray[np.float32], FoldError]:
    """Return a cube of (size, size, size, 3) and its error against the stages in float64, both sides clipped."""
    colours = probe_colours()
    wanted = np.clip(grade_exactly(colours, grade=grade, table_named=table_named), 0.0, 1.0)
    points = fold_points(grade, size=size, table_named=table_named)
    read = np.clip(interpolate(points, colours.astype(np.float32)), 0.0, 1.0)
    off = delta_e_2000(lab_of_srgb(read), lab_of_srgb(wanted))
    p99 = float(np.percentile(off, 99))
    return points, FoldError(float(off.mean()), p99, float(off.max()), len(colours))


def fold_points(
    grade: Grade, *, size: int, table_named: TableNamed = no_tables
) -> npt.NDArray[np.float32]:
    """Return stages 1 to 3 at (size, size, size) colours, red first, float32, not clipped."""
    at = identity_table(size).points
    return grade_exactly(at, grade=grade, table_named=table_named).astype(np.float32)


def probe_colours() -> Doubles:
    """Return the colours a fold is measured on: anywhere, dark ones, greys, and near-greys such as skin."""
    generator = np.random.default_rng(seed_mix(1, "fold probes"))
    anywhere = generator.random((PROBES // 2, 3))
    dark = generator.random((PROBES // 6, 3)) ** 3
    luma = generator.random((PROBES // 3, 1))
    near_grey = np.clip(luma + generator.normal(0.0, 0.08, (PROBES // 3, 3)), 0.0, 1.0)
    greys = np.repeat(np.linspace(0.0, 1.0, 1021)[:, None], 3, axis=1)
    return np.concatenate([anywhere, dark, near_grey, greys])
