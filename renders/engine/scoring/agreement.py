"""How often a score and people agree: a share with its interval, its course over time, and by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964
"""Normal quantile of a two-sided 95 % interval."""
ENOUGH = 20
"""Choices from which a share is worth reading. House choice: below, its interval is wider than 40 points."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `count`, with its 95 % interval. All 0 to 1; of nothing it is the whole range."""

    hits: int
    count: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """Return the share itself; 0 of none."""
        return self.hits / self.count if self.count else 0.0


def wilson(hits: int, count: int) -> Share:
    """Return a share with its interval. Source: Wilson, JASA 22 (1927), the score interval at 95 %."""
    if not count:
        return Share(0, 0, 0.0, 1.0)
    share, z2 = hits / count, Z95 * Z95
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = Z95 / (1 + z2 / count) * sqrt(share * (1 - share) / count + z2 / (4 * count * count))
    # At 0 and 1 the bound is the share itself; rounding must not push it past.
    return Share(
        hits, count, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))
    )


def running(answers: Sequence[bool]) -> list[Share]:
    """Return the share after each answer, in their order."""
    hits, shares = 0, []
    for number, is_hit in enumerate(answers, start=1):
        hits += is_hit
        shares.append(wilson(hits, number))
    return shares


def by_chance(waiting: Sequence[int]) -> float:
    """Return the share that picking blindly would reach, for choices among so many each."""
    return sum(1.0 / count for count in waiting) / len(waiting) if waiting else 0.0
