"""The table of moves and the operations agree, both ways; of many claimants at once each task goes to one."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apexsite.kit.errors import StateError
from renders import states
from renders.models import Attempt, RenderJob, RenderTask, WorkStatus
from renders.services.jobs import job_create
from renders.states import TASK_MOVES

OPERATIONS = {
    "claim": lambda task: states.task_claim(queue="cpu", worker="w"),
    "publish": lambda task: states.task_publish(task, task.fence),
    "fail": lambda task: states.task_fail(task, task.fence, error="no"),
    "cancel": lambda task: states.task_cancel(task, task.fence),
    "requeue": lambda task: states.task_requeue(task, task.fence, error="no", delay_seconds=0),
    "cancel job": lambda task: states.job_cancel(task.job),
    "requeue job": lambda task: states.job_requeue(task.job),
    "reap": lambda task: states.leases_reap(),
}
WORKERS, TASKS = 8, 6


def job_of(user, project, tasks: int = 1) -> RenderJob:
    return job_create(user=user, project=project, kind="told", title="told", requests=[{}] * tasks)


def move_made(user, project, status: str, operation: str) -> str:
    """Put a task, its lease run out, and its job into a status; return the task's status after an operation."""
    job = job_of(user, project)
    job.tasks.update(status=status, fence=1, lease_until=timezone.now() - timedelta(seconds=1))
    RenderJob.objects.filter(pk=job.pk).update(status=status)
    task = RenderTask.objects.select_related("job__project").get(job=job)
    try:
        with transaction.atomic():
            OPERATIONS[operation](task)
    except StateError:
        pass
    after: str = job.tasks.get().status
    RenderJob.objects.filter(pk=job.pk).delete()
    return after


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("status", sorted(TASK_MOVES))
def test_no_operation_moves_a_task_outside_the_table(ben, project, status, operation):
    after = move_made(ben, project, status, operation)
    assert after == status or after in TASK_MOVES[status]


def test_every_move_of_the_table_is_made_by_some_operation(ben, project):
    made = {
        (s, move_made(ben, project, s, operation)) for s in TASK_MOVES for operation in OPERATIONS
    }
    table = {(before, after) for before, moves in TASK_MOVES.items() for after in moves}
    assert {(before, after) for before, after in made if before != after} == table


@pytest.mark.django_db(transaction=True)
def test_of_many_claimants_at_once_each_task_goes_to_one(ben, project):
    job_of(ben, project, TASKS)
    barrier = threading.Barrier(WORKERS)
    claimed: list[object] = []

    def work(number: int) -> None:
        try:
            barrier.wait()
            while (task := states.task_claim(queue="cpu", worker=f"w{number}")) is not None:
                claimed.append(task.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == TASKS
    assert Attempt.objects.count() == TASKS
    assert set(RenderTask.objects.values_list("status", "fence")) == {(WorkStatus.RUNNING, 1)}
