"""Many shots at once: what became of each is said, a double click does nothing twice, the role decides."""

from __future__ import annotations

from uuid import uuid4

import pytest

from projects.models import Event, Shot
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from renders.models import RenderJob, Review
from renders.readings.board import cards_in
from renders.services.policies import shot_approve_best
from renders.services.reviews import review_approve
from renders.services.variants import variants_request
from tests.factories import variant_of


@pytest.fixture
def shots(episode):
    return [Shot.objects.get(pk=card.pk) for card in cards_in(episode, tier="storyboard")]


@pytest.fixture
def act(episode, client):
    def post(act, shots, *, user, **more):
        client.force_login(user)
        data = {"act": act, "shot": [getattr(shot, "pk", shot) for shot in shots], **more}
        return client.post(f"/episodes/{episode.pk}/shots", data, follow=True)

    return post


def test_what_runs_already_is_said_and_the_rest_asked(act, shots, ben):
    variants_request(user=ben, shot=shots[0])
    page = act("ask", shots[:3], user=ben).content.decode()
    assert "2 asked, 1 already running" in page
    assert f"{shots[0].code}: already running" in page
    assert RenderJob.objects.count() == 3


def test_a_double_click_does_nothing_twice(act, shots, ben, dora):
    variant_of(shots[1])
    for name, user in (("ask", ben), ("retake", dora), ("approve", dora)):
        act(name, shots[:2], user=user, reason="closer")
        before = RenderJob.objects.count(), Review.objects.count(), Event.objects.count()
        act(name, shots[:2], user=user, reason="closer")
        assert (RenderJob.objects.count(), Review.objects.count(), Event.objects.count()) == before


def test_approving_the_best_is_the_persons_own_verdict(act, shots, dora, ben):
    low, high = variant_of(shots[0], number=1, score=0.3), variant_of(shots[0], number=2, score=0.8)
    variant_of(shots[1])
    shot_approve_best(user=ben, shot=shots[1], tier="storyboard")
    review_approve(user=dora, variant=variant_of(shots[2]))
    page = act("approve", shots[:4], user=dora).content.decode()
    assert "2 approved, 1 approved already, 1 without variants" in page
    high.refresh_from_db(), low.refresh_from_db()
    assert (high.verdict, low.verdict) == ("approved", "waiting")
    newest = Review.objects.filter(variant__shot=shots[1]).order_by("-created_at")[0]
    assert (newest.actor_kind, newest.actor) == ("person", dora)


def test_a_retake_needs_a_reason_and_tells_it(act, shots, dora):
    assert act("retake", shots[:2], user=dora, reason=" ").status_code == 400
    assert (
        "2 sent to retake" in act("retake", shots[:2], user=dora, reason="closer").content.decode()
    )
    told = Event.objects.filter(verb="shot.retake")
    assert [event.payload["reason"] for event in told] == ["closer", "closer"]
    assert "1 in retake already" in act("retake", shots[:1], user=dora, reason="x").content.decode()


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("ada", "ask retake approve"),
        ("dora", "ask retake approve"),
        ("ben", "ask"),
        ("cleo", ""),
        ("vic", ""),
    ],
)
def test_the_role_decides_before_anything_is_done(act, shots, name, may, django_user_model):
    user = django_user_model.objects.get(username=name)
    variant_of(shots[0])
    for verb in ("ask", "retake", "approve"):
        before = Event.objects.count()
        answer = act(verb, shots[:1], user=user, reason="closer")
        assert answer.status_code == (200 if verb in may.split() else 403), verb
        if verb not in may.split():
            assert Event.objects.count() == before


def test_a_stranger_gets_404(act, shots, dan):
    assert act("ask", shots, user=dan).status_code == 404


def test_shots_of_another_film_are_left_alone_and_counted(act, shots, ben, ada):
    other = project_create(user=ada, name="Other")
    from projects.models import Scene

    scene = Scene.objects.create(episode=episode_first(other), number=1, heading="INT. X")
    foreign = Shot.objects.create(scene=scene, code="secret", order=1)
    page = act("ask", [shots[0], foreign, uuid4()], user=ben).content.decode()
    assert "1 asked, 2 not on this board any more" in page and "secret" not in page
    assert not RenderJob.objects.filter(shot=foreign).exists()


@pytest.mark.parametrize("wrong", [{"act": "delete"}, {"shot": ["x"]}])
def test_what_makes_no_sense_is_refused_in_words(episode, shots, client, ben, wrong):
    client.force_login(ben)
    data = {"act": "ask", "shot": [shots[0].pk], **wrong}
    assert client.post(f"/episodes/{episode.pk}/shots", data).status_code == 400


def test_more_shots_than_fit_one_act_are_refused_whole(act, ben):
    answer = act("ask", [uuid4() for _ in range(501)], user=ben)
    assert (answer.status_code, RenderJob.objects.count()) == (400, 0)
    assert "at most 500" in answer.content.decode()


def test_in_place_the_answer_brings_the_cards_and_says_what_was_left(episode, shots, client, ben):
    variants_request(user=ben, shot=shots[0])
    client.force_login(ben)
    data = {"act": "ask", "shot": [shot.pk for shot in shots[:2]]}
    part = client.post(f"/episodes/{episode.pk}/shots", data, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert text.count('hx-swap-oob="true"') == 2 and "<html" not in text
    assert "1 asked, 1 already running." in text


def test_nothing_ticked_says_so(act, ben):
    assert "Nothing was chosen" in act("ask", [], user=ben).content.decode()
