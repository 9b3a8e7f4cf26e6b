"""Agreement of score and people: intervals against published ones, weights that follow what people choose."""

from __future__ import annotations

import numpy as np
import pytest

from renders.engine.scoring import WEIGHTS
from renders.engine.scoring.agreement import by_chance, running, wilson
from renders.engine.scoring.reweigh import reweighed


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_intervals_are_those_newcombe_published(hits, count, low, high) -> None:
    share = wilson(hits, count)
    assert (share.low, share.high) == pytest.approx((low, high), abs=6e-5)


def test_a_share_of_nothing_may_be_anything() -> None:
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0.0, 1.0)


def test_all_of_few_is_less_sure_than_all_of_many() -> None:
    assert wilson(3, 3).low < wilson(30, 30).low < 1.0
    assert wilson(30, 30).high == 1.0


def test_the_course_ends_at_the_share_of_all() -> None:
    course = running([True, False, True, True])
    assert [round(s.value, 2) for s in course] == [1.0, 0.5, 0.67, 0.75]
    assert course[-1] == wilson(3, 4)


def test_blind_picking_is_one_of_so_many() -> None:
    assert by_chance([2, 4]) == pytest.approx(0.375)
    assert by_chance([]) == 0.0


def choices(by: str, count: int) -> list[list[dict[str, float]]]:
    """Return choices of somebody who takes the best of one criterion alone."""
    rng = np.random.default_rng(5)
    made = []
    for _ in range(count):
        table = [{name: float(rng.uniform(0.3, 0.9)) for name in WEIGHTS} for _ in range(4)]
        made.append(sorted(table, key=lambda one: -one[by]))
    return made


def test_weights_follow_people_who_choose_by_composition() -> None:
    proposal = reweighed(choices("composition", 80))
    assert max(proposal.weights, key=lambda name: proposal.weights[name]) == "composition"
    assert sum(proposal.weights.values()) == pytest.approx(1.0)
    assert proposal.met_unseen > proposal.met_now
    assert proposal.is_better


def test_a_handful_of_choices_hardly_moves_the_weights() -> None:
    few, many = (reweighed(choices("artifacts", n)).weights for n in (2, 80))
    assert all(abs(few[name] - WEIGHTS[name]) < 0.08 for name in WEIGHTS)
    assert many["artifacts"] > few["artifacts"] + 0.2


def test_choices_by_the_present_weights_propose_nothing_better() -> None:
    rng = np.random.default_rng(8)
    made = []
    for _ in range(60):
        table = [{name: float(rng.uniform(0.3, 0.9)) for name in WEIGHTS} for _ in range(3)]
        made.append(sorted(table, key=lambda one: -sum(WEIGHTS[n] * one[n] for n in WEIGHTS)))
    proposal = reweighed(made)
    assert proposal.met_now == 60
    assert not proposal.is_better
