"""Nobody's browser waits for a voice: a worker speaks the lines, keeps each, and builds the cut that was asked for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from renders.models import Cut, JobKind, KeptSample, RenderJob, WorkStatus
from renders.services import soundplans, speech
from renders.services.cuts import shots_in_cut
from renders.services.jobs import job_cancel, run_until_done, work_one
from renders.services.reviews import review_approve
from renders.services.soundplans import lines_unspoken
from tests.factories import variant_of


@pytest.fixture
def approved(episode, dora):
    """An episode whose shots all have an approved picture."""
    for shot in shots_in_cut(episode):
        review_approve(user=dora, variant=variant_of(shot))
    return episode


def build(client, episode):
    """Press the button."""
    return client.post(reverse("cut-build", args=[episode.pk]), follow=True)


def test_the_button_speaks_nothing_itself_and_a_worker_builds_the_cut(
    client, ben, approved, monkeypatch
):
    client.force_login(ben)
    with monkeypatch.context() as patch:
        patch.setattr(speech, "speak_lines", lambda *a, **k: pytest.fail("spoken in the request"))
        page = build(client, approved).content.decode()
        build(client, approved)
    (job,) = RenderJob.objects.filter(kind=JobKind.SPEECH)
    assert job.title in page and not Cut.objects.exists()
    drawer = client.get(reverse("jobs", args=[approved.project_id])).content.decode()
    assert job.title in drawer
    assert run_until_done(job).status == WorkStatus.DONE
    assert not lines_unspoken(approved.project, shots_in_cut(approved))
    cut = Cut.objects.get()
    assert cut.document["speech"]
    assert f"Cut {cut.version} is built" in build(client, approved).content.decode()
    assert Cut.objects.count() == 1


def test_the_api_names_the_job_and_then_answers_with_the_cut(client, ben, approved):
    client.force_login(ben)
    url = f"/api/v1/episodes/{approved.pk}:build-cut"
    refused = client.post(url, {}, content_type="application/json")
    job = RenderJob.objects.get(kind=JobKind.SPEECH)
    assert refused.status_code == 409 and str(job.pk) in refused.content.decode()
    run_until_done(job)
    made = client.post(url, {}, content_type="application/json")
    assert made.status_code == 201 and made.json()["id"] == str(Cut.objects.get().pk)


def test_a_worker_that_is_stopped_has_kept_what_it_spoke(client, ben, approved, monkeypatch):
    client.force_login(ben)
    monkeypatch.setattr(speech, "LINES_AT_ONCE", 1)
    build(client, approved)
    job = RenderJob.objects.get(kind=JobKind.SPEECH)
    real, said = speech.speak_lines, []

    def once(lines, *rest, **kwargs):
        if said:
            raise RuntimeError("the worker was killed")
        said.extend(lines)
        return real(lines, *rest, **kwargs)

    shot = shots_in_cut(approved)[-1]
    shot.dialogue, shot.speaker = "One more line for the road.", "Sarah"
    shot.save()
    before = len(lines_unspoken(approved.project, shots_in_cut(approved)))
    assert before >= 2
    with monkeypatch.context() as patch:
        patch.setattr(speech, "speak_lines", once)
        work_one("cpu", "first", job)
    assert len(lines_unspoken(approved.project, shots_in_cut(approved))) == before - 1
    assert KeptSample.objects.filter(kind=speech.SOUND).count() == 1


def test_speaking_can_be_cancelled_and_says_how_far_it_is(client, ben, approved, monkeypatch):
    client.force_login(ben)
    build(client, approved)
    job = RenderJob.objects.get(kind=JobKind.SPEECH)
    told = []
    real = soundplans.lines_kept

    def cancelled(lines, **kwargs):
        job_cancel(user=ben, job=job)
        told.append(kwargs["progress"])
        return real(lines, **kwargs)

    monkeypatch.setattr(soundplans, "lines_kept", cancelled)
    assert run_until_done(job).status == WorkStatus.CANCELLED
    assert told and not Cut.objects.exists()
