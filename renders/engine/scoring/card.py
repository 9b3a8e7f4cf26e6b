"""ScoreCard: four criteria, weighted 35/25/25/15, each with named sub-scores and a sentence. All values [0, 1]."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from apexsite.kit.errors import InputError

WEIGHTS: dict[str, float] = {
    "aesthetic": 0.35,
    "composition": 0.25,
    "style": 0.25,
    "artifacts": 0.15,
}
"""Source: seed S1, "4-Criteria Scoring"."""


@dataclass(frozen=True, slots=True)
class SubScore:
    """One measured part of a criterion. `value` is None when what would measure it is absent here."""

    name: str
    value: float | None
    measured: str = ""


def mean_of(parts: Iterable[SubScore]) -> float:
    """Return the mean of the sub-scores that are present; raises `InputError` when none is."""
    present = [part.value for part in parts if part.value is not None]
    if not present:
        raise InputError("a criterion needs at least one sub-score that is present")
    return sum(present) / len(present)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: the mean of its present sub-scores, and a sentence saying why."""

    name: str
    value: float
    sub_scores: tuple[SubScore, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """The whole verdict of a machine on a picture; `total` is the weighted sum of the criteria."""

    criteria: tuple[Criterion, ...]
    reason: str
    defect: str = ""

    @property
    def total(self) -> float:
        """Return the weighted total in [0, 1], over the criteria that are present."""
        weight = sum(WEIGHTS[criterion.name] for criterion in self.criteria)
        return sum(WEIGHTS[c.name] * c.value for c in self.criteria) / weight

    def to_document(self) -> dict[str, Any]:
        """Return the card as plain JSON values."""
        return {**asdict(self), "total": self.total}
