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


def test_asking_for_previz_casts_everybody_once_and_keeps_it_with_the_version(
    episode, ben, monkeypatch
):
    monkeypatch.setattr("renders.services.variants.measures_by_network", lambda: False)
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


def test_a_newcomer_too_like_somebody_is_spread_apart_and_the_rule_names_them(
    episode, ben, monkeypatch
):
    from characters.engine.casting import rules
    from characters.engine.casting.faces import drawn_face
    from characters.engine.casting.spread import SPREAD_MM, vertex_distance_mm
    from characters.engine.human.cast import BodyCast

    # Everybody draws one and the same face: siblings of one age and build.
    monkeypatch.setattr(rules, "drawn_face", lambda key, attempt=0: drawn_face("one"))
    for person in Character.objects.filter(project=episode.project):
        person.profile = {
            **person.profile,
            "age_years": [30, 40],
            "gender": "male",
            "build": "average",
            "height_cm": 175,
            "description": "a south asian man",
        }
        person.save()
    bodies_ensure(user=ben, project=episode.project)
    first, second = Character.objects.filter(project=episode.project).order_by("created_at", "pk")
    assert "the first face of this cast" in first.body_sources["apart"]
    assert f"spread from {first.name}: " in second.body_sources["apart"]
    assert "distance of the faces' vertices, 2.60 mm wanted" in second.body_sources["apart"]
    bodies = [BodyCast.from_document(p.body) for p in (first, second)]
    assert vertex_distance_mm(*bodies) >= SPREAD_MM
    assert bodies[0].changes == drawn_face("one"), "who was there first stays"


def test_a_child_who_grows_up_is_measured_against_the_rest(episode, ben):
    ivo = Character.objects.get(project=episode.project, name__startswith="Ivo")
    character_update(user=ben, character=ivo, changes={"age_years": [6, 8]})
    bodies_ensure(user=ben, project=episode.project)
    ivo.refresh_from_db()
    assert "refused" in ivo.body_sources
    grown = character_update(user=ben, character=ivo, changes={"age_years": [30, 40]})
    assert grown.body
    assert "nearest is Mara" in grown.body_sources["apart"]


def test_the_network_is_asked_where_it_can_be_and_the_vertices_where_it_finds_no_face(
    standin, episode, ben, monkeypatch
):
    from renders.services import embodying

    monkeypatch.setattr(embodying, "has_network", lambda: True)
    far = iter((0.31, 0.42, 0.61))
    monkeypatch.setattr(embodying.Likeness, "distance", lambda self, one, other: next(far))
    embodying.bodies_cast(user=ben, project=episode.project)
    told = sorted(
        p.body_sources["apart"] for p in Character.objects.filter(project=episode.project)
    )
    assert "0.31 apart, moved to 0.61; measured by the distance of their drawn heads" in told[0]


def test_a_head_without_a_face_is_measured_by_vertices(standin, episode, ben, monkeypatch):
    from renders.engine.stage import likeness
    from renders.services import embodying

    monkeypatch.setattr(embodying, "has_network", lambda: True)
    monkeypatch.setattr(likeness, "read_face", lambda picture: None)
    embodying.bodies_cast(user=ben, project=episode.project)
    told = [p.body_sources["apart"] for p in Character.objects.filter(project=episode.project)]
    assert any("distance of the faces' vertices" in words for words in told)


def test_where_the_network_measures_the_first_picture_casts_in_its_task_and_not_in_the_asking(
    standin, episode, ben, monkeypatch
):
    from renders.services import embodying
    from renders.services.jobs import run_until_done

    monkeypatch.setattr(embodying, "has_network", lambda: True)
    monkeypatch.setattr(embodying.Likeness, "distance", lambda self, one, other: 0.77)
    job = variants_request(user=ben, shot=first_shot(episode), tier=Tier.PREVIZ, count=1)
    assert not Character.objects.exclude(body={}).exists(), "heads take seconds; a page does not"
    run_until_done(job)
    told = [p.body_sources["apart"] for p in Character.objects.filter(project=episode.project)]
    assert any(
        "0.77 apart by the distance of their drawn heads to dlib's network" in t for t in told
    )
    bodies = {p.key: p.body for p in Character.objects.filter(project=episode.project)}
    run_until_done(variants_request(user=ben, shot=first_shot(episode), tier=Tier.PREVIZ, count=1))
    assert {p.key: p.body for p in Character.objects.filter(project=episode.project)} == bodies
