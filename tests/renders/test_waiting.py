"""What waits for whom on the home page; how long a job still takes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.models import Shot
from projects.services.shots import shot_retake
from renders.models import Attempt, RenderJob, RenderTask
from renders.readings.jobs import jobs_asked_by, jobs_of
from renders.readings.waiting import waits_for
from renders.services.reviews import review_approve
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def test_an_undecided_shot_waits_for_who_approves_and_for_nobody_else(shot, dora, ben, vic, dan):
    picture = variant_of(shot)
    (row,) = waits_for(dora).verdicts
    assert (row.count, row.shown) == (1, [(shot, picture.pk)])
    for other in (ben, vic, dan):
        assert waits_for(other).verdicts == []


def test_a_decided_shot_waits_no_more(shot, dora):
    review_approve(user=dora, variant=variant_of(shot))
    assert waits_for(dora).verdicts == []


def test_a_retake_waits_for_who_makes(shot, dora, ben, cleo):
    variant_of(shot)
    shot_retake(user=dora, shot=shot, reason="too dark")
    assert waits_for(ben).retakes[0].shown[0][0] == shot
    assert waits_for(cleo).retakes == []
    assert waits_for(dora).verdicts == [], "a retake waits for pictures, not for a verdict"


def test_what_waits_costs_the_same_for_many_shots(episode, dora, django_assert_num_queries):
    shots = list(Shot.objects.filter(scene__episode=episode))
    variant_of(shots[0])
    with django_assert_num_queries(5):
        waits_for(dora)
    for shot in shots[1:]:
        variant_of(shot)
    with django_assert_num_queries(5):
        assert waits_for(dora).verdicts[0].count == len(shots)


def test_the_home_page_shows_what_waits(shot, client, dora):
    variant_of(shot)
    client.force_login(dora)
    page = client.get("/").content.decode()
    assert 'data-testid="waits"' in page
    assert f"/shots/{shot.pk}/review" in page


def under_way(shot, user, *, done: int, total: int, seconds: float) -> RenderJob:
    """Make a job whose one task has run for a while."""
    job = variants_request(user=user, shot=shot, count=1)
    RenderJob.objects.filter(pk=job.pk).update(status="running")
    job.tasks.update(status="running", progress_done=done, progress_total=total)
    attempt = Attempt.objects.create(task=job.tasks.get(), fence=1, worker="one")
    started = timezone.now() - timedelta(seconds=seconds)
    Attempt.objects.filter(pk=attempt.pk).update(created_at=started)
    return job


@pytest.mark.parametrize(
    ("done", "seconds", "left"),
    [(50, 30, "about 30 s left"), (10, 60, "about 9 min left"), (1, 5, "")],
)
def test_the_time_left_follows_from_the_time_it_took(shot, ben, project, done, seconds, left):
    under_way(shot, ben, done=done, total=100, seconds=seconds)
    (row,) = jobs_of(project)
    assert (row.percent, row.left) == (done, left)


def test_a_job_nobody_took_says_that_it_waits(shot, ben, project):
    variants_request(user=ben, shot=shot)
    assert jobs_of(project)[0].left == "waits for a worker"


def test_what_is_under_way_stands_before_what_is_done(shot, ben, project):
    old = variants_request(user=ben, shot=shot, count=1)
    new = variants_request(user=ben, shot=shot, count=1)
    RenderJob.objects.filter(pk=new.pk).update(status="done")
    assert [row.job for row in jobs_of(project)] == [old, new]
    assert [row.job for row in jobs_asked_by(ben)] == [old]


def test_the_drawer_costs_the_same_for_many_jobs(shot, ben, project, django_assert_num_queries):
    for _ in range(2):
        variants_request(user=ben, shot=shot)
        with django_assert_num_queries(2):
            jobs_of(project)
    assert RenderTask.objects.count() == 6
