"""Variants: asked for, drawn, scored, kept, made again from the recipe."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import InputError, NotAllowed, NotAvailable, StateError
from apexsite.kit.store import file_sha256
from projects.models import Event, Shot
from renders.bridge import image_request, shot_inputs_hash, shot_inputs_hashes
from renders.engine.imaging.chunk import picture_file
from renders.models import RenderTask, Score, Variant
from renders.services.jobs import run_until_done
from renders.services.media import media_path
from renders.services.recipes import picture_from_recipe
from renders.services.variants import variants_request
from tests.factories import first_shot


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def test_asked_variants_are_drawn_scored_and_told(shot, ben):
    job = run_until_done(variants_request(user=ben, shot=shot, count=3))
    assert job.status == "done"
    variants = list(Variant.objects.filter(shot=shot))
    assert [v.number for v in variants] == [1, 2, 3]
    assert len({v.media.sha256 for v in variants}) == 3
    assert all(v.inputs_hash == shot_inputs_hash(shot) for v in variants)
    scores = Score.objects.filter(variant=variants[0])
    assert {s.criterion for s in scores} == {"aesthetic", "composition", "style", "artifacts"}
    assert all(s.reason for s in scores)
    assert Event.objects.filter(verb="variant.created").count() == 3


def test_a_picture_is_made_again_from_its_recipe_alone(shot, ben):
    run_until_done(variants_request(user=ben, shot=shot, count=1))
    variant = Variant.objects.get()
    again = picture_from_recipe(variant.recipe)
    assert picture_file(again.pixels, variant.recipe) == media_path(variant.media).read_bytes()
    assert variant.recipe["media_sha256"] == file_sha256(media_path(variant.media))


def test_a_second_batch_goes_on_counting(shot, ben):
    run_until_done(variants_request(user=ben, shot=shot, count=1))
    run_until_done(variants_request(user=ben, shot=shot, count=2))
    variants = Variant.objects.filter(shot=shot).order_by("number")
    assert [v.number for v in variants] == [1, 2, 3]
    assert len({v.recipe["seed"] for v in variants}) == 3


def test_a_given_seed_is_the_seed(shot, ben):
    run_until_done(variants_request(user=ben, shot=shot, count=1, seed=4242))
    assert Variant.objects.get().recipe["seed"] == 4242


def test_a_viewer_may_not_ask(shot, vic):
    with pytest.raises(NotAllowed):
        variants_request(user=vic, shot=shot)


@pytest.mark.parametrize("count", [0, -1, 13])
def test_a_count_outside_the_range_is_refused(shot, ben, count):
    with pytest.raises(InputError, match="from 1 to 12"):
        variants_request(user=ben, shot=shot, count=count)
    assert RenderTask.objects.count() == 0


def test_a_tier_no_engine_draws_is_said_plainly(shot, ben, tmp_path, monkeypatch):
    monkeypatch.setenv("APEX_MODELS", str(tmp_path))
    monkeypatch.delenv("APEX_SDXL_MODEL", raising=False)
    with pytest.raises(NotAvailable, match=r"sdxl: .* not .*; get it with: "):
        variants_request(user=ben, shot=shot, tier="final")


def test_an_omitted_shot_gets_no_variants(shot, ben):
    Shot.objects.filter(pk=shot.pk).update(status="omitted")
    shot.refresh_from_db()
    with pytest.raises(StateError, match="omitted"):
        variants_request(user=ben, shot=shot)


def test_the_hashes_of_a_whole_episode_agree_with_those_of_one_shot(
    episode, django_assert_num_queries
):
    with django_assert_num_queries(3):
        hashes = shot_inputs_hashes(episode)
    for shot in Shot.objects.filter(scene__episode=episode):
        assert hashes[shot.pk] == shot_inputs_hash(shot)


def test_the_request_holds_the_cast_in_screen_order(episode):
    for shot in Shot.objects.filter(scene__episode=episode):
        request, _ = image_request(shot, width=96, height=54, variant_index=0)
        assert tuple(profile.key for profile in request.cast) == request.brief.cast
