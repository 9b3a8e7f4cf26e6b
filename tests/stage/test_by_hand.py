"""Blocking set by hand: it outranks the words, is checked, kept on the shot, and makes an approval stale."""

from __future__ import annotations

import ast

import pytest
from django.urls import reverse

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError, StaleEdit
from projects.models import Shot
from renders.bridge import cast_of, image_request, shot_inputs_hash
from renders.engine.imaging.stage import document_of
from renders.engine.stage.by_hand import MOODS, SETS, checked
from renders.services.blockings import blocking_save
from tests.test_floors import ROOT

EMPTY = document_hash({})


def keys_of(path: str, name: str) -> set[str]:
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == name:
            assert isinstance(node.value, ast.Dict)
            return {ast.literal_eval(key) for key in node.value.keys if key}
    raise AssertionError(f"{name} is not in {path}")


def test_sets_and_lights_to_choose_from_are_those_of_the_program():
    assert set(SETS) == keys_of("renders/stage_worker/sets/__init__.py", "SETS")
    assert set(MOODS) == keys_of("renders/stage_worker/lighting.py", "MOODS")


@pytest.mark.parametrize(
    "document",
    [
        {"set": "moon"},
        {"mood": "smell"},
        {"players": {"a": {"pose": "fly"}}},
        {"players": {"a": {"looks_at": "a"}}},
        {"players": {"zoë": {"pose": "sit"}}},
        {"players": ["a"]},
    ],
)
def test_a_value_that_is_not_known_is_refused(document):
    with pytest.raises(InputError, match=r"valid|must be"):
        checked(document, ["a", "b"])


def test_what_is_left_to_the_words_is_not_kept():
    assert checked({"set": "", "players": {"a": {"pose": "", "looks_at": "b"}}}, ["a", "b"]) == {
        "players": {"a": {"looks_at": "b"}}
    }


@pytest.fixture
def shot(episode) -> Shot:
    return Shot.objects.filter(scene__episode=episode, castings__isnull=False).first()


@pytest.mark.django_db
def test_the_stage_gets_what_was_set_and_the_approval_shows_stale(shot, ben):
    key = cast_of(shot)[0].key
    before = shot_inputs_hash(shot)
    document = {
        "set": "office",
        "mood": "noir",
        "players": {key: {"pose": "sit", "looks_at": "camera"}},
    }
    saved = blocking_save(user=ben, shot=shot, document=document, seen=EMPTY)
    assert shot_inputs_hash(saved) != before
    brief = document_of(image_request(saved, width=96, height=54, variant_index=0)[0])
    player = next(p for p in brief["players"] if p["key"] == key)
    assert (brief["set_name"], brief["mood"]) == ("office", "noir")
    assert (player["pose"], player["look_at"]) == ("sit", "camera")
    cleared = blocking_save(user=ben, shot=saved, document={}, seen=document_hash(document))
    assert shot_inputs_hash(cleared) == before


@pytest.mark.django_db
def test_of_two_who_block_at_once_the_second_is_told(shot, ben, ada):
    blocking_save(user=ben, shot=shot, document={"mood": "noir"}, seen=EMPTY)
    with pytest.raises(StaleEdit, match="changed while you were looking"):
        blocking_save(user=ada, shot=shot, document={"mood": "cold"}, seen=EMPTY)


@pytest.mark.django_db
def test_the_page_saves_the_fields_and_says_how_to_get_a_sketch(shot, ben, client, monkeypatch):
    monkeypatch.setenv("APEX_STAGE", "off")
    client.force_login(ben)
    page = client.get(reverse("shot", args=[shot.pk])).content.decode()
    assert 'data-testid="blocking"' in page
    key = cast_of(shot)[0].key
    answer = client.post(
        reverse("shot-block", args=[shot.pk]), {"seen": EMPTY, f"{key}.pose": "arms_crossed"}
    )
    assert answer.status_code == 302
    shot.refresh_from_db()
    assert shot.blocking == {"players": {key: {"pose": "arms_crossed"}}}
    sketch = client.get(reverse("blocking-sketch", args=[shot.pk]))
    assert sketch.status_code == 503
    assert "APEX_STAGE" in sketch.content.decode()
