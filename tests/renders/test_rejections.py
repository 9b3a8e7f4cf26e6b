"""Rejections: one key each, kept on the verdict, and the next batch learns from them, as it says before it is asked for."""

from __future__ import annotations

import numpy as np
import pytest
from django.urls import reverse

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import read_picture
from projects.services.shots import shot_update
from renders.models import RenderTask, Review, Variant
from renders.services.jobs import run_until_done
from renders.services.lessons import shot_lessons
from renders.services.media import media_path
from renders.services.reviews import review_approve, review_reject, review_undo
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def ask_and_draw(shot, ben, **asked):
    """Draw one small storyboard picture and return its variant."""
    job = run_until_done(variants_request(user=ben, shot=shot, count=1, lines=90, **asked))
    return Variant.objects.get(task__job=job)


def light_of(variant) -> float:
    return float(np.mean(read_picture(media_path(variant.media).read_bytes())))


def test_a_picture_rejected_as_too_dark_is_followed_by_a_brighter_one(shot, ben, dora):
    first = ask_and_draw(shot, ben, seed=4)
    review_reject(user=dora, variant=first, reasons=["too_dark"])
    again = ask_and_draw(shot, ben, seed=3)
    assert (first.recipe["seed"], again.recipe["seed"]) == (4, 4)
    assert light_of(again) > light_of(first) * 1.05
    options = again.recipe["options"]
    assert options["lessons"] == ["too_dark"]
    assert options["because"] == ["brighter: “too dark” once"]
    assert options["finish"] == {"brightness": 0.3}


def test_a_lesson_left_off_is_not_learnt(shot, ben, dora):
    review_reject(user=dora, variant=variant_of(shot), reasons=["too_dark", "blurred"])
    variants_request(user=ben, shot=shot, count=1, leave_off=["too_dark"])
    assert RenderTask.objects.get().request["options"]["lessons"] == ["blurred"]


def test_reasons_and_words_are_kept_on_the_verdict(shot, dora):
    review_reject(
        user=dora,
        variant=variant_of(shot),
        reasons=["noisy", "too_dark"],
        reason="look at her hands",
    )
    review = Review.objects.get()
    assert review.reasons == ["too_dark", "noisy"]
    assert review.reason == "too dark, noisy: look at her hands"


@pytest.mark.parametrize(("reasons", "words"), [([], "  "), (["ugly"], "x")])
def test_a_rejection_says_why_from_the_list_or_in_words(shot, dora, reasons, words):
    with pytest.raises(InputError, match="reason"):
        review_reject(user=dora, variant=variant_of(shot), reasons=reasons, reason=words)
    assert not Review.objects.exists()


def test_lessons_end_with_an_approval_an_undo_or_another_brief(shot, ben, dora):
    first, second = variant_of(shot, number=1), variant_of(shot, number=2)
    review_reject(user=dora, variant=first, reasons=["too_dark"])
    assert [lesson.key for lesson in shot_lessons(shot, tier="storyboard")] == ["too_dark"]
    assert shot_lessons(shot, tier="previz") == ()
    review_approve(user=dora, variant=second)
    assert shot_lessons(shot, tier="storyboard") == ()
    review_undo(user=dora, variant=second)
    assert shot_lessons(shot, tier="storyboard") != ()
    review_undo(user=dora, variant=first)
    assert shot_lessons(shot, tier="storyboard") == ()
    review_reject(user=dora, variant=first, reasons=["too_dark"])
    shot_update(user=ben, shot=shot, changes={"action": "She closes the door."})
    shot.refresh_from_db()
    assert shot_lessons(shot, tier="storyboard") == ()


def test_the_room_offers_a_key_for_each_reason_and_takes_several(shot, client, dora):
    variant = variant_of(shot)
    client.force_login(dora)
    page = client.get(reverse("review", args=[shot.pk])).content.decode()
    assert page.count("data-hotkey=") == 12
    client.post(reverse("variant-reject", args=[variant.pk]), {"reason": ["framing", "too_dark"]})
    assert Review.objects.get().reasons == ["too_dark", "framing"]


@pytest.mark.parametrize("door", ["review", "shot"])
def test_pages_say_before_asking_what_will_change(shot, client, dora, door):
    review_reject(user=dora, variant=variant_of(shot), reasons=["too_dark", "person"])
    client.force_login(dora)
    page = client.get(reverse(door, args=[shot.pk])).content.decode()
    assert "brighter: “too dark” once" in page
    assert "brightness +0.30" in page
    assert "As before for “wrong person”: this engine has no part for it" in page


@pytest.mark.parametrize("door", ["ask-variants", "shot-ask"])
def test_a_form_leaves_off_what_was_unticked(shot, client, dora, door):
    review_reject(user=dora, variant=variant_of(shot), reasons=["too_dark", "look"])
    client.force_login(dora)
    client.post(
        reverse(door, args=[shot.pk]),
        {"tier": "storyboard", "lessons-shown": "too_dark look ", "lesson": ["look"]},
    )
    (options,) = {str(task.request["options"]) for task in RenderTask.objects.all()}
    assert "too_dark" not in options
    assert "'lessons': ['look']" in options
