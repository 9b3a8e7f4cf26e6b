"""Jobs from asking to the end: done, failed, cancelled, tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from apexsite.kit.errors import Cancelled, NotAllowed, NotFound, StateError
from projects.models import Event
from renders import progress as progress_module
from renders import states, tasks
from renders.models import Attempt, RenderJob, RenderTask
from renders.progress import RowProgress
from renders.services import jobs
from renders.services.jobs import job_cancel, job_create, job_retry, run_until_done, work_one
from renders.states import FenceLost

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def told_tasks(settings, monkeypatch):
    settings.APEX_EXTRA_RUNNERS = {"told": "tests.chaos.runner.told_task_run"}
    monkeypatch.setattr(jobs, "RETRY_DELAY_SECONDS", 0.0)


def job_of(user, project, *requests: dict) -> RenderJob:
    return job_create(
        user=user, project=project, kind="told", title="told", requests=requests or [{}]
    )


def published(project) -> int:
    return Event.objects.filter(project=project, verb="told.published").count()


def test_a_job_runs_to_its_end_and_says_so_once(ben, project):
    job = run_until_done(job_of(ben, project, {}, {}))
    assert (job.status, published(project)) == ("done", 2)
    assert Event.objects.filter(verb="job.finished").count() == 1


def test_a_passing_fault_is_tried_again_and_then_done(ben, project):
    job = run_until_done(job_of(ben, project, {"fail": "retryable", "times": 2}))
    assert job.status == "done"
    assert list(Attempt.objects.values_list("status", flat=True)) == ["failed", "failed", "done"]


def test_a_fault_that_stays_fails_after_the_last_try(ben, project, settings):
    settings.APEX_TASK_ATTEMPTS = 2
    job = run_until_done(job_of(ben, project, {"fail": "retryable"}))
    assert job.status == "failed"
    assert job.tasks.get().error == "the engine is away for a moment"
    assert Attempt.objects.count() == 2


def test_another_try_waits_for_its_delay(ben, project, monkeypatch):
    monkeypatch.setattr(jobs, "RETRY_DELAY_SECONDS", 60.0)
    job = job_of(ben, project, {"fail": "retryable"})
    assert work_one("cpu", "w")
    assert not work_one("cpu", "w")
    assert job.tasks.get().not_before > timezone.now() + timedelta(seconds=50)


def test_a_surprise_fails_with_a_sentence_and_keeps_its_traceback(ben, project):
    job = run_until_done(job_of(ben, project, {"fail": "surprise"}))
    assert job.status == "failed"
    assert job.tasks.get().error == "ZeroDivisionError: a surprise in the engine"
    assert "tests/chaos/runner.py" in Attempt.objects.get().traceback
    assert Attempt.objects.count() == 1


def test_a_retry_makes_what_failed_again_and_leaves_what_is_published(ben, project):
    job = run_until_done(job_of(ben, project, {}, {"fail": "retryable", "times": 3}))
    assert (job.status, published(project)) == ("failed", 1)
    job = job_retry(user=ben, job=job)
    assert job.status == "queued"
    assert Event.objects.filter(verb="job.retried", target_id=str(job.pk)).count() == 1
    job = run_until_done(job)
    assert (job.status, published(project)) == ("done", 2)
    assert job.tasks.get(index=0).attempts.count() == 1


def test_a_retry_begins_the_count_of_tries_anew(ben, project):
    job = run_until_done(job_of(ben, project, {"fail": "retryable", "times": 4}))
    assert job.status == "failed"
    assert run_until_done(job_retry(user=ben, job=job)).status == "done"


def test_a_job_that_is_done_has_nothing_to_try_again(ben, project):
    job = run_until_done(job_of(ben, project))
    with pytest.raises(StateError, match="nothing to try again"):
        job_retry(user=ben, job=job)


def test_only_who_makes_pictures_cancels_or_retries(ben, vic, dan, project):
    job = job_of(ben, project)
    with pytest.raises(NotAllowed):
        job_cancel(user=vic, job=job)
    with pytest.raises(NotFound):
        job_retry(user=dan, job=job)


def test_a_queued_job_is_cancelled_at_once_and_may_be_asked_for_again(ben, project):
    job = job_of(ben, project, {}, {})
    job_cancel(user=ben, job=job)
    job.refresh_from_db()
    assert job.status == "cancelled"
    told = Event.objects.filter(target_id=str(job.pk)).values_list("verb", flat=True)
    assert list(told) == ["job.requested", "job.cancelled", "job.finished"]
    assert run_until_done(job_retry(user=ben, job=job)).status == "done"


def test_an_ended_job_cannot_be_cancelled(ben, project):
    job = run_until_done(job_of(ben, project))
    with pytest.raises(StateError, match="ended already"):
        job_cancel(user=ben, job=job)
    assert not Event.objects.filter(verb="job.cancelled").exists()


def test_a_running_task_stops_at_the_next_step_after_cancel(ben, project, monkeypatch):
    job = job_of(ben, project, {"steps": 3})
    monkeypatch.setattr(progress_module, "SECONDS_BETWEEN", 0.0)
    write, steps = RowProgress.advance, []

    def advance(self, done, total, message=""):  # type: ignore[no-untyped-def]
        steps.append(done)
        if done == 1:
            job_cancel(user=ben, job=job)
        write(self, done, total, message)

    monkeypatch.setattr(RowProgress, "advance", advance)
    assert run_until_done(job).status == "cancelled"
    assert (steps, published(project)) == ([0, 1], 0)


def test_resuming_skips_what_is_published(ben, project):
    job = job_of(ben, project, {}, {}, {})
    work_one("cpu", "a worker that ends here")
    assert run_until_done(job).status == "done"
    assert [task.attempts.count() for task in job.tasks.all()] == [1, 1, 1]


def test_progress_is_written_now_and_then_and_the_last_one_always(ben, project, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: now[0])
    job_of(ben, project)
    task = states.task_claim(queue="cpu", worker="w")
    report = RowProgress(task)
    begun = RenderTask.objects.get(pk=task.pk).progress_rev
    for done in range(100):
        now[0] += 0.01
        report.advance(done, 100, f"step {done}")
    report.advance(100, 100, "the last")
    task.refresh_from_db()
    assert task.progress_rev - begun == 5
    assert (task.progress_done, task.progress_message) == (100, "the last")


def test_a_report_under_a_lost_fence_raises(ben, project):
    job_of(ben, project)
    task = states.task_claim(queue="cpu", worker="w")
    RenderTask.objects.filter(pk=task.pk).update(fence=9)
    with pytest.raises(FenceLost):
        RowProgress(task).advance(0, 1)


def test_a_report_after_cancel_raises(ben, project):
    job_of(ben, project)
    task = states.task_claim(queue="cpu", worker="w")
    RenderJob.objects.update(is_cancel_requested=True)
    with pytest.raises(Cancelled):
        RowProgress(task).advance(0, 1)


def test_a_lost_wake_up_is_sent_again_once(
    ben, project, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(jobs, "WAKEUP_SECONDS", -1.0)
    job_of(ben, project, {}, {})
    OrmQ.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.reap()
    assert OrmQ.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        tasks.reap()
    assert OrmQ.objects.count() == 2


def test_a_task_just_asked_for_is_not_taken_for_forgotten(ben, project):
    job_of(ben, project)
    OrmQ.objects.all().delete()
    assert jobs.wakeups_resend() == 0


def test_the_watchdog_is_on_the_schedule_once_after_each_migrate():
    call_command("migrate", verbosity=0)
    watchdog = Schedule.objects.get(func="renders.tasks.reap")
    assert (watchdog.schedule_type, watchdog.minutes, watchdog.repeats) == ("I", 1, -1)
