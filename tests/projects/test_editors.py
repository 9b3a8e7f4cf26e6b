"""Two people edit one shot or scene from copies of their own: both edits stay, and the hash is that of both."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apexsite.kit.documents import document_hash
from projects.models import Scene, Shot
from projects.services.looks import scene_look_set, shot_look_set
from projects.services.scenes import scene_rename
from projects.services.shots import (
    scene_look_hash,
    scene_update,
    shot_block,
    shot_brief_hash,
    shot_update,
)
from renders.services.prompts import shot_prompt_edit
from tests.factories import first_shot

pytestmark = pytest.mark.django_db
PLACED = {"people": {"mara": {"at": [0.2, 0.4]}}}
WRITTEN = {"parts": {"light": "candle light"}}
DREAD = {"mood": "dread"}

SHOT_EDITS = {
    "action": lambda user, shot: shot_update(user=user, shot=shot, changes={"action": "She runs."}),
    "size": lambda user, shot: shot_update(user=user, shot=shot, changes={"size": "ECU"}),
    "blocking": lambda user, shot: shot_block(
        user=user, shot=shot, document=PLACED, seen=document_hash({})
    ),
    "look": lambda user, shot: shot_look_set(user=user, shot=shot, override=DREAD),
    "prompt": lambda user, shot: shot_prompt_edit(user=user, shot=shot, edits=WRITTEN),
}
SCENE_EDITS = {
    "mood": lambda user, scene: scene_update(user=user, scene=scene, changes={"mood": "calm"}),
    "weather": lambda user, scene: scene_update(user=user, scene=scene, changes={"weather": "fog"}),
    "look": lambda user, scene: scene_look_set(user=user, scene=scene, override=DREAD),
    "heading": lambda user, scene: scene_rename(
        user=user, scene=scene, heading="EXT. HARBOUR - NIGHT"
    ),
}


@pytest.mark.parametrize("last", SHOT_EDITS)
def test_an_edit_of_an_older_copy_of_a_shot_keeps_what_others_wrote(episode, ben, last):
    shot = first_shot(episode)
    older = Shot.objects.select_related("scene__episode__project").get(pk=shot.pk)
    for name, edit in SHOT_EDITS.items():
        if name != last:
            edit(ben, Shot.objects.get(pk=shot.pk))
    SHOT_EDITS[last](ben, older)
    stored = Shot.objects.get(pk=shot.pk)
    assert (stored.action, stored.size, stored.blocking) == ("She runs.", "ECU", PLACED)
    assert stored.bible_override == DREAD and "candle light" in str(stored.prompt_edits)
    assert stored.brief_hash == shot_brief_hash(stored)


@pytest.mark.parametrize("last", SCENE_EDITS)
def test_an_edit_of_an_older_copy_of_a_scene_keeps_what_others_wrote(episode, ben, last):
    scene = first_shot(episode).scene
    older = Scene.objects.select_related("episode__project").get(pk=scene.pk)
    for name, edit in SCENE_EDITS.items():
        if name != last:
            edit(ben, Scene.objects.get(pk=scene.pk))
    SCENE_EDITS[last](ben, older)
    stored = Scene.objects.get(pk=scene.pk)
    assert (stored.mood, stored.weather, stored.bible_override) == ("calm", "fog", DREAD)
    assert (stored.setting, stored.place) == ("EXT", "Harbour")
    assert stored.look_hash == scene_look_hash(stored)


@pytest.mark.parametrize("name", SHOT_EDITS)
def test_every_edit_reads_the_scenes_row_before_the_shots(episode, ben, name):
    shot = Shot.objects.select_related("scene__episode__project").get(pk=first_shot(episode).pk)
    with CaptureQueriesContext(
        connection,
    ) as told:
        SHOT_EDITS[name](ben, shot)
    reads = [
        "scene" if 'FROM "projects_scene"' in query["sql"] else "shot"
        for query in told.captured_queries
        if query["sql"].startswith("SELECT")
        and any(f'FROM "projects_{row}"' in query["sql"] for row in ("scene", "shot"))
    ]
    assert reads[:2] == ["scene", "shot"]
