"""Jobs: asked for, claimed, run under a lease, published once, cancelled, tried again."""

from __future__ import annotations

import logging
import math
import os
import random
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from apexsite.base.models import BaseModel
from apexsite.base.queue import enqueue
from apexsite.kit.errors import ApexError, BackendError, Cancelled, ColdStart
from apexsite.kit.progress import Progress
from projects import access
from projects.events import event_record
from projects.models import Episode, Project, Shot
from renders import states
from renders.models import RenderJob, RenderTask
from renders.progress import RowProgress
from renders.states import FenceLost

log = logging.getLogger(__name__)

RUNNERS: dict[str, str] = {
    "variants": "renders.services.variants.variant_task_run",
    "film": "renders.services.parts.film_or_part_run",
    "animatic": "renders.services.animatics.animatic_task_run",
    "speech": "renders.services.speaking.speech_task_run",
    "script": "renders.services.scriptwriting.script_task_run",
    "rerender": "renders.services.rerenders.rerender_task_run",
}
Runner = Callable[[RenderTask, Progress], Callable[[], BaseModel]]
RETRY_DELAY_SECONDS = 2.0
COLD_DELAY_SECONDS, MOST_COLD_DELAY_SECONDS = 10.0, 30.0
MOST_DELAY_SECONDS = 600.0
"""Waits before another try; a vendor's own wish is kept within them. House choices."""
WAIT_SECONDS = 0.2
WAKEUP_SECONDS = 5.0
"""Waits of a retry, of a look at what others run, and before a wake-up counts as lost. House choices."""


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
            enqueue("renders.tasks.work", queue, cluster=queue)
    return job


def job_cancel(*, user: AbstractUser, job: RenderJob) -> None:
    """Cancel what is queued now, and ask what runs to stop at its next step."""
    access.require(user, job.project, "make")
    with transaction.atomic():
        states.job_cancel(job)
        event_record(
            job.project,
            "job.cancelled",
            job,
            actor=user,
            payload={"kind": job.kind, "title": job.title},
        )
    states.job_settle(job.pk)


def job_retry(*, user: AbstractUser, job: RenderJob) -> RenderJob:
    """Queue the failed and cancelled tasks of an ended job again; what is published stays."""
    access.require(user, job.project, "make")
    with transaction.atomic():
        tasks = states.job_requeue(job)
        event_record(
            job.project,
            states.RETRIED,
            job,
            actor=user,
            payload={"kind": job.kind, "title": job.title, "tasks": tasks},
        )
        for _ in range(tasks):
            enqueue("renders.tasks.work", job.queue, cluster=job.queue)
    job.refresh_from_db()
    return job


def runners() -> dict[str, str]:
    """Return the function that does each kind of task, by dotted name; a site may add kinds of its own."""
    return RUNNERS | getattr(settings, "APEX_EXTRA_RUNNERS", {})


def work_one(queue: str, worker: str, job: RenderJob | None = None) -> bool:
    """Claim one task (of one job, if given) and run it to its end; False when there was none."""
    states.leases_reap()
    task = states.task_claim(queue=queue, worker=worker, job=job)
    if task is None:
        return False
    _run(task)
    return True


def run_until_done(job: RenderJob) -> RenderJob:
    """Run a job's tasks in this process by the same claim, lease and fence; waits for those other workers hold."""
    worker = f"in-process:{os.getpid()}"
    while RenderTask.objects.filter(job=job, status__in=states.OPEN).exists():
        if not work_one(queue=job.queue, worker=worker, job=job):
            time.sleep(WAIT_SECONDS)
    job.refresh_from_db()
    return job


def wakeups_resend() -> int:
    """Wake a worker for each task that has waited a while though no wake-up is under way; returns how many.

    A wake-up is lost with a killed cluster or a Redis restart, and a delayed try has none. One too many does no harm:
    it finds nothing to claim.
    """
    from django_q.brokers import get_broker

    now = timezone.now()
    waiting = states.tasks_ready(now).filter(
        job__created_at__lt=now - timedelta(seconds=WAKEUP_SECONDS)
    )
    queues = list(waiting.values_list("job__queue", flat=True))
    if not queues or get_broker().queue_size():
        return 0
    for queue in queues:
        enqueue("renders.tasks.work", queue, cluster=queue)
    return len(queues)


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
        runner: Runner = import_string(runners()[task.job.kind])
        publish = runner(task, progress)
        with transaction.atomic():
            states.task_publish(task, fence)
            publish()
    except FenceLost:
        raise
    except Cancelled:
        states.task_cancel(task, fence)
    except ApexError as err:
        _again_or_failed(task, fence, err)
    except Exception as err:  # noqa: BLE001 - the one place that turns a surprise into a failed task
        states.task_fail(
            task, fence, error=f"{type(err).__name__}: {err}", traceback=traceback.format_exc()
        )


def _again_or_failed(task: RenderTask, fence: int, err: ApexError) -> None:
    """Queue a failed try again as its class says, after as long as the vendor asks; fail it otherwise."""
    fault = err.fault if isinstance(err, BackendError) else err.code
    is_cold = isinstance(err, ColdStart)
    has_more = states.task_may_wait(task) if is_cold else states.task_has_tries(task)
    if not (err.retryable and has_more):
        states.task_fail(task, fence, error=err.message, fault=fault)
        return
    delay = _delay_seconds(task, err)
    what = "warming up" if is_cold else "waiting"
    message = f"{what}: asked again in {delay:.0f} s" if isinstance(err, BackendError) else ""
    states.task_requeue(
        task, fence, error=err.message, delay_seconds=delay, fault=fault, message=message
    )


def _delay_seconds(task: RenderTask, err: ApexError) -> float:
    """Return the wait before the next try: what the vendor asked for, within bounds, else twice as long each time."""
    asked = err.retry_after_seconds if isinstance(err, BackendError) else None
    asked = asked if asked is not None and math.isfinite(asked) else None
    if isinstance(err, ColdStart):
        wait = min(asked or COLD_DELAY_SECONDS, MOST_COLD_DELAY_SECONDS)
        return max(wait, RETRY_DELAY_SECONDS) * random.uniform(1.0, 1.2)
    if asked is not None:
        return min(max(asked, RETRY_DELAY_SECONDS), MOST_DELAY_SECONDS)
    tried = task.attempts.exclude(fault=states.COLD).count()
    return min(RETRY_DELAY_SECONDS * 2.0 ** max(0, tried - 1), MOST_DELAY_SECONDS)


def _beat(task: RenderTask, progress: RowProgress, stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.APEX_LEASE_SECONDS / 3):
            try:
                if not states.task_heartbeat(task, task.fence):
                    progress.is_lost = True
                    return
                progress.look_for_cancel()
            except DatabaseError:
                # The lease has two more beats; if it runs out all the same, the fence refuses what this attempt made.
                log.exception("the lease of task %s could not be renewed", task.pk)
    finally:
        connection.close()
