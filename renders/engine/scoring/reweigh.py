"""Weights of the criteria under which people's choices would have been the score's: proposed, never applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from apexsite.kit.colour import Doubles
from renders.engine.scoring.card import WEIGHTS

SHARPNESS = 12.0
"""How fast a lead in score becomes a certain choice: at a lead of 0.1 about 77 of 100 are expected. House choice."""
HOLD = 30.0
"""How many choices the present weights count for, so that a handful moves them little. House choice."""
ROUNDS, STEP = 400, 0.05
FOLDS = 5
Choice = Sequence[Mapping[str, float]]
"""The criteria of the variants of one choice, the one people chose first."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Weights that sum to 1, and how many of the choices they meet: all of them, and those they were not learnt on."""

    weights: dict[str, float]
    met_now: int
    met_then: int
    met_unseen: int
    count: int

    @property
    def is_better(self) -> bool:
        """Say whether the weights do better on choices they have not seen; else nothing should change."""
        return self.met_unseen > self.met_now


def reweighed(choices: Sequence[Choice]) -> Proposal:
    """Return proposed weights of the four criteria.

    Source: Bradley-Terry-Luce choice model (Luce 1959), fitted by exponentiated gradient on the simplex, held to the
    present weights; met on unseen choices by leaving out a fifth at a time.
    """
    names = tuple(WEIGHTS)
    present = np.array([WEIGHTS[name] for name in names])
    table = _table(choices, names)
    weights = _fitted(table, present)
    folds = np.arange(len(table)) % FOLDS
    unseen = sum(
        _met(table[folds == fold], _fitted(table[folds != fold], present)) for fold in range(FOLDS)
    )
    return Proposal(
        weights={name: float(value) for name, value in zip(names, weights, strict=True)},
        met_now=_met(table, present),
        met_then=_met(table, weights),
        met_unseen=unseen,
        count=len(table),
    )


def _table(choices: Sequence[Choice], names: Sequence[str]) -> Doubles:
    """Return choices × variants × criteria; where a choice had fewer variants the rest is NaN."""
    widest = max((len(choice) for choice in choices), default=1)
    table = np.full((len(choices), widest, len(names)), np.nan)
    for row, choice in zip(table, choices, strict=True):
        row[: len(choice)] = [[one.get(name, 0.0) for name in names] for one in choice]
    return table


def _met(table: Doubles, weights: Doubles) -> int:
    if not len(table):
        return 0
    totals = table @ weights
    return int((np.where(np.isnan(totals), -np.inf, totals).argmax(axis=1) == 0).sum())


def _fitted(table: Doubles, present: Doubles) -> Doubles:
    weights = present.copy()
    if not len(table):
        return weights
    values = np.nan_to_num(table)
    absent = np.isnan(table[..., 0])
    scale = len(table) + HOLD
    for _ in range(ROUNDS):
        lead = np.where(absent, -np.inf, SHARPNESS * (values @ weights))
        odds = np.exp(lead - lead.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        expected = (odds[..., None] * values).sum(axis=1)
        slope = (values[:, 0] - expected).sum(axis=0)
        slope += HOLD * (np.log(present) - np.log(weights)) / SHARPNESS
        weights = np.maximum(weights * np.exp(STEP * SHARPNESS * slope / scale), 1e-6)
        weights = weights / weights.sum()
    return weights
