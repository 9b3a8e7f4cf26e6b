"""Edits on the version that was read: without it 428, on an older one 412, and nothing lost."""

from __future__ import annotations

import pytest

from characters.models import Character
from projects.models import Scene, Shot
from tests.factories import first_shot


@pytest.fixture
def shot(episode) -> Shot:
    return first_shot(episode)


def test_an_edit_needs_the_version_it_was_made_on(program, ben, shot):
    ask, address = program(ben), f"shots/{shot.pk}/"
    before = ask.get(address)
    assert ask.patch(address, {"size": "CU"}).status_code == 428
    done = ask.patch(address, {"size": "CU", "lens_mm": 85}, If_Match=before["ETag"])
    assert done.status_code == 200, done.content
    assert (done.json()["size"], done.json()["lens_mm"]) == ("CU", 85)
    assert done["ETag"] == ask.get(address)["ETag"] != before["ETag"]


def test_an_edit_on_an_older_version_is_refused_with_the_present_one(program, ben, dora, shot):
    ask, other, address = program(ben), program(dora), f"shots/{shot.pk}/"
    etag = ask.get(address)["ETag"]
    assert other.patch(address, {"size": "CU"}, If_Match=etag).status_code == 200
    late = ask.patch(address, {"size": "ECU"}, If_Match=etag)
    assert (late.status_code, late.json()["code"]) == (412, "stale_edit")
    assert late["ETag"] == ask.get(address)["ETag"]
    assert Shot.objects.get(pk=shot.pk).size == "CU"
    assert ask.patch(address, {"size": "ECU"}, If_Match=f"W/{late['ETag']}").status_code == 412
    assert ask.patch(address, {"size": "ECU"}, If_Match=late["ETag"]).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"size": "XL"}, {"lens_mm": 0}, {"lens_mm": 10**30}, {"action": "\x00"},
        {"cast": ["nobody"]}, {"cast": "x"}, {"status": "omitted"}, [], {"duration_frames": 1.5},
    ],
)  # fmt: skip
def test_a_bad_edit_changes_nothing(program, ben, shot, body):
    ask, address = program(ben), f"shots/{shot.pk}/"
    before = ask.get(address)
    assert ask.patch(address, body, If_Match=before["ETag"]).status_code == 400
    assert ask.get(address).json() == before.json()


def test_who_is_seen_is_edited_too(program, ben, shot):
    ask, address = program(ben), f"shots/{shot.pk}/"
    keys = sorted(Character.objects.values_list("key", flat=True))
    assert ask.patch(address, {"cast": keys}, If_Match="*").json()["cast"] == keys


def test_a_scene_and_a_character_are_edited(program, ben, episode, project):
    ask = program(ben)
    scene = ask.get(f"episodes/{episode.pk}/scenes/").json()["results"][0]
    address = f"scenes/{scene['id']}/"
    done = ask.patch(address, {"weather": "fog"}, If_Match=ask.get(address)["ETag"])
    assert done.json()["weather"] == "fog"
    assert Scene.objects.get(pk=scene["id"]).weather == "fog"
    person = ask.get(f"projects/{project.pk}/characters/").json()["results"][0]
    address = f"characters/{person['id']}/"
    body = {"hair_colour": "#101010", "age_years": [51, 59]}
    done = ask.patch(address, body, If_Match=ask.get(address)["ETag"])
    assert done.json()["profile"]["hair_colour"] == "#101010"
    assert done.json()["profile"]["age_years"] == [51, 59]
    assert done.json()["profile_sources"]["hair_colour"] == "set by hand"
    done = ask.patch(address, {"age_years": [59, 51]}, If_Match="*")
    assert done.status_code == 400


def test_a_viewer_and_a_stranger_edit_nothing(program, vic, dan, shot):
    for user, status in ((vic, 403), (dan, 404)):
        answer = program(user).patch(f"shots/{shot.pk}/", {"size": "CU"}, If_Match="*")
        assert answer.status_code == status


def test_the_look_of_a_scene_and_a_shot_is_edited_and_its_faults_are_told_by_path(
    program, ben, shot
):
    ask = program(ben)
    look = {"mood": "dread", "grade": {"tint": 4}, "weights": {"grade": 0.5}}
    for address in (f"shots/{shot.pk}/", f"scenes/{shot.scene_id}/"):
        etag = ask.get(address)["ETag"]
        done = ask.patch(address, {"bible_override": look}, If_Match=etag)
        assert done.status_code == 200, done.content
        assert done.json()["bible_override"] == look
        merged = ask.get(f"{address}look/").json()
        assert (merged["document"]["mood"], merged["document"]["grade"]["tint"]) == ("dread", 2)
        assert merged["origins"]["mood"]["where"] == address.split("s/")[0]
        assert ask.patch(address, {"bible_override": {}}, If_Match=etag).status_code == 412
        bad = {"bible_override": {"grade": {"tint": "x"}, "elements": [{"name": "a"}]}}
        refused = ask.patch(address, bad, If_Match=done["ETag"])
        assert refused.status_code == 400
        assert set(refused.json()["facts"]["fields"]) == {"$.grade.tint", "$.elements[0].value"}
        cleared = ask.patch(address, {"bible_override": {}}, If_Match="*")
        assert cleared.json()["bible_override"] == {}
