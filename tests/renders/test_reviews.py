"""Verdicts: one approved a shot and tier, reasons, undo, people and policies."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from apexsite.kit.errors import InputError, NotAllowed, NotFound, StateError
from projects.models import Event
from projects.services.shots import shot_update
from renders.bridge import shot_inputs_hash
from renders.models import Review, Variant
from renders.services.policies import shot_approve_best
from renders.services.reviews import review_approve, review_reject, review_undo
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):
    return first_shot(episode)


@pytest.fixture
def pair(shot):
    return variant_of(shot, number=1, score=0.4), variant_of(shot, number=2, score=0.8)


def verdicts(shot):
    return list(
        Variant.objects.filter(shot=shot).order_by("number").values_list("verdict", flat=True)
    )


def test_a_second_approval_supersedes_the_first_with_an_event(shot, pair, dora):
    review_approve(user=dora, variant=pair[0])
    review_approve(user=dora, variant=pair[1])
    assert verdicts(shot) == ["superseded", "approved"]
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs[-3:] == ["variant.approved", "variant.superseded", "variant.approved"]


def test_the_database_itself_refuses_two_approved_variants(shot, pair):
    Variant.objects.filter(pk=pair[0].pk).update(verdict="approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        Variant.objects.filter(pk=pair[1].pk).update(verdict="approved")


def test_approving_twice_is_one_review(pair, dora):
    first = review_approve(user=dora, variant=pair[0])
    assert review_approve(user=dora, variant=pair[0]).pk == first.pk
    assert Review.objects.count() == 1


def test_a_rejection_needs_a_reason(pair, dora):
    with pytest.raises(InputError, match="reason"):
        review_reject(user=dora, variant=pair[0], reason="  ")
    review_reject(user=dora, variant=pair[0], reason="framing: too much ceiling")
    assert Review.objects.get().reason == "framing: too much ceiling"


def test_an_undo_puts_the_variant_back_to_waiting(shot, pair, dora):
    review_reject(user=dora, variant=pair[0], reason="light")
    review_undo(user=dora, variant=pair[0])
    assert verdicts(shot) == ["waiting", "waiting"]
    assert Review.objects.count() == 2


def test_there_is_nothing_to_undo_on_a_waiting_variant(pair, dora):
    with pytest.raises(StateError, match="is waiting"):
        review_undo(user=dora, variant=pair[0])


@pytest.mark.parametrize(
    ("name", "error"), [("ben", NotAllowed), ("cleo", NotAllowed), ("vic", NotAllowed)]
)
def test_only_directors_and_owners_approve(name, error, pair, django_user_model):
    user = django_user_model.objects.get(username=name)
    with pytest.raises(error):
        review_approve(user=user, variant=pair[0])
    assert Review.objects.count() == 0


def test_a_stranger_sees_no_variant_to_approve(pair, dan):
    with pytest.raises(NotFound):
        review_approve(user=dan, variant=pair[0])


def test_a_policy_approves_the_best_and_is_never_a_person(shot, pair, ada):
    review = shot_approve_best(user=ada, shot=shot, tier="storyboard")
    assert review is not None
    assert (review.variant.number, review.actor_kind, review.actor) == (2, "policy", None)
    assert shot_approve_best(user=ada, shot=shot, tier="storyboard") is None


def test_a_person_confirming_a_policys_choice_is_a_review_of_its_own(shot, pair, ada, dora):
    shot_approve_best(user=ada, shot=shot, tier="storyboard")
    review = review_approve(user=dora, variant=pair[1])
    assert (review.actor_kind, review.actor) == ("person", dora)


def test_a_policy_never_takes_over_from_a_person(shot, pair, ada, dora):
    review_approve(user=dora, variant=pair[0])
    shot_update(user=ada, shot=shot, changes={"size": "ECU"})
    variant_of(shot, number=3, score=0.9)
    assert shot_approve_best(user=ada, shot=shot, tier="storyboard") is None


def test_a_policy_replaces_its_own_stale_choice(shot, pair, ada):
    shot_approve_best(user=ada, shot=shot, tier="storyboard")
    shot_update(user=ada, shot=shot, changes={"size": "ECU"})
    fresh = variant_of(shot, number=3, score=0.1)
    review = shot_approve_best(user=ada, shot=shot, tier="storyboard")
    assert review is not None and review.variant.pk == fresh.pk


def test_a_changed_brief_makes_an_approval_stale_and_a_changed_move_does_not(shot, pair, ada):
    before = shot_inputs_hash(shot)
    shot_update(user=ada, shot=shot, changes={"move": "pan_left", "duration_frames": 99})
    assert shot_inputs_hash(shot) == before == pair[0].inputs_hash
    shot_update(user=ada, shot=shot, changes={"lens_mm": 135})
    assert shot_inputs_hash(shot) != before


def test_a_previews_small_picture_gives_way_to_a_large_one(shot, pair, ada):
    shot_approve_best(user=ada, shot=shot, tier="storyboard")
    assert shot_approve_best(user=ada, shot=shot, tier="storyboard", least_height=54) is None
    assert shot_approve_best(user=ada, shot=shot, tier="storyboard", least_height=1296) is None
    large = variant_of(shot, number=3, score=0.1)
    large.media.height = 1296
    large.media.save()
    review = shot_approve_best(user=ada, shot=shot, tier="storyboard", least_height=1296)
    assert review is not None and review.variant.pk == large.pk
