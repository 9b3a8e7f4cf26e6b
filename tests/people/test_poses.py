"""Poses, expressions and looks: limbs arrive, feet stand on the floor, eyes meet."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from characters.engine.human.cast import BodyCast
from characters.engine.human.expressions import EMOTIONS, emotion_weights, gaze_weights
from characters.engine.human.figure import BODY_COUNT, face_landmarks, figure, scaled_to_height
from characters.engine.human.gaze import EYE_YAW, look_at
from characters.engine.human.phenotype import Phenotype
from characters.engine.human.poses import POSES, pose
from characters.engine.human.rig import Rig
from characters.engine.human.shape import rest_body
from characters.engine.human.tables import people_tables

BODIES = {
    "slight": BodyCast(phenotype=Phenotype(gender=1.0, weight=0.2, age=0.7), height_cm=155.0),
    "heavy": BodyCast(phenotype=Phenotype(gender=0.0, weight=0.9, age=0.9), height_cm=194.0),
}


def rig_of(cast: BodyCast) -> Rig:
    tables = people_tables()
    body, _ = scaled_to_height(rest_body(cast.phenotype, tables=tables), cast.height_cm)
    return Rig(body, tables)


@pytest.mark.parametrize("name", sorted(POSES))
@pytest.mark.parametrize("body", sorted(BODIES))
def test_every_pose_stands_on_the_floor_and_keeps_its_bones_whole(name: str, body: str) -> None:
    person = figure(BODIES[body], pose=name)
    tables = people_tables()
    assert person.vertices[:BODY_COUNT, 2].min() == pytest.approx(0.0, abs=1e-4)
    for bone, parent in enumerate(tables.parents):
        if parent >= 0:
            rest = np.linalg.norm(person.rest.joints[bone] - person.rest.joints[parent])
            now = np.linalg.norm(person.heads[bone] - person.heads[parent])
            assert now == pytest.approx(rest, abs=1e-4)


@pytest.mark.parametrize("name", ["stand", "stand_at_ease", "walk", "sit", "arms_crossed", "kneel"])
def test_both_feet_touch_the_floor(name: str) -> None:
    person = figure(BodyCast(), pose=name)
    template = people_tables().template[:BODY_COUNT]
    for side in (1, -1):
        foot = (template[:, 2] < -0.76) & (template[:, 0] * side > 0)
        assert person.vertices[:BODY_COUNT][foot, 2].min() < 0.035


def test_sitting_brings_hips_to_knee_height_and_hands_to_the_thighs() -> None:
    person = figure(BodyCast(), pose="sit")
    hip, knee = person.bone("upperleg01.L"), person.bone("lowerleg01.L")
    assert hip[2] == pytest.approx(knee[2], abs=0.05)
    wrist = person.bone("wrist.L")
    line = knee - hip
    share = float(np.clip((wrist - hip) @ line / (line @ line), 0, 1))
    assert np.linalg.norm(wrist - (hip + share * line)) < 0.16


def test_crossed_arms_put_each_wrist_on_the_other_side() -> None:
    person = figure(BodyCast(), pose="arms_crossed")
    assert person.bone("finger3-1.L")[0] < person.bone("finger3-1.R")[0]


def test_turning_away_shows_the_back() -> None:
    ahead = face_landmarks(figure(BodyCast(), pose="turn_away"))["eyes"]
    assert ahead[1] > 0


def test_a_pose_not_known_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"pose='fly' .*stand"):
        pose(rig_of(BodyCast()), "fly")


def test_height_and_place_are_those_asked_for() -> None:
    person = figure(BodyCast(height_cm=188.0), place=(1.0, 2.0, 0.5), facing_degrees=90.0)
    body = person.vertices[:BODY_COUNT]
    assert float(np.ptp(body[:, 2])) == pytest.approx(1.88, abs=0.03)
    assert body[:, 2].min() == pytest.approx(0.5, abs=1e-4)
    assert face_landmarks(person)["eyes"][0] > 1.0


@pytest.mark.parametrize("target", [(0.4, -2.0, 1.6), (-1.5, -2.0, 1.2), (0.0, -1.0, 1.9)])
def test_eyes_look_at_the_point(target: tuple[float, float, float]) -> None:
    rig = rig_of(BodyCast())
    pose(rig, "stand")
    shift = np.array([0, 0, 0.85])
    gaze = look_at(rig, np.array(target) - shift)
    assert gaze.missed < 0.5
    turned = rig.frames()[0][rig.tables.bone("eye.L")] @ np.array([0, -1.0, 0])
    wanted = np.array(target) - shift - rig.head_of("eye.L")
    assert turned @ wanted / np.linalg.norm(wanted) > np.cos(np.radians(2.0))


def test_nobody_looks_through_the_back_of_their_head() -> None:
    rig = rig_of(BodyCast())
    gaze = look_at(rig, (0.3, 3.0, 0.8))
    assert abs(gaze.eye_yaw) <= EYE_YAW
    assert gaze.missed > 20


def test_two_people_who_look_at_each_other_meet_eyes() -> None:
    one = figure(BodyCast(height_cm=160.0))
    eyes = face_landmarks(one)["eyes"]
    other = figure(
        BodyCast(height_cm=190.0), place=(0.0, -1.5, 0.0), facing_degrees=180.0, look=tuple(eyes)
    )
    sight = other.turned[people_tables().bone("eye.R")] @ np.array([0, -1.0, 0], np.float32)
    line = eyes - other.bone("eye.R")
    assert sight @ line / np.linalg.norm(line) > np.cos(np.radians(4.0))


def test_there_are_ten_emotions_and_each_changes_the_face_by_its_amount() -> None:
    assert len(EMOTIONS) == 10
    tables = people_tables()
    plain = rest_body(Phenotype(), tables=tables).vertices
    moves = {}
    for name in EMOTIONS:
        full = rest_body(Phenotype(), tables=tables, expression=emotion_weights(name)).vertices
        half = rest_body(
            Phenotype(), tables=tables, expression=emotion_weights(name, amount=0.5)
        ).vertices
        moves[name] = float(np.abs(full - plain).max())
        assert float(np.abs(half - plain).max()) == pytest.approx(moves[name] / 2, rel=0.01)
    assert moves.pop("neutral") < 0.0035, "at rest only softened"
    assert min(moves.values()) > 0.0005


def test_expressions_out_of_range_are_refused() -> None:
    with pytest.raises(InputError, match="expression='bored'"):
        emotion_weights("bored")
    with pytest.raises(InputError, match="amount=2"):
        emotion_weights("happy", amount=2)


def test_lids_follow_the_eyes_down() -> None:
    weights = gaze_weights(15.0, -30.0)
    assert weights["eyeLookDownLeft"] == 1.0
    assert weights["eyeLookOutLeft"] == weights["eyeLookInRight"] == 0.5
