"""From a shot's words to where people stand and look."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from apexsite.kit.errors import NotSupported
from characters.engine.human.cast import BodyCast
from characters.engine.profile import CharacterProfile
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage, ShotSize, TimeOfDay
from renders.engine.imaging.base import ImageRequest
from renders.engine.stage.blocking import (
    SHOULDER_METRES,
    blocked,
    camera_bearing,
    subject_of,
)
from renders.engine.stage.briefs import brief_hash, raster, set_of, stage_brief
from renders.engine.stage.line import bearing
from renders.engine.stage.words import expression_of, light_of, pose_of

MARA = CharacterProfile(key="mara", name="Mara Voss", role="judge")
IVO = CharacterProfile(key="ivo", name="Ivo", role="defendant")
ZOE = CharacterProfile(key="zoé", name="Zoé 王")


def brief(**given) -> ShotBrief:
    return ShotBrief(**{"code": "s01_010", "place": "COURTROOM", "action": "", **given})


def request(shot: ShotBrief, *cast: CharacterProfile, **given) -> ImageRequest:
    shot = replace(shot, cast=tuple(p.key for p in cast))
    return ImageRequest(shot, cast, bible_from({}), 1920, 1080, 7, **given)


@pytest.mark.parametrize(
    ("action", "pose", "face"),
    [
        ("Mara sits and smiles.", "sit", "happy"),
        ("Mara walks in, furious.", "walk", "angry"),
        ("Ivo sits. Mara points at him.", "point", "neutral"),
        ("Mara kneels, in tears.", "kneel", "sad"),
        ("Nothing moves.", "stand", "neutral"),
    ],
)
def test_the_sentence_that_names_a_person_says_what_they_do(action, pose, face):
    shot = brief(action=action)
    assert (pose_of(shot, MARA), expression_of(shot, MARA)) == (pose, face)


def test_two_people_over_a_shoulder_face_each_other_and_the_speaker_is_seen():
    shot = brief(
        place="ALLEY", coverage=Coverage.OTS, speaker="zoé", dialogue="No.", cast=("ivo", "zoé")
    )
    ivo, zoe = blocked(shot, (IVO, ZOE), set_name="street")
    assert subject_of(shot, (IVO, ZOE)) == 1
    assert ivo.place[0] < zoe.place[0]
    assert (ivo.facing_degrees, zoe.facing_degrees) == (90.0, -90.0)
    assert (ivo.look_at, zoe.look_at) == ("zoé", "ivo")


def test_two_people_in_one_frame_turn_half_to_the_camera():
    shot = brief(place="ALLEY", coverage=Coverage.TWO_SHOT)
    left, right = blocked(shot, (IVO, ZOE), set_name="street")
    assert (left.facing_degrees, right.facing_degrees) == (42.0, -42.0)


def test_a_judge_sits_at_the_bench_and_rises_when_the_words_say_so():
    (seated,) = blocked(brief(action="Mara waits."), (MARA,), set_name="courtroom")
    (risen,) = blocked(brief(action="Mara, rising, speaks."), (MARA,), set_name="courtroom")
    assert (seated.place, seated.pose, risen.pose) == ((0.0, 4.35, 0.45), "sit_at_desk", "stand")
    (accused,) = blocked(brief(), (IVO,), set_name="courtroom")
    assert accused.look_at[1] > 4.0


def test_nobody_stands_in_anybody():
    cast = tuple(replace(ZOE, key=f"p{n}", name=f"P{n}") for n in range(8))
    places = [person.place for person in blocked(brief(), cast, set_name="forest")]
    assert min(abs(a[0] - b[0]) for a in places for b in places if a is not b) > 0.6


def test_bearings_are_of_a_person_who_looks_along_minus_y():
    assert bearing((0, 0, 0), (0, -1, 0)) == 0.0
    assert bearing((0, 0, 0), (1, 0, 0)) == 90.0


def test_a_place_gets_its_set_and_light_its_mood():
    assert [set_of(brief(place=p)) for p in ("COURT ROOM 3", "HARBOUR STREET", "Küche, 王")] == [
        "courtroom", "street", "küche, 王",
    ]  # fmt: skip
    assert light_of(brief(lighting="neon, street light"), look="") == "neon"
    assert light_of(brief(time_of_day=TimeOfDay.NIGHT), look="plain") == "drama"


def test_a_request_becomes_a_brief_and_the_same_one_the_same_name():
    shot = brief(size=ShotSize.CU, lens_mm=85, action="Mara waits.")
    made = [
        stage_brief(request(shot, MARA), (BodyCast(),), quality="draft", outputs=("picture",))
        for _ in range(2)
    ]
    assert (made[0]["width"], made[0]["height"]) == (1024, 576)
    assert made[0]["shot"]["f_stop"] == 2.8
    assert brief_hash(made[0]) == brief_hash(made[1])
    other = request(shot, MARA, variant_index=1)
    turned = stage_brief(other, (BodyCast(),), quality="draft", outputs=("picture",))
    assert turned["shot"]["azimuth_degrees"] != made[0]["shot"]["azimuth_degrees"]


def test_the_stage_never_draws_larger_than_asked():
    assert raster(640, 360, "good") == (640, 360)
    assert raster(1080, 1920, "sketch") == (288, 512)


def test_what_the_stage_has_no_things_for_is_refused_in_words():
    insert = brief(coverage=Coverage.INSERT, prop="harpsichord")
    with pytest.raises(NotSupported, match="has no 'harpsichord'"):
        stage_brief(request(insert), (), quality="draft", outputs=("picture",))
    crowd = tuple(replace(ZOE, key=f"p{n}") for n in range(12))
    with pytest.raises(NotSupported, match="places 8 at most"):
        stage_brief(
            request(brief(size=ShotSize.CU), *crowd),
            (BodyCast(),) * 12,
            quality="draft",
            outputs=("picture",),
        )


def test_over_a_shoulder_who_speaks_is_seen_and_the_other_is_brought_near_enough_to_be_in_it():
    people = (IVO, CharacterProfile(key="ines", name="Ines", role="lawyer"))
    shot = brief(coverage=Coverage.OTS, cast=("ivo", "ines"), speaker="ivo", dialogue="No.")
    assert subject_of(shot, people) == 0
    ivo, ines = blocked(shot, people, set_name="courtroom")
    assert math.dist(ivo.place, ines.place) == pytest.approx(SHOULDER_METRES)


def test_a_scene_before_a_bench_is_seen_from_behind_those_who_stand():
    shot = brief(coverage=Coverage.MASTER, cast=("mara", "ivo"))
    people = blocked(shot, (MARA, IVO), set_name="courtroom")
    stands = camera_bearing(people, set_name="courtroom")
    assert stands is not None
    assert math.cos(math.radians(stands)) > 0.4, "on the side of -y, where the bench looks"
    assert camera_bearing(blocked(shot, (ZOE, IVO), set_name="street"), set_name="street") is None
