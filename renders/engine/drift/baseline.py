"""The baseline of a bible version: from its approved pictures, once there are enough, else the seed's alarm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from renders.engine.drift.distance import ALARM

LEAST_APPROVED = 8
"""Approved pictures from which the limit is their own. House choice: below, a 95th percentile is one picture's word."""
LEAST_LIMIT = 0.1 * ALARM
"""A limit never falls to nothing: pictures that agree to the last digit still leave a tenth of the alarm. House choice."""
PERCENTILE = 95.0
"""Source: research on style drift, the limit as the 95th percentile of distances among approved shots."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What pictures are held to. `mean` and `sigma` of approved distances are None until there are enough of them.

    `centroid` is the mean of each feature over the approved pictures, empty while nothing is approved.
    """

    limit: float = ALARM
    approved: int = 0
    mean: float | None = None
    sigma: float | None = None
    centroid: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_calibrated(self) -> bool:
        """Return whether the limit comes from approved pictures."""
        return self.mean is not None

    @property
    def words(self) -> str:
        """Return which limit holds, and from what."""
        if self.is_calibrated:
            return (
                f"limit {self.limit:.2f}: the 95th percentile of {self.approved} approved pictures"
            )
        many = (
            "none is"
            if not self.approved
            else f"{self.approved} {'is' if self.approved == 1 else 'are'}"
        )
        return (
            f"limit {self.limit:.2f}: the starting alarm; from {LEAST_APPROVED} approved pictures on it is "
            f"their own, {many} so far"
        )


def baseline_of(approved: Sequence[tuple[float, Mapping[str, float]]]) -> Baseline:
    """Return the baseline of approved pictures, each its distance and its features."""
    distances = np.array([distance for distance, _ in approved], np.float64)
    names = sorted({name for _, features in approved for name in features})
    centroid = {
        name: round(float(np.mean([f[name] for _, f in approved if name in f])), 4)
        for name in names
    }
    if len(approved) < LEAST_APPROVED:
        return Baseline(approved=len(approved), centroid=centroid)
    limit = max(LEAST_LIMIT, float(np.percentile(distances, PERCENTILE)))
    return Baseline(
        limit=round(limit, 4),
        approved=len(approved),
        mean=float(distances.mean()),
        sigma=float(distances.std(ddof=1)),
        centroid=centroid,
    )
