"""Grades through the API: read, edited on the version that was read, refused by name; scopes as numbers."""

from __future__ import annotations

import pytest

from renders.services.grades import grade_save
from tests.factories import first_shot, variant_of


def test_a_shots_grade_is_read_edited_and_laid_over_the_films(program, ben, episode):
    shot = first_shot(episode)
    grade_save(user=ben, place=episode.project, document={"vignette": 0.3})
    ask, address = program(ben), f"shots/{shot.pk}/grade/"
    before = ask.get(address)
    assert before.json()["version"] == 0
    assert before.json()["grade"]["vignette"] == 0.3
    body = {"grade": {"vignette": 0.3, "exposure_stops": 0.5}}
    assert ask.patch(address, body).status_code == 428
    done = ask.patch(address, body, If_Match=before["ETag"])
    assert done.status_code == 200, done.content
    assert done.json()["own"] == {"schema": "apex.grade/1", "exposure_stops": 0.5}
    assert ask.patch(address, {"grade": {}}, If_Match=before["ETag"]).status_code == 412
    scene = ask.get(f"scenes/{shot.scene_id}/grade/").json()
    assert scene["own"] == {"schema": "apex.grade/1"}
    film = ask.get(f"projects/{episode.project_id}/grade/").json()
    assert film["own"]["vignette"] == 0.3


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ({"warmth": 1}, "grade.warmth is not known"),
        ({"gamma": 0}, "grade.gamma=0 must be from"),
        ({"lut": "x.cube"}, "must be empty or sha256"),
        ({"tint": "\x00"}, ""),
    ],
)
def test_a_grade_that_cannot_be_used_is_refused_by_name(program, ben, project, grade, words):
    ask, address = program(ben), f"projects/{project.pk}/grade/"
    answer = ask.patch(address, {"grade": grade}, If_Match=ask.get(address)["ETag"])
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_a_shots_scopes_are_numbers_and_a_shot_without_a_picture_says_so(program, ben, episode):
    shot = first_shot(episode)
    ask, address = program(ben), f"shots/{shot.pk}/scopes/"
    assert ask.get(address).status_code == 409
    variant_of(shot)
    answer = ask.get(address).json()
    assert len(answer["scopes"]["histogram"]["luma"]) == 256
    assert answer["fold"]["de2000_max"] <= 1.0
