"""Who gets a task, who may publish, what becomes of what dead workers held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.models import Event
from renders import states
from renders.models import Attempt, RenderJob, RenderTask
from renders.services.jobs import job_create
from renders.states import FenceLost


def job_of(user, project, *, tasks: int = 1, priority: int = 0) -> RenderJob:
    return job_create(
        user=user,
        project=project,
        kind="told",
        title=f"told for {user}",
        requests=[{}] * tasks,
        priority=priority,
    )


def claim(worker: str = "w") -> RenderTask:
    task = states.task_claim(queue="cpu", worker=worker)
    assert task is not None
    return task


def let_lease_run_out(task: RenderTask) -> None:
    RenderTask.objects.filter(pk=task.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_of_two_claimants_with_one_candidate_one_gets_the_task(ben, project, monkeypatch):
    job_of(ben, project)
    look = states._candidate
    seen = [look("cpu", None)] * 2 + [None]
    monkeypatch.setattr(states, "_candidate", lambda queue, job: seen.pop(0))
    first = states.task_claim(queue="cpu", worker="one")
    second = states.task_claim(queue="cpu", worker="two")
    assert (first.worker, first.fence, second) == ("one", 1, None)
    assert Attempt.objects.count() == 1


def test_a_lost_fence_is_refused_and_changes_nothing(ben, project):
    job_of(ben, project)
    task = claim("slow")
    let_lease_run_out(task)
    assert states.leases_reap() == 1
    again = claim("quick")
    for end in (states.task_publish, states.task_cancel):
        with pytest.raises(FenceLost):
            end(task, task.fence)
    assert not states.task_heartbeat(task, task.fence)
    again.refresh_from_db()
    assert (again.status, again.worker) == ("running", "quick")


def test_the_reaper_returns_a_task_to_the_queue_and_fails_it_after_the_last_try(
    ben, project, settings
):
    settings.APEX_TASK_ATTEMPTS = 2
    job = job_of(ben, project)
    for expected in ("queued", "failed"):
        task = claim()
        let_lease_run_out(task)
        assert states.leases_reap() == 1
        task.refresh_from_db()
        assert task.status == expected
    job.refresh_from_db()
    assert job.status == "failed"
    assert set(job.tasks.get().attempts.values_list("status", flat=True)) == {"lost"}
    assert "stopped answering" in task.error


def test_a_lease_that_still_runs_is_left_alone(ben, project):
    job_of(ben, project)
    claim()
    assert states.leases_reap() == 0


def test_a_job_whose_worker_died_before_settling_is_settled_by_the_reaper(ben, project):
    job = job_of(ben, project)
    task = claim()
    states.task_publish(task, task.fence)
    states.leases_reap()
    states.leases_reap()
    job.refresh_from_db()
    assert job.status == "done"
    assert Event.objects.filter(verb="job.finished", target_id=str(job.pk)).count() == 1


def test_the_higher_priority_goes_first_whoever_asked_first(ben, dora, project):
    job_of(ben, project)
    urgent = job_of(dora, project, priority=5)
    assert claim().job_id == urgent.pk


def test_whose_tasks_run_least_is_served_first(ben, dora, project):
    many = job_of(ben, project, tasks=5)
    assert claim().job_id == many.pk
    one = job_of(dora, project)
    assert claim().job_id == one.pk
    assert claim().job_id == many.pk


def test_a_single_worker_takes_turns_between_two_people(ben, dora, project):
    job_of(ben, project, tasks=4)
    job_of(dora, project, tasks=2)
    served = []
    for _ in range(6):
        task = claim()
        served.append(task.job.requested_by.username)
        states.task_publish(task, task.fence)
    assert served == ["ben", "dora", "ben", "dora", "ben", "ben"]


def test_a_task_put_off_is_not_claimed_before_its_time(ben, project):
    job_of(ben, project)
    task = claim()
    states.task_requeue(task, task.fence, error="away", delay_seconds=60)
    assert states.task_claim(queue="cpu", worker="w") is None


def test_a_claim_for_one_job_leaves_the_others_alone(ben, project):
    job_of(ben, project)
    second = job_of(ben, project)
    assert states.task_claim(queue="cpu", worker="w", job=second).job_id == second.pk
    assert states.task_claim(queue="cpu", worker="w", job=second) is None


def test_a_cancelled_job_gets_no_other_try(ben, project):
    job = job_of(ben, project)
    task = claim()
    RenderJob.objects.filter(pk=job.pk).update(is_cancel_requested=True)
    states.task_requeue(task, task.fence, error="away", delay_seconds=1)
    task.refresh_from_db()
    assert task.status == "cancelled"
