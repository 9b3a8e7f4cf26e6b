"""The page of a scene's and a shot's look: only the fields changed, whose word each value is, preview, clear."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Event, Scene, Shot, StyleBibleVersion
from projects.services.bibles import bible_publish
from projects.services.looks import override_version, scene_look_set, shot_look_set
from projects.web.lookdiffering import differing
from tests.factories import first_shot
from tests.projects.test_bible_schema import SCENE_STYLE
from tests.projects.test_bibles import SEED


@pytest.fixture
def shot(episode) -> Shot:
    return first_shot(episode)


@pytest.fixture
def pages(client, ben, shot):
    client.force_login(ben)
    return {"scene": f"/scenes/{shot.scene_id}/look", "shot": f"/shots/{shot.pk}/look"}


def stored(kind, shot):
    row = Shot.objects.get(pk=shot.pk)
    return row if kind == "shot" else row.scene


@pytest.mark.parametrize("kind", ["scene", "shot"])
def test_a_field_is_added_previewed_saved_and_cleared_without_a_script(kind, pages, client, shot):
    address = pages[kind]
    assert "Nothing:" in client.get(address).content.decode()
    seen = override_version(stored(kind, shot))
    added = client.post(address, {"act": "add", "field": "mood", "seen": seen}).content.decode()
    assert 'name="mood.weight"' in added
    assert "Not saved yet" in added
    sent = {"mood": "dread", "mood.weight": "1", "seen": seen}
    shown = client.post(address, {**sent, "act": "preview"}).content.decode()
    assert "<dd>dread</dd>" in shown
    assert f'<dd class="whose">{kind}</dd>' in shown
    assert stored(kind, shot).bible_override == {}
    for _ in range(2):
        assert client.post(address, {**sent, "act": "save"}).status_code == 302
    assert stored(kind, shot).bible_override == {"mood": "dread"}
    assert Event.objects.filter(verb=f"{kind}.look").count() == 1
    assert "<dd>dread</dd>" in client.get(address).content.decode()
    seen = override_version(stored(kind, shot))
    client.post(address, {"act": "clear", "seen": seen})
    assert stored(kind, shot).bible_override == {}


def test_a_ticked_field_is_left_to_the_layers_above(pages, client, shot):
    sent = {
        "mood": "dread", "mood.weight": "1", "grade.tint": "4", "grade.tint.weight": "0.5",
        "leave": ["mood"], "seen": override_version(shot),
    }  # fmt: skip
    client.post(pages["shot"], sent)
    assert stored("shot", shot).bible_override == {
        "grade": {"tint": 4.0},
        "weights": {"grade.tint": 0.5},
    }


def test_what_cannot_be_used_is_said_at_its_field_and_what_another_saved_is_not_lost(
    pages, client, shot, dora
):
    sent = {"grade.tint": "green", "mood": "kept words", "seen": override_version(shot)}
    answer = client.post(pages["shot"], sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "must be a number from -150 to 150" in page
    assert "kept words" in page
    heavy = {"mood": "x", "mood.weight": "2", "seen": override_version(shot)}
    assert "from 0 to 1" in client.post(pages["shot"], heavy).content.decode()
    seen = override_version(shot)
    shot_look_set(user=dora, shot=shot, override={"mood": "theirs"}, seen=seen)
    late = client.post(pages["shot"], {"mood": "mine", "seen": seen})
    assert late.status_code == 412
    assert "stored theirs, yours mine" in late.content.decode()
    assert stored("shot", shot).bible_override == {"mood": "theirs"}


def test_who_may_only_look_sees_no_way_to_change(client, vic, dan, shot):
    client.force_login(vic)
    page = client.get(f"/scenes/{shot.scene_id}/look").content.decode()
    assert "save-look" not in page
    assert "add-field" not in page
    assert client.post(f"/scenes/{shot.scene_id}/look", {}).status_code == 403
    client.force_login(dan)
    assert client.get(f"/shots/{shot.pk}/look").status_code == 404


def test_the_projects_look_lists_what_differs_in_two_queries(
    project, client, ben, shot, django_assert_num_queries
):
    scenes = Scene.objects.filter(episode__project=project).select_related("episode__project")
    for scene in scenes:
        scene_look_set(user=ben, scene=scene, override={"mood": f"m{scene.number}"})
    shot_look_set(user=ben, shot=shot, override={"grade": {"tint": 4}})
    with django_assert_num_queries(2):
        found = differing(project, {})
    assert [place.name for place in found][:2] == ["Scene 1", f"Shot {shot.code}"]
    assert len(found) == len(scenes) + 1
    client.force_login(ben)
    page = client.get(f"/projects/{project.pk}/look").content.decode()
    assert "Scenes that differ" in page
    assert f"/shots/{shot.pk}/look" in page
    assert "Tint: 4" in page


def test_the_sketch_follows_the_form_and_keeps_nothing(pages, client, shot):
    one = client.get(f"{pages['shot']}/sketch")
    two = client.post(
        f"{pages['shot']}/sketch",
        {"color_palette.primary_colors": ["#8E1F33", "#D9A92B", "#101B33"]},
    )
    assert (one["Content-Type"], two["Content-Type"]) == ("image/png", "image/png")
    assert one.content != two.content
    assert client.get(f"{pages['scene']}/sketch").status_code == 200
    assert stored("shot", shot).bible_override == {}
    assert client.post(f"{pages['shot']}/sketch", {"grade.tint": "x"}).status_code == 400


def test_an_import_tells_every_fault_by_its_path(project, client, dora):
    client.force_login(dora)
    document = {
        "grade": {"tint": "green"},
        "scene_styles": [{"scene_id": 1, "color_palette": ["x"]}],
    }
    upload = SimpleUploadedFile("style_bible.json", json.dumps(document).encode())
    answer = client.post(f"/projects/{project.pk}/look", {"file": upload})
    page = answer.content.decode()
    assert answer.status_code == 400
    for words in ("$.grade.tint", "$.scene_styles[0].color_palette[0]", "#RRGGBB", "from -150 to"):
        assert words in page
    assert StyleBibleVersion.objects.filter(project=project).count() == 1


def test_styles_the_document_brings_are_listed_and_the_homeless_are_named(
    project, client, dora, shot
):
    styles = [{**SCENE_STYLE, "scene_id": shot.scene.number}, SCENE_STYLE]
    bible_publish(user=dora, project=project, document={**SEED, "scene_styles": styles})
    client.force_login(dora)
    page = client.get(f"/projects/{project.pk}/look").content.decode()
    assert "by this look&#x27;s scene styles" in page or "by this look's scene styles" in page
    assert "colors: battle hues, at 0.8" in page
    assert "not in the script: battle_scene_01" in page


def test_a_shots_page_tells_what_changed_of_its_look(client, ben, shot):
    shot_look_set(user=ben, shot=shot, override={"mood": "dread"})
    client.force_login(ben)
    page = client.get(f"/shots/{shot.pk}/").content.decode()
    assert "Mood: as above → dread" in page
    assert "Look of its own" in page
