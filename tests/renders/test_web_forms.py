"""Forms sent twice, without scripts, or with odd words; what the home page says waits."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renders.models import RenderJob, RenderTask, Review
from renders.services.reviews import review_approve
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def test_a_form_sent_twice_gives_one_verdict_and_no_reproach(shot, client, dora):
    variant = variant_of(shot)
    client.force_login(dora)
    for verb, words in (("approve", {}), ("reject", {"reason": "light"})):
        seen = variant.verdict
        for _ in range(2):
            answer = client.post(f"/variants/{variant.pk}/{verb}", {"seen": seen, **words})
            assert answer.status_code == 302
        variant.refresh_from_db()
    assert list(Review.objects.values_list("verdict", flat=True)) in (
        ["rejected", "approved"],
        ["approved", "rejected"],
    )


def test_the_same_verdict_by_somebody_else_is_still_told(shot, client, dora, ada):
    variant = variant_of(shot)
    review_approve(user=ada, variant=variant)
    client.force_login(dora)
    answer = client.post(f"/variants/{variant.pk}/approve", {"seen": "waiting"})
    assert answer.status_code == 409
    assert Review.objects.count() == 1


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "99", "one"])
def test_a_variant_number_that_is_none_shows_the_best(shot, client, dora, number):
    variant_of(shot)
    client.force_login(dora)
    answer = client.get(f"/shots/{shot.pk}/review", {"variant": number})
    assert "Variant 1 waits" in answer.content.decode()


@pytest.mark.parametrize("asked", ["https://elsewhere.example/x", "nowhere"])
def test_asking_leads_nowhere_but_to_our_own_pages(project, shot, client, ben, asked):
    client.force_login(ben)
    answer = client.post(f"/shots/{shot.pk}/variants", {"next": asked})
    assert (answer.status_code, answer.url) == (302, f"/projects/{project.pk}/")


def test_asking_in_the_review_room_leads_back_to_it(shot, client, ben):
    client.force_login(ben)
    answer = client.post(f"/shots/{shot.pk}/variants", {"review": "1"})
    assert answer.url == f"/shots/{shot.pk}/review"


def test_home_counts_shots_that_wait_and_not_their_variants(shot, client, dora):
    first, _ = variant_of(shot, number=1), variant_of(shot, number=2)
    client.force_login(dora)
    assert "1 waits for a verdict" in client.get("/").content.decode()
    review_approve(user=dora, variant=first)
    page = client.get("/").content.decode()
    assert "for a verdict" not in page and "1 of " in page


def test_home_costs_as_many_queries_for_many_projects_as_for_one(project, shot, client, dora):
    from projects.services.projects import project_create

    variant_of(shot)
    client.force_login(dora)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
        for n in range(6):
            project_create(user=dora, name=f"Other {n}")
    assert counts[0] == counts[1]


def test_the_drawer_shows_how_far_a_job_is_and_tries_a_failed_one_again(
    project, shot, client, ben, vic
):
    job = variants_request(user=ben, shot=shot)
    tasks = list(job.tasks.all())
    RenderTask.objects.filter(pk=tasks[0].pk).update(status="done")
    RenderTask.objects.filter(pk=tasks[1].pk).update(progress_done=1, progress_total=2)
    client.force_login(ben)
    drawer = f"/projects/{project.pk}/jobs"
    assert "width:50%" in client.get(drawer).content.decode()
    RenderTask.objects.filter(job=job).exclude(pk=tasks[0].pk).update(
        status="failed", error="the disk is full: free 2 GiB"
    )
    RenderJob.objects.filter(pk=job.pk).update(status="failed")
    page = client.get(drawer).content.decode()
    assert "free 2 GiB" in page and "Try again from the failed step" in page
    client.force_login(vic)
    assert "Try again" not in client.get(drawer).content.decode()
    assert client.post(f"{drawer}/{job.pk}/retry").status_code == 403
    client.force_login(ben)
    assert client.post(f"{drawer}/{job.pk}/retry").status_code == 200
    assert sorted(job.tasks.values_list("status", flat=True)) == ["done", "queued", "queued"]


def test_a_job_of_another_project_is_not_here(project, shot, client, ben):
    from projects.services.projects import project_create

    job = variants_request(user=ben, shot=shot)
    other = project_create(user=ben, name="Other")
    client.force_login(ben)
    for verb in ("cancel", "retry"):
        assert client.post(f"/projects/{other.pk}/jobs/{job.pk}/{verb}").status_code == 404
