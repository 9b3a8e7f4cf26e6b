"""Who was cast for the stage stays who they are."""

from __future__ import annotations

import pytest

from characters.models import Character, CharacterVersion
from characters.services.bodies import bodies_ensure
from characters.services.profiles import character_update
from projects.models import Event
from renders.bridge import image_request
from renders.models import Tier
from renders.services.recipes import request_from_recipe
from renders.services.variants import variants_request
from tests.factories import first_shot

pytestmark = pytest.mark.django_db


def test_asking_for_previz_casts_everybody_once_and_keeps_it_with_the_version(episode, ben):
    assert not Character.objects.exclude(body={}).exists()
    variants_request(user=ben, shot=first_shot(episode), tier=Tier.PREVIZ, count=1)
    people = Character.objects.filter(project=episode.project)
    bodies = {p.key: p.body for p in people}
    assert all(body["schema"] == "apex.body/1" for body in bodies.values())
    assert all(
        "nearest face" in p.body_sources["face"] or "drawn" in p.body_sources["face"]
        for p in people
    )
    kept = CharacterVersion.objects.filter(character__in=people)
    assert {v.character.key: v.body for v in kept} == bodies
    assert bodies_ensure(user=ben, project=episode.project) == 0
    assert {p.key: p.body for p in Character.objects.filter(project=episode.project)} == bodies
    assert Event.objects.filter(verb="character.embodied").count() == len(bodies)
    request, _ = image_request(first_shot(episode), width=64, height=36, variant_index=0)
    assert [body.to_document() for body in request.bodies] == [
        bodies[k] for k in request.brief.cast
    ]


def test_other_hair_is_the_same_face(episode, ben):
    bodies_ensure(user=ben, project=episode.project)
    mara = Character.objects.get(project=episode.project, name__startswith="Mara")
    before = mara.body
    after = character_update(user=ben, character=mara, changes={"hair_style": "long"})
    assert before["hair"]["style"] != "long"
    assert after.body["hair"]["style"] == "long"
    assert after.body["changes"] == before["changes"]
    assert after.body["phenotype"] == before["phenotype"]
    newest = CharacterVersion.objects.get(character=mara, version=after.version)
    assert newest.body == after.body


def test_a_child_keeps_no_body_and_the_reason(episode, ben):
    ivo = Character.objects.get(project=episode.project, name__startswith="Ivo")
    ivo.profile["age_years"] = [6, 8]
    ivo.save()
    bodies_ensure(user=ben, project=episode.project)
    ivo.refresh_from_db()
    assert ivo.body == {}
    assert "children are not supported" in ivo.body_sources["refused"]


def test_a_recipe_carries_the_bodies(episode, ben):
    from renders.models import Variant
    from renders.services.jobs import run_until_done

    job = variants_request(user=ben, shot=first_shot(episode), tier=Tier.STORYBOARD, count=1)
    bodies_ensure(user=ben, project=episode.project)
    run_until_done(job)
    recipe = Variant.objects.get(task__job=job).recipe
    assert len(request_from_recipe(recipe).bodies) == len(recipe["cast"])
