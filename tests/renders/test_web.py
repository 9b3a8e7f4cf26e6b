"""The pages, as each role, a stranger and nobody; a board of a thousand shots; two tabs deciding at once."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characters.models import Casting, Character
from projects.models import Project, Scene, Shot
from renders.bridge import shot_inputs_hash
from renders.models import RenderJob, Review, Variant
from renders.services.media import media_keep_bytes
from renders.services.reviews import review_approve
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of

MEMBERS = ("ada", "dora", "ben", "cleo", "vic")


@pytest.fixture
def shot(episode):
    return first_shot(episode)


@pytest.fixture
def addresses(project, episode, shot):
    variant_of(shot)
    return [
        f"/projects/{project.pk}/",
        f"/projects/{project.pk}/look",
        f"/projects/{project.pk}/look.json",
        f"/projects/{project.pk}/jobs",
        f"/episodes/{episode.pk}/script",
        f"/episodes/{episode.pk}/cut",
        f"/shots/{shot.pk}/review",
        f"/shots/{shot.pk}/card",
    ]


@pytest.mark.parametrize("name", MEMBERS)
def test_every_member_may_look_at_every_page(name, addresses, client, django_user_model):
    client.force_login(django_user_model.objects.get(username=name))
    assert {a: client.get(a).status_code for a in addresses} == dict.fromkeys(addresses, 200)
    assert client.get("/").status_code == 200


def test_a_stranger_is_told_there_is_nothing(addresses, client, dan):
    client.force_login(dan)
    assert {a: client.get(a).status_code for a in addresses} == dict.fromkeys(addresses, 404)


def test_nobody_is_sent_to_log_in(addresses, client):
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/login/")


def writes(project, episode, shot, variant):
    return [
        (f"/shots/{shot.pk}/variants", {}, "make"),
        (f"/episodes/{episode.pk}/variants", {}, "make"),
        (f"/episodes/{episode.pk}/approve-best", {}, "approve"),
        (f"/variants/{variant.pk}/approve", {}, "approve"),
        (f"/variants/{variant.pk}/undo", {}, "approve"),
        (f"/variants/{variant.pk}/reject", {"reason": "light"}, "approve"),
        (f"/episodes/{episode.pk}/cut/build", {}, "make"),
        (f"/episodes/{episode.pk}/cut/render", {}, "make"),
        (f"/episodes/{episode.pk}/script", {"script": "x"}, "make"),
        (f"/projects/{project.pk}/look", {"document": "{}"}, "approve"),
    ]


MAY = {"ben": {"make"}, "cleo": set(), "vic": set()}


@pytest.mark.parametrize("name", MAY)
def test_who_lacks_the_right_gets_403_and_changes_nothing(
    name, project, episode, shot, client, django_user_model
):
    variant = variant_of(shot)
    client.force_login(django_user_model.objects.get(username=name))
    for address, data, right in writes(project, episode, shot, variant):
        if right not in MAY[name]:
            assert client.post(address, data).status_code == 403, address
    assert (Review.objects.count(), RenderJob.objects.count()) == (0, 0)


def test_a_stranger_gets_404_for_every_write(project, episode, shot, client, dan):
    variant = variant_of(shot)
    client.force_login(dan)
    for address, data, _ in writes(project, episode, shot, variant):
        assert client.post(address, data).status_code == 404, address


def test_a_director_approves_rejects_and_takes_back(shot, client, dora):
    variant, other = variant_of(shot, number=1), variant_of(shot, number=2)
    client.force_login(dora)
    page = client.post(f"/variants/{variant.pk}/approve", {"seen": "waiting"}, follow=True)
    assert "Approved variant 1" in page.content.decode()
    client.post(f"/variants/{other.pk}/reject", {"reason": "framing", "words": "too much ceiling"})
    assert (
        Review.objects.filter(verdict="rejected").get().reason == "wrong framing: too much ceiling"
    )
    client.post(f"/variants/{variant.pk}/undo")
    variant.refresh_from_db()
    assert variant.verdict == "waiting"


def test_of_two_tabs_the_second_is_told_who_was_first(shot, client, dora, ada):
    variant = variant_of(shot)
    review_approve(user=ada, variant=variant)
    client.force_login(dora)
    answer = client.post(f"/variants/{variant.pk}/reject", {"reason": "light", "seen": "waiting"})
    assert answer.status_code == 409
    assert "ada decided" in answer.content.decode()
    variant.refresh_from_db()
    assert variant.verdict == "approved"


def test_a_policys_choice_is_shown_as_such(episode, shot, client, dora):
    variant_of(shot)
    client.force_login(dora)
    client.post(f"/episodes/{episode.pk}/approve-best")
    page = client.get(f"/shots/{shot.pk}/review").content.decode()
    assert "by policy, not yet by a person" in page


def test_a_stale_approval_shows_on_the_board(project, shot, client, dora, ben):
    from projects.services.shots import shot_update

    review_approve(user=dora, variant=variant_of(shot))
    shot_update(user=ben, shot=shot, changes={"size": "ECU", "angle": "low"})
    client.force_login(dora)
    assert "⟳ stale" in client.get(f"/projects/{project.pk}/").content.decode()


def test_asking_for_variants_queues_three_tasks(shot, client, ben):
    client.force_login(ben)
    assert client.post(f"/shots/{shot.pk}/variants").status_code == 302
    assert RenderJob.objects.get().tasks.count() == 3


def test_a_pasted_page_becomes_a_board(client, ben):
    client.force_login(ben)
    script = "INT. KITCHEN - NIGHT\n\nANNA pours tea.\n\nANNA\nIt is late.\n"
    page = client.post("/projects/new", {"name": "Tea", "script": script}, follow=True)
    assert "INT. KITCHEN - NIGHT" in page.content.decode()


def test_a_script_that_cannot_be_read_starts_nothing_and_loses_nothing(client, ben):
    client.force_login(ben)
    page = client.post("/projects/new", {"name": "Tea", "script": "[[ never closed" * 3})
    assert page.status_code == 400
    assert "never closed" in page.content.decode()
    assert not Project.objects.filter(name="Tea").exists()


def test_a_wrong_look_is_refused_and_what_was_typed_stays(project, client, dora):
    client.force_login(dora)
    wrong = json.dumps({"color_palette": {"primary_colors": ["mauve"]}})
    page = client.post(f"/projects/{project.pk}/look", {"document": wrong})
    assert page.status_code == 400
    assert "mauve" in page.content.decode() and "#RRGGBB" in page.content.decode()


def test_a_tier_that_is_not_here_says_what_is_missing(project, episode, client, dora):
    client.force_login(dora)
    page = client.get(f"/projects/{project.pk}/?tier=final").content.decode()
    assert "No engine here draws final" in page


def fill(episode, count):
    """Give an episode `count` shots with three variants each."""
    scene = Scene.objects.filter(episode=episode).first()
    Shot.objects.filter(scene__episode=episode).delete()
    media = media_keep_bytes(b"one picture", content_type="image/png")
    shots = Shot.objects.bulk_create(
        Shot(scene=scene, code=f"x{i:04d}", order=i, brief_hash="b") for i in range(count)
    )
    character = Character.objects.first()
    Casting.objects.bulk_create(Casting(shot=shot, character=character) for shot in shots)
    inputs = shot_inputs_hash(shots[0])
    Variant.objects.bulk_create(
        Variant(
            shot=shot, tier="storyboard", number=n, media=media, thumbnail=media, engine="t",
            recipe={}, inputs_hash=inputs, score_total=0.5,
            verdict="approved" if n == 1 else "waiting",
        )
        for shot in shots
        for n in (1, 2, 3)
    )  # fmt: skip


def test_the_board_costs_as_many_queries_for_a_thousand_shots_as_for_ten(
    project, episode, client, dora
):
    client.force_login(dora)
    counts = []
    for shots in (10, 1000):
        fill(episode, shots)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(f"/projects/{project.pk}/")
        assert page.content.decode().count('<article class="card"') == min(shots, 100)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 24


def test_the_jobs_drawer_shows_what_runs_and_cancels_it(project, shot, client, ben):
    job = variants_request(user=ben, shot=shot)
    client.force_login(ben)
    assert job.title in client.get(f"/projects/{project.pk}/jobs").content.decode()
    assert client.post(f"/projects/{project.pk}/jobs/{job.pk}/cancel").status_code == 200
    job.refresh_from_db()
    assert job.status == "cancelled"
