"""A scene's and a shot's own word on the look: kept, told, in the hash, in the pictures asked for, through the API."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotAllowed, StaleEdit
from characters.services.shotlist import shot_split
from projects.engine.biblelayers import origins
from projects.engine.bibleoverrides import override_changes, override_read, without
from projects.models import Event, Scene, Shot
from projects.services.bibles import bible_publish
from projects.services.looks import (
    layers_of,
    look_of,
    override_version,
    scene_look_set,
    shot_look_set,
)
from projects.services.shots import scene_look_hash, shot_brief_hash
from renders.bridge import bible_of, current_bible, shot_inputs_hash, shot_inputs_hashes
from renders.services.grades import layers_of as grade_layers
from tests.factories import first_shot
from tests.projects.test_bible_schema import SCENE_STYLE
from tests.projects.test_bibles import SEED

NIGHT = {"mood": "dread", "grade": {"exposure_stops": -1.0}, "weights": {"grade": 0.5}}


@pytest.fixture
def shot(episode) -> Shot:
    return first_shot(episode)


def test_a_shots_word_is_laid_over_its_scenes_and_that_over_the_projects(shot, ben):
    scene_look_set(user=ben, scene=shot.scene, override=NIGHT)
    shot_look_set(user=ben, shot=shot, override={"mood": "calm"})
    stored = Shot.objects.select_related("scene__episode__project").get(pk=shot.pk)
    bible = bible_of(stored, current_bible(stored.scene.episode.project))
    assert bible.mood == "calm"
    assert bible.grade["exposure_stops"] == -0.5
    row = current_bible(stored.scene.episode.project)
    said = origins(row.given, layers_of(stored, row.document))
    assert said["mood"].words == "shot"
    assert said["grade.exposure_stops"].words == "scene, at 0.5"
    assert said["genre"].words == "default"


def test_only_what_it_holds_for_becomes_stale(shot, episode, ben):
    before = shot_inputs_hashes(episode)
    shot_look_set(user=ben, shot=shot, override={"mood": "dread"})
    changed = {pk for pk, value in shot_inputs_hashes(episode).items() if value != before[pk]}
    assert changed == {shot.pk}
    scene_look_set(user=ben, scene=shot.scene, override={"mood": "dread"})
    of_scene = set(Shot.objects.filter(scene=shot.scene).values_list("pk", flat=True))
    changed = {pk for pk, value in shot_inputs_hashes(episode).items() if value != before[pk]}
    assert changed == of_scene
    scene_look_set(user=ben, scene=shot.scene, override={})
    shot_look_set(user=ben, shot=shot, override={})
    assert shot_inputs_hashes(episode) == before


def test_a_word_of_weight_nought_makes_nothing_stale(shot, ben):
    before = shot_inputs_hash(shot)
    stored = shot_look_set(user=ben, shot=shot, override={"mood": "dread", "weights": {"mood": 0}})
    assert stored.bible_override
    assert shot_brief_hash(stored) == shot.brief_hash
    assert shot_inputs_hash(Shot.objects.get(pk=shot.pk)) == before


def test_hashes_of_an_episode_take_as_many_queries_with_overrides_as_without(
    episode, shot, ben, django_assert_num_queries
):
    for other in Shot.objects.filter(scene__episode=episode).select_related("scene__episode"):
        shot_look_set(user=ben, shot=other, override={"mood": f"m{other.order}"})
    with django_assert_num_queries(3):
        shot_inputs_hashes(episode)


def test_the_same_again_is_one_change_and_what_changed_is_told(shot, ben):
    for _ in range(2):
        shot_look_set(user=ben, shot=shot, override=NIGHT)
    events = Event.objects.filter(verb="shot.look")
    assert events.count() == 1
    assert events[0].payload["changes"] == {
        "Mood": ["as above", "dread"],
        "Exposure": ["as above", "-1 stops (weight 0.5)"],
    }


def test_faults_strangers_and_stale_editors_are_refused(shot, ben, vic):
    with pytest.raises(InputError) as caught:
        shot_look_set(user=ben, shot=shot, override={"grade": {"tint": "x"}, "sharpness": 0})
    assert set(caught.value.facts["fields"]) == {"$.grade.tint", "$.sharpness"}
    with pytest.raises(NotAllowed):
        scene_look_set(user=vic, scene=shot.scene, override={})
    seen = override_version(shot)
    shot_look_set(user=ben, shot=shot, override=NIGHT, seen=seen)
    with pytest.raises(StaleEdit):
        shot_look_set(user=ben, shot=shot, override={"mood": "calm"}, seen=seen)
    shot_look_set(user=ben, shot=shot, override=NIGHT, seen=seen)


def test_scene_styles_of_the_look_hold_for_their_scene_and_its_own_word_goes_over(
    project, shot, dora, ben
):
    style = {**SCENE_STYLE, "scene_id": shot.scene.number}
    row = bible_publish(user=dora, project=project, document={**SEED, "scene_styles": [style]})
    assert look_of(shot, row.document).document["lighting"]["mood"] == "intense"
    scene = scene_look_set(user=ben, scene=shot.scene, override={"lighting": {"mood": "soft"}})
    assert look_of(scene, row.document).document["lighting"]["mood"] == "soft"
    other = Scene(number=99, heading="INT. ELSEWHERE - DAY")
    assert look_of(other, row.document).document["lighting"]["mood"] == ""


def test_a_film_is_graded_by_the_weight_of_the_word(project, shot, ben):
    scene_look_set(user=ben, scene=shot.scene, override=NIGHT)
    shot_look_set(user=ben, shot=shot, override={"film_grain": 0.4})
    stored = Shot.objects.select_related("scene__episode__project").get(pk=shot.pk)
    grade = grade_layers(project).of(stored)
    assert grade["exposure_stops"] == -0.5
    assert grade["film_grain"] == 0.4
    assert grade_layers(project).above(stored.scene)["exposure_stops"] == -0.5


def test_a_sheet_of_an_override_holds_only_the_fields_changed():
    raw = {"mood": ["dread"], "grade.tint": ["4"], "grade.tint.weight": ["0,5"]}
    override, faults = override_read(raw, base={"vfx": 1, "mood": "old", "grade": {"lut": "x"}})
    assert faults == {}
    assert override == {
        "vfx": 1,
        "mood": "dread",
        "grade": {"lut": "x", "tint": 4.0},
        "weights": {"grade.tint": 0.5},
    }
    assert without(override, ["grade.tint"]) == {"vfx": 1, "mood": "dread", "grade": {"lut": "x"}}
    assert override_changes(override, {}) == {
        "Mood": ["dread", "as above"],
        "Tint": ["4 (weight 0.5)", "as above"],
        "Other values": ["grade.lut, vfx", "none"],
    }
    assert "from 0 to 1" in override_read({"mood": ["a"], "mood.weight": ["7"]}, base={})[1]["mood"]


def test_a_stored_override_without_weights_hashes_as_it_did(episode, shot):
    scene = shot.scene
    assert scene_look_hash(scene) == scene.look_hash
    assert shot_brief_hash(shot) == shot.brief_hash


def test_the_second_half_of_a_split_shot_keeps_its_look(shot, ben):
    shot_look_set(user=ben, shot=shot, override={"mood": "dread"})
    stored = Shot.objects.select_related("scene__episode__project").get(pk=shot.pk)
    second = shot_split(user=ben, shot=stored, after=0)
    assert second.bible_override == {"mood": "dread"}
    assert second.brief_hash == shot_brief_hash(second)
