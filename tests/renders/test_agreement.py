"""Agreement of score and people: what counts as a choice, the page, and the door for programs."""

from __future__ import annotations

import pytest
from django.urls import reverse

from projects.models import Shot
from renders.models import Pick, Score, Variant
from renders.readings.agreement import agreement_of
from renders.services.policies import shot_approve_best
from renders.services.reviews import review_approve, review_reject, review_undo
from tests.factories import first_shot, variant_of

CRITERIA = ("aesthetic", "composition", "style", "artifacts")


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def waiting(shot, *, scores=(0.4, 0.8, 0.6), tier="storyboard"):
    """Return variants that wait, each with four criteria; the best composition is the first one's."""
    made = []
    for number, score in enumerate(scores, start=1):
        variant = variant_of(shot, number=number, score=score, tier=tier)
        for name in CRITERIA:
            value = 1 - score if name == "composition" else score
            Score.objects.create(variant=variant, criterion=name, weight=0.25, value=value)
        made.append(variant)
    return made


def test_the_score_s_first_approved_by_a_person_is_an_agreement(shot, dora):
    first, second, _ = waiting(shot)
    review_approve(user=dora, variant=second)
    pick = Pick.objects.get()
    assert (pick.is_agreed, pick.waiting, pick.machine) == (True, 3, second)
    assert pick.criteria == {
        "aesthetic": True, "composition": False, "style": True, "artifacts": True,
    }  # fmt: skip
    assert pick.values[0]["aesthetic"] == 0.8
    # A second choice among those that still wait is one of two.
    review_approve(user=dora, variant=first)
    assert Pick.objects.filter(waiting=2, is_agreed=False).count() == 1


def test_rejected_ones_no_longer_wait_to_be_chosen(shot, dora):
    first, second, third = waiting(shot)
    review_reject(user=dora, variant=second, reason="her hands")
    review_approve(user=dora, variant=third)
    assert Pick.objects.get().is_agreed
    assert Pick.objects.get().waiting == 2
    assert first.pk in {v.pk for v in shot.variants.filter(verdict="waiting")}


def test_one_alone_is_no_choice(shot, dora):
    review_approve(user=dora, variant=waiting(shot, scores=(0.5,))[0])
    assert not Pick.objects.exists()


def test_what_a_policy_approves_or_a_person_lets_the_score_choose_is_none(shot, dora):
    waiting(shot)
    shot_approve_best(user=dora, shot=shot, tier="storyboard")
    assert not Pick.objects.exists()
    waiting(shot, tier="previz")
    shot_approve_best(user=dora, shot=shot, tier="previz", actor_kind="person")
    assert not Pick.objects.exists()


def test_an_approval_taken_back_counts_no_more_and_a_double_click_counts_once(shot, dora, project):
    _, second, _ = waiting(shot)
    review_approve(user=dora, variant=second)
    review_approve(user=dora, variant=second)
    assert agreement_of(project).share.count == 1
    review_undo(user=dora, variant=second)
    assert agreement_of(project).share.count == 0


def test_an_approved_picture_rejected_later_counts_no_more(shot, dora, project):
    first, second, _ = waiting(shot)
    review_approve(user=dora, variant=second)
    review_reject(user=dora, variant=first, reason="her hands")
    assert agreement_of(project).share.count == 1
    review_reject(user=dora, variant=second, reason="his hands")
    assert agreement_of(project).share.count == 0


def choose(episode, dora, *, count):
    """Let Dora choose the best composition of three in as many shots and tiers as are asked for."""
    made = 0
    for tier in ("storyboard", "previz", "final"):
        for shot in Shot.objects.filter(scene__episode=episode):
            if made < count:
                first, *_ = waiting(shot, tier=tier)
                review_approve(user=dora, variant=first)
                made += 1
    assert made == count


def test_the_page_is_honest_about_few_choices(episode, project, client, dora):
    choose(episode, dora, count=3)
    client.force_login(dora)
    page = client.get(reverse("scores", args=[project.pk])).content.decode()
    assert "In 0 of 3 choices" in page
    assert "17 more choices until 20" in page
    assert "33 %" in page
    assert 'data-testid="proposal"' not in page


def test_an_empty_page_says_what_will_be_kept(project, client, vic):
    client.force_login(vic)
    page = client.get(reverse("scores", args=[project.pk])).content.decode()
    assert "No choices yet" in page


def test_the_api_counts_the_same_and_proposes_without_applying(episode, project, client, dora):
    choose(episode, dora, count=18)
    for third in Variant.objects.filter(number=3)[:2]:
        review_approve(user=dora, variant=third)
    client.force_login(dora)
    told = client.get(f"/api/v1/projects/{project.pk}/agreement/").json()
    assert (told["count"], told["agreed"], told["is_enough"]) == (20, 0, True)
    assert told["chance"] == pytest.approx((18 / 3 + 2 / 2) / 20, abs=1e-3)
    by_name = {line["criterion"]: line for line in told["criteria"]}
    assert by_name["composition"]["share"] == 1.0
    assert by_name["composition"]["weight"] == 0.25 < by_name["composition"]["proposed"]
    assert told["proposal"]["met_then"] > told["proposal"]["met_now"] == 0
    page = client.get(reverse("scores", args=[project.pk])).content.decode()
    assert "Nothing is changed by itself" in page


def test_the_api_tells_what_the_next_batch_learns(shot, client, dora):
    review_reject(user=dora, variant=variant_of(shot), reasons=["too_bright", "look"])
    client.force_login(dora)
    told = client.get(f"/api/v1/shots/{shot.pk}/lessons/").json()
    lessons = {lesson["reason"]: lesson for lesson in told["tiers"]["storyboard"]}
    assert lessons["too_bright"]["finish"] == {"brightness": -0.3}
    assert lessons["look"]["tightness"] == 0.3
    assert told["tiers"]["previz"] == []
