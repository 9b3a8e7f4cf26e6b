"""Jobs: asked for, claimed, run under a lease, published once, cancelled, tried again."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction
from django.utils.module_loading import import_string

from apexsite.base.models import BaseModel
from apexsite.base.queue import enqueue
from apexsite.kit.errors import ApexError, Cancelled, StateError
from apexsite.kit.progress import Progress
from projects import access
from projects.events import event_record
from projects.models import Episode, Project, Shot
from renders import states
from renders.models import RenderJob, RenderTask, WorkStatus
from renders.progress import RowProgress
from renders.states import FenceLost

RUNNERS: dict[str, str] = {
    "variants": "renders.services.variants.variant_task_run",
    "film": "renders.services.films.film_task_run",
}
Runner = Callable[[RenderTask, Progress], Callable[[], BaseModel]]
RETRY_DELAY_SECONDS = 2.0


def job_create(
    *,
    user: AbstractUser,
    project: Project,
    kind: str,
    title: str,
    requests: Sequence[dict[str, Any]],
    episode: Episode | None = None,
    shot: Shot | None = None,
    queue: str = "cpu",
    priority: int = 0,
) -> RenderJob:
    """Write a job with one task a request, and wake a worker for each after commit."""
    with transaction.atomic():
        job = RenderJob.objects.create(
            project=project,
            kind=kind,
            title=title[:200],
            requested_by=user,
            episode=episode,
            shot=shot,
            queue=queue,
            priority=priority,
        )
        RenderTask.objects.bulk_create(
            RenderTask(job=job, index=i, request=r) for i, r in enumerate(requests)
        )
        event_record(
            project,
            "job.requested",
            job,
            actor=user,
            payload={
                "kind": kind,
                "title": job.title,
                "tasks": len(requests),
                "shot": str(shot.pk) if shot else None,
            },
        )
        for _ in requests:
            enqueue("renders.tasks.work", queue)
    return job


def job_cancel(*, user: AbstractUser, job: RenderJob) -> None:
    """Cancel what is queued now, and ask what runs to stop at its next step."""
    access.require(user, job.project, "make")
    with transaction.atomic():
        if not RenderJob.objects.filter(pk=job.pk, status__in=states.OPEN).update(
            is_cancel_requested=True
        ):
            raise StateError(f"{job.title} has ended already")
        RenderTask.objects.filter(job=job, status=WorkStatus.QUEUED).update(
            status=WorkStatus.CANCELLED
        )
    states.job_settle(job.pk)


def work_one(queue: str, worker: str) -> bool:
    """Claim one task and run it to its end; False when there was none."""
    states.leases_reap()
    task = states.task_claim(queue=queue, worker=worker)
    if task is None:
        return False
    _run(task)
    return True


def run_until_done(job: RenderJob) -> RenderJob:
    """Run a job's tasks in this process by the same claim, lease and fence."""
    while RenderTask.objects.filter(job=job, status=WorkStatus.QUEUED).exists():
        if not work_one(queue=job.queue, worker="in-process"):
            break
    job.refresh_from_db()
    return job


def _run(task: RenderTask) -> None:
    progress = RowProgress(task)
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(task, progress, stop), daemon=True)
    beat.start()
    try:
        _attempt(task, progress)
    except FenceLost:
        pass
    finally:
        stop.set()
        beat.join()
    states.job_settle(task.job_id)


def _attempt(task: RenderTask, progress: RowProgress) -> None:
    fence = task.fence
    try:
        runner: Runner = import_string(RUNNERS[task.job.kind])
        publish = runner(task, progress)
        with transaction.atomic():
            states.task_publish(task, fence)
            publish()
    except FenceLost:
        raise
    except Cancelled:
        states.task_cancel(task, fence)
    except ApexError as err:
        if err.retryable and task.attempts.count() < settings.APEX_TASK_ATTEMPTS:
            states.task_requeue(task, fence, error=err.message, delay_seconds=RETRY_DELAY_SECONDS)
        else:
            states.task_fail(task, fence, error=err.message)
    except Exception as err:  # noqa: BLE001 - the one place that turns a surprise into a failed task
        states.task_fail(
            task, fence, error=f"{type(err).__name__}: {err}", traceback=traceback.format_exc()
        )


def _beat(task: RenderTask, progress: RowProgress, stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.APEX_LEASE_SECONDS / 3):
            if not states.task_heartbeat(task, task.fence):
                progress.is_lost = True
                return
            if RenderJob.objects.filter(pk=task.job_id, is_cancel_requested=True).exists():
                progress.is_cancelled = True
    finally:
        connection.close()
