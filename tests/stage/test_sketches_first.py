"""Sketches of a scene first, drafts in their place: what is asked for, what becomes of verdicts, what the card says."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apexsite.kit.errors import NotAvailable
from projects.models import Event, Shot
from renders.models import RenderJob, RenderTask, Tier, Variant, Verdict, WorkStatus
from renders.services.bulk import Act, shots_bulk
from renders.services.carrying import is_same_picture
from renders.services.jobs import work_one
from renders.services.policies import shot_approve_best
from renders.services.reviews import review_approve, review_reject
from renders.states import OPEN
from tests.factories import first_shot

pytestmark = pytest.mark.django_db


def work() -> None:
    while RenderJob.objects.filter(status__in=OPEN).exists():
        assert work_one(queue="cpu", worker="test")


def asked(user, shots, act: str):
    episode = shots[0].scene.episode
    pks = [shot.pk for shot in shots]
    return shots_bulk(user=user, episode=episode, shots=pks, act=act, tier=Tier.PREVIZ)


def sketched(user, shot) -> Variant:
    assert asked(user, [shot], Act.SKETCH).sentence == "1 to be sketched"
    work()
    return Variant.objects.get(shot=shot, quality="sketch")


def board(client, user, shot) -> str:
    client.force_login(user)
    address = reverse("shot-card", args=[shot.pk])
    return client.get(address, {"tier": "previz"}).content.decode()


@pytest.fixture
def shot(standin, episode) -> Shot:
    return first_shot(episode)


def test_a_sketch_is_asked_for_once_and_named_on_its_card(shot, dora, client):
    sketch = sketched(dora, shot)
    assert (sketch.recipe["quality"], sketch.verdict) == ("sketch", Verdict.WAITING)
    assert ">sketch</span>" in board(client, dora, shot)
    room = client.get(reverse("review", args=[shot.pk]), {"tier": "previz"}).content.decode()
    assert "Sketch 1 waits for a verdict; once approved, its draft is drawn." in room
    assert asked(dora, [shot], Act.SKETCH).sentence == "1 drawn already"


def test_all_sketches_are_drawn_before_the_first_draft_and_each_draft_takes_its_place(
    standin, episode, dora, client
):
    shots = list(Shot.objects.filter(scene__episode=episode).order_by("order"))[:3]
    assert asked(dora, shots, Act.DRAFT).sentence == f"{len(shots)} to be drafted"
    assert asked(dora, shots, Act.DRAFT).sentence == f"{len(shots)} already running"
    for _ in shots:
        work_one(queue="cpu", worker="test")
    assert {v.quality for v in Variant.objects.all()} == {"sketch"}
    assert Variant.objects.values("shot").distinct().count() == len(shots)
    work()
    for shot in shots:
        sketch, draft = Variant.objects.filter(shot=shot).order_by("number")
        assert (sketch.verdict, draft.verdict) == (Verdict.SUPERSEDED, Verdict.WAITING)
        assert (draft.quality, draft.sketch) == ("draft", sketch)
        assert draft.recipe["seed"] == sketch.recipe["seed"]
        told = Event.objects.get(verb="variant.superseded", target_id=str(sketch.pk))
        assert (told.payload["shot"], told.payload["by"]) == (str(shot.pk), draft.number)
        card = board(client, dora, shot)
        assert str(draft.pk) in card
        assert ">sketch</span>" not in card
        assert "1 waiting" in card
    assert asked(dora, shots, Act.DRAFT).sentence == f"{len(shots)} drafted already"


def test_approving_a_sketch_asks_for_its_draft_which_is_approved_by_policy_with_a_link(
    shot, dora, client
):
    sketch = sketched(dora, shot)
    given = review_approve(user=dora, variant=sketch)
    assert review_approve(user=dora, variant=sketch) == given
    assert RenderTask.objects.filter(status=WorkStatus.QUEUED).count() == 1
    work()
    sketch.refresh_from_db()
    draft = Variant.objects.get(shot=shot, quality="draft")
    assert (sketch.verdict, draft.verdict) == (Verdict.SUPERSEDED, Verdict.APPROVED)
    (review,) = draft.reviews.all()
    assert (review.actor_kind, review.actor, review.carried_from) == ("policy", None, given)
    assert "same brief and camera as sketch 1" in review.reason
    assert "by policy, as its sketch" in board(client, dora, shot)
    assert shot_approve_best(user=dora, shot=shot, tier=Tier.PREVIZ) is None
    assert review_approve(user=dora, variant=draft).actor == dora
    assert "✓ approved" in board(client, dora, shot)


def test_a_policy_leaves_a_carried_approval_even_when_it_is_stale(shot, dora):
    review_approve(user=dora, variant=sketched(dora, shot))
    work()
    Shot.objects.filter(pk=shot.pk).update(brief_hash="another")
    shot.refresh_from_db()
    Variant.objects.filter(quality="draft").first()
    assert asked(dora, [shot], Act.SKETCH).sentence == "1 to be sketched"
    work()
    assert shot_approve_best(user=dora, shot=shot, tier=Tier.PREVIZ) is None


def test_a_brief_that_changed_after_the_approval_keeps_the_sketch_and_says_stale(
    shot, dora, client
):
    sketch = sketched(dora, shot)
    review_approve(user=dora, variant=sketch)
    Shot.objects.filter(pk=shot.pk).update(brief_hash="another")
    work()
    sketch.refresh_from_db()
    draft = Variant.objects.get(shot=shot, quality="draft")
    assert (sketch.verdict, draft.verdict) == (Verdict.APPROVED, Verdict.WAITING)
    assert (draft.sketch, draft.reviews.count()) == (sketch, 0)
    card = board(client, dora, shot)
    assert "stale" in card
    assert ">sketch</span>" in card


def test_a_stale_sketch_gets_no_draft_when_it_is_approved(shot, dora):
    sketch = sketched(dora, shot)
    Shot.objects.filter(pk=shot.pk).update(brief_hash="another")
    sketch = Variant.objects.get(pk=sketch.pk)
    review_approve(user=dora, variant=sketch)
    assert not RenderTask.objects.filter(status=WorkStatus.QUEUED).exists()


def test_the_draft_of_a_sketch_rejected_meanwhile_is_not_drawn(shot, dora):
    sketch = sketched(dora, shot)
    asked(dora, [shot], Act.DRAFT)
    review_reject(user=dora, variant=sketch, reason="composition")
    work()
    assert Variant.objects.count() == 1
    assert RenderJob.objects.get(title__startswith="draft of").status == WorkStatus.CANCELLED


def test_a_camera_that_moved_is_another_picture(shot, dora):
    one, other = sketched(dora, shot), sketched_again(shot)
    camera = {"place": [0.0, -2.0, 1.6], "aim": [0.0, 0.0, 1.5], "lens_mm": 50.0}
    for variant, place in ((one, [0.0, -2.0, 1.6]), (other, [0.01, -2.0, 1.6])):
        variant.recipe["parameters"]["camera"] = {**camera, "place": place}
    assert is_same_picture(one, other)
    other.recipe["parameters"]["camera"] = {**camera, "place": [0.1, -2.0, 1.6]}
    assert not is_same_picture(one, other)
    other.recipe["parameters"]["camera"] = {**camera, "lens_mm": 85.0}
    assert not is_same_picture(one, other)


def sketched_again(shot) -> Variant:
    return Variant.objects.get(shot=shot, quality="sketch")


def test_without_the_stage_there_is_nothing_to_sketch_and_the_remedy_is_named(
    episode, dora, monkeypatch, tmp_path
):
    monkeypatch.delenv("APEX_STAGE", raising=False)
    monkeypatch.setenv("APEX_STAGE_PYTHON", str(tmp_path / "bin" / "python"))
    with pytest.raises(NotAvailable, match="make stage"):
        asked(dora, [first_shot(episode)], Act.SKETCH)


@pytest.mark.parametrize("who", ["page", "api"])
def test_a_scene_is_sketched_from_the_board_and_by_the_api(who, shot, dora, client):
    client.force_login(dora)
    count = Shot.objects.filter(scene=shot.scene).count()
    if who == "page":
        answer = client.post(reverse("scene-sketch", args=[shot.scene_id]), {"act": "sketch"})
        assert answer.status_code == 302
    else:
        address = reverse("api:scene-request-sketches", args=[shot.scene_id])
        answer = client.post(address, {"drafts": "approved"}, content_type="application/json")
        assert answer.status_code == 202
        assert answer.json()["sentence"] == f"{count} to be sketched"
    qualities = RenderTask.objects.values_list("request__quality", "job__priority")
    assert list(qualities) == [("sketch", 10)] * count
    script = client.get(reverse("script", args=[shot.scene.episode_id]))
    assert "Sketch scene 1" in script.content.decode()
    page = client.get(reverse("board", args=[shot.scene.episode.project_id]), {"tier": "previz"})
    assert "Sketch scene 1" in page.content.decode()
