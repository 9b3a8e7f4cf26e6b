"""The animatic: one press, and whatever is missing is drawn, chosen, cut and rendered."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import NotAllowed, StateError
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from projects.services.shots import shot_update
from renders.models import Delivery, RenderJob, Review, Variant
from renders.services.animatics import animatic_request
from renders.services.jobs import job_cancel, run_until_done
from renders.services.reviews import review_approve
from tests.factories import first_shot, variant_of


def test_two_presses_are_one_job(episode, ben):
    first = animatic_request(user=ben, episode=episode)
    assert animatic_request(user=ben, episode=episode) == first
    assert RenderJob.objects.filter(kind="animatic").count() == 1


def test_an_empty_episode_is_told_to_bring_a_script(ada):
    project = project_create(user=ada, name="Empty")
    with pytest.raises(StateError, match="bring a script first"):
        animatic_request(user=ada, episode=episode_first(project))


def test_who_may_not_make_may_not_ask_for_one(episode, cleo):
    with pytest.raises(NotAllowed):
        animatic_request(user=cleo, episode=episode)


def test_a_cancelled_animatic_takes_its_pieces_with_it(episode, ben):
    job = animatic_request(user=ben, episode=episode)
    job_cancel(user=ben, job=job)
    assert run_until_done(job).status == "cancelled"
    assert not RenderJob.objects.filter(status__in=("queued", "running")).exists()


@pytest.mark.slow
def test_an_animatic_draws_what_is_missing_keeps_what_a_person_approved_and_plays(
    episode, ben, dora
):
    kept = variant_of(first_shot(episode))
    review_approve(user=dora, variant=kept)
    job = run_until_done(animatic_request(user=ben, episode=episode))
    assert job.status == "done", [task.error for task in job.tasks.all()]
    film = Delivery.objects.get()
    assert film.is_preview
    assert film.cut.document["variants"][kept.shot.code] == str(kept.pk)
    shots = episode.scenes.values_list("shots", flat=True)
    assert Variant.objects.filter(engine__contains="storyboard").count() == len(shots) - 1
    assert set(Review.objects.values_list("actor_kind", flat=True)) == {"person", "policy"}

    again = run_until_done(animatic_request(user=ben, episode=episode))
    assert again.status == "done"
    assert Delivery.objects.get() == film, "nothing changed, so nothing is rendered again"

    shot_update(user=ben, shot=first_shot(episode), changes={"lens_mm": 85})
    assert run_until_done(animatic_request(user=ben, episode=episode)).status == "done"
    newest = Delivery.objects.first()
    assert newest.cut.document["stale_waived"]["shots"] == [kept.shot.code]


def test_a_pasted_page_becomes_a_project_with_an_animatic_on_its_way(client, ada):
    client.force_login(ada)
    script = "INT. BUS - NIGHT\n\nANNA sleeps.\n\nANNA\nWhere are we?\n"
    answer = client.post("/projects/new", {"name": "Night Bus", "script": script, "animatic": "1"})
    job = RenderJob.objects.get(kind="animatic")
    assert str(job.episode) == "Night Bus", "a page without a title takes the project's name"
    assert answer.url == f"/episodes/{job.episode_id}/cut?play=1"
    assert "animatic of" in client.get(answer.url).content.decode()


def test_an_animatic_of_nothing_starts_no_project_and_keeps_what_was_typed(client, ada):
    client.force_login(ada)
    answer = client.post("/projects/new", {"name": "Night Bus", "script": " ", "animatic": "1"})
    assert answer.status_code == 409
    page = client.get("/").content.decode()
    assert "Night Bus" not in page
    assert 'value="Night Bus"' in answer.content.decode()
