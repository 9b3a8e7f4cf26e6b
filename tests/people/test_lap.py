"""Clothes on somebody who sits, necklines beside the nape, the face at rest. Blender is not needed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from characters.engine.human.cast import BodyCast, Wardrobe
from characters.engine.human.expressions import emotion_weights
from characters.engine.human.figure import figure
from characters.engine.human.tables import people_tables
from characters.engine.human.topology import topology
from renders.stage_worker.garments import neckline
from renders.stage_worker.lap import is_seated, laid_on_lap
from renders.stage_worker.tailoring import close_at_neck, stand_off


def worn_by(outfit: str, pose: str):
    return figure(replace(BodyCast(), wardrobe=Wardrobe(outfit=outfit)), pose=pose)


@pytest.mark.parametrize("outfit", ["robe", "evening_dress"])
def test_a_skirt_lies_over_the_legs_and_is_little_wider_than_they_are(outfit):
    person = worn_by(outfit, "sit")
    assert is_seated(person) and not is_seated(worn_by(outfit, "stand"))
    used = np.unique(topology().faces("helper-skirt"))
    own = people_tables().template[used].astype(float)
    before = person.vertices[used].astype(float)
    after = laid_on_lap(own, before, person)
    legs = person.vertices[np.unique(topology().faces("helper-tights"))].astype(float)
    low = own[:, 2] < -0.30

    def farthest(points: np.ndarray) -> float:
        gaps = np.linalg.norm(points[:, None] - legs[None], axis=2).min(axis=1)
        return float(np.percentile(gaps, 95))

    assert farthest(after[low]) < 0.068 < farthest(before[low])
    waist = own[:, 2] > 0.10
    assert np.allclose(after[waist], before[waist])


def test_who_wears_a_skirt_sits_with_the_knees_together():
    def between(outfit: str) -> float:
        person = worn_by(outfit, "sit")
        return float(person.bone("lowerleg01.L")[0] - person.bone("lowerleg01.R")[0])

    assert between("dress") < 0.75 * between("suit")


def test_a_soft_collar_lies_on_the_skin_and_stands_off_below_it():
    given = {"drop": 0.004, "wide": 0.0, "nape": 0.010}
    lying = close_at_neck(stand_off(0.012), **given)
    edge, chest = np.array([[0.0, 0.034, 0.582]]), np.array([[0.0, 0.05, 0.45]])
    assert float(lying(edge)[0]) < 0.004 < 0.011 < float(lying(chest)[0])
    assert float(neckline(edge, **given)[0]) < float(neckline(edge)[0])


def test_a_face_at_rest_is_softened_and_not_a_smile():
    rest = emotion_weights("neutral")
    assert rest["browInnerUp"] > 0.2 and rest["mouthSmileLeft"] > 0.1
    assert rest["mouthSmileLeft"] < 0.5 * emotion_weights("happy")["mouthSmileLeft"]
