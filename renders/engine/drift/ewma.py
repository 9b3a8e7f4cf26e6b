"""The exponentially weighted moving average chart: a slow walk of the look that no single picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LAMBDA = 0.2
WIDTH = 3.0
"""Weight of the newest value, and limits in sigmas. Source: NIST/SEMATECH e-Handbook 6.3.2.4 after Roberts (1959);
it recommends 0.2 to 0.3, and 3."""


@dataclass(frozen=True, slots=True)
class Step:
    """The average after one value, and its upper limit there; None without a baseline's sigma."""

    average: float
    upper: float | None

    @property
    def is_out(self) -> bool:
        """Return whether the average is above its limit."""
        return self.upper is not None and self.average > self.upper


def ewma(values: Sequence[float], *, mean: float | None, sigma: float | None) -> list[Step]:
    """Return z_i = λ·x_i + (1 − λ)·z_(i−1) with z_0 the baseline's mean, and UCL_i.

    UCL_i = mean + 3·sigma·√(λ/(2 − λ)·(1 − (1 − λ)^(2i))). Without a baseline z_0 is the first value, and there is no
    limit. Only the upper side is charted: a picture cannot be too near its look.
    Source: Roberts, "Control Chart Tests Based on Geometric Moving Averages", Technometrics 1 (1959).
    """
    steps: list[Step] = []
    average = values[0] if mean is None and values else (mean or 0.0)
    for number, value in enumerate(values, 1):
        average = LAMBDA * value + (1.0 - LAMBDA) * average
        upper = None
        if mean is not None and sigma is not None:
            spread = LAMBDA / (2.0 - LAMBDA) * (1.0 - (1.0 - LAMBDA) ** (2 * number))
            upper = mean + WIDTH * sigma * spread**0.5
        steps.append(Step(average, upper))
    return steps
