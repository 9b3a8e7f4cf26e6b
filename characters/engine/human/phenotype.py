"""Phenotype: eleven numbers of a body, and the weight each of the 624 shapes gets from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from itertools import pairwise

import numpy as np

from apexsite.kit.errors import InputError
from characters.engine.human.tables import Floats, PeopleTables

AXES: tuple[str, ...] = (
    "gender",
    "age",
    "muscle",
    "weight",
    "height",
    "proportions",
    "cupsize",
    "firmness",
)
"""Axes after ancestry, in the order of the columns of the shape mask. Source: data/README.md."""


@dataclass(frozen=True, slots=True)
class Phenotype:
    """Body numbers, 0 to 1; `age` runs over newborn -1/3, child 1/3, young adult 2/3, old 1; ancestry adds up to any sum > 0."""

    gender: float = 0.5
    age: float = 0.7
    muscle: float = 0.5
    weight: float = 0.5
    height: float = 0.5
    proportions: float = 0.5
    cupsize: float = 0.5
    firmness: float = 0.5
    african: float = 1 / 3
    asian: float = 1 / 3
    caucasian: float = 1 / 3

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            low = -1 / 3 if field.name == "age" else 0.0
            if not low - 1e-6 <= value <= 1.0:
                raise InputError(f"{field.name}={value!r} must be from {low:.2f} to 1")
        if self.african + self.asian + self.caucasian <= 0:
            raise InputError("african + asian + caucasian = 0 must be above 0")

    def to_document(self) -> dict[str, float]:
        """Return the numbers as plain JSON values."""
        return asdict(self)


def hat_weights(value: float, anchors: tuple[float, ...]) -> list[float]:
    """Return linear (hat) weights of a value on sorted anchors; they add up to 1; outside it stays at the end."""
    weights = [0.0] * len(anchors)
    held = min(max(value, anchors[0]), anchors[-1])
    for i, (low, high) in enumerate(pairwise(anchors)):
        if low <= held <= high:
            share = (held - low) / (high - low)
            weights[i], weights[i + 1] = 1.0 - share, share
            break
    return weights


def anchor_weights(phenotype: Phenotype, tables: PeopleTables) -> Floats:
    """Return the 26 anchor weights, float32: ancestry 3 (adding up to 1), then the axes in order."""
    total = phenotype.african + phenotype.asian + phenotype.caucasian
    weights = [
        phenotype.african / total,
        phenotype.asian / total,
        phenotype.caucasian / total,
    ]
    for axis in AXES:
        weights += hat_weights(getattr(phenotype, axis), tables.anchors[axis])
    return np.array(weights, np.float32)


def shape_weights(phenotype: Phenotype, tables: PeopleTables) -> Floats:
    """Return the weight of each of the 624 shapes: the product of the anchor weights under its mask."""
    anchors = anchor_weights(phenotype, tables)
    factors = np.where(tables.shape_mask, anchors, np.float32(1.0))
    return np.asarray(factors.prod(axis=1), dtype=np.float32)
