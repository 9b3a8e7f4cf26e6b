"""The grade of a film: one for all, others for some shots; stills graded once, what lies on frames kept apart.

grades = FilmGrades.read({"contrast_percent": 12}, {"s01_010": {"exposure_stops": 0.5}})
pixels = grades.graded(pixels, shot_code="s01_010")
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apexsite.kit.documents import Document
from apexsite.kit.pixels import Floats3
from renders.engine.grading.creative import TableNamed
from renders.engine.grading.finishing import finish_still
from renders.engine.grading.fold import fold_grade, no_tables
from renders.engine.grading.grade import Grade, grade_from


@dataclass(frozen=True, slots=True)
class FilmGrades:
    """What every shot is graded with: its own, else the film's."""

    film: Grade
    shots: Mapping[str, Grade] = field(default_factory=dict)
    table_named: TableNamed = no_tables

    @classmethod
    def read(
        cls,
        film: Mapping[str, Any],
        shots: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        film_grain: float | None = None,
        table_named: TableNamed = no_tables,
    ) -> FilmGrades:
        """Return the grades of documents; a shot's document is whole, not laid over the film's.

        `film_grain` is what documents from before stage 4 name beside the grade.
        Raises `InputError` naming what is wrong.
        """
        grain = {} if film_grain is None else {"film_grain": film_grain}
        read = {code: grade_from(document) for code, document in (shots or {}).items()}
        return cls(grade_from(film, grain), read, table_named)

    def of(self, shot_code: str) -> Grade:
        """Return the grade of a shot."""
        return self.shots.get(shot_code, self.film)

    def graded(self, pixels: Floats3, *, shot_code: str) -> Floats3:
        """Return a shot's still after all that moves with it: stages 1 to 3 and the still's part of stage 4."""
        grade = self.of(shot_code)
        return finish_still(
            fold_grade(grade, table_named=self.table_named).apply(pixels), grade=grade
        )

    def errors(self, shot_codes: Iterable[str]) -> Document:
        """Return the folds and their measured errors by grade: what a recipe keeps."""
        kept: Document = {}
        for code in shot_codes:
            grade = self.of(code)
            if grade.grade_hash not in kept:
                folded = fold_grade(grade, table_named=self.table_named)
                kept[grade.grade_hash] = {**folded.to_document(), "shots": 0}
            kept[grade.grade_hash]["shots"] += 1
        return kept
