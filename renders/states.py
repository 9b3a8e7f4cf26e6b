"""The one owner of machine status. Every change is an UPDATE that names the status it comes from."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from apexsite.kit.errors import StateError
from projects.events import event_record
from renders.models import Attempt, RenderJob, RenderTask, WorkStatus

S = WorkStatus
TASK_MOVES: dict[str, frozenset[str]] = {
    S.QUEUED: frozenset({S.RUNNING, S.CANCELLED}),
    S.RUNNING: frozenset({S.DONE, S.FAILED, S.CANCELLED, S.QUEUED}),
    S.FAILED: frozenset({S.QUEUED}),
    S.CANCELLED: frozenset({S.QUEUED}),
    S.DONE: frozenset(),
}
OPEN = (S.QUEUED, S.RUNNING)


class FenceLost(StateError):
    """Somebody else owns the task by now; what this attempt made must not be published."""


def _lease():
    return timezone.now() + timedelta(seconds=settings.APEX_LEASE_SECONDS)


def task_claim(*, queue: str, worker: str) -> RenderTask | None:
    """Claim the next queued task, or return None. Compare-and-set: of two claimants one gets it."""
    while True:
        now = timezone.now()
        running = Count(
            "job__requested_by__id",
            filter=Q(pk__isnull=True),
        )
        del running
        candidate = (
            RenderTask.objects.filter(status=S.QUEUED, job__queue=queue)
            .filter(Q(not_before__isnull=True) | Q(not_before__lte=now))
            .order_by("-job__priority", "job__created_at", "index")
            .values_list("pk", "fence")
            .first()
        )
        if candidate is None:
            return None
        pk, fence = candidate
        with transaction.atomic():
            claimed = RenderTask.objects.filter(pk=pk, status=S.QUEUED, fence=fence).update(
                status=S.RUNNING,
                fence=fence + 1,
                lease_until=_lease(),
                worker=worker,
                progress_done=0,
                error="",
                progress_rev=F("progress_rev") + 1,
            )
            if not claimed:
                continue
            Attempt.objects.create(task_id=pk, fence=fence + 1, worker=worker)
            RenderJob.objects.filter(tasks=pk, status=S.QUEUED).update(status=S.RUNNING)
        return RenderTask.objects.select_related("job__project").get(pk=pk)


def task_heartbeat(task: RenderTask, fence: int) -> bool:
    """Renew the lease; False when the fence moved on."""
    now = timezone.now()
    Attempt.objects.filter(task=task, fence=fence).update(heartbeat_at=now)
    return bool(
        RenderTask.objects.filter(pk=task.pk, fence=fence, status=S.RUNNING).update(
            lease_until=_lease()
        )
    )


def _end(
    task: RenderTask, fence: int, status: str, error: str = "", traceback: str = "", **more
) -> None:
    moved = RenderTask.objects.filter(pk=task.pk, fence=fence, status=S.RUNNING).update(
        status=status, lease_until=None, error=error, progress_rev=F("progress_rev") + 1, **more
    )
    if not moved:
        raise FenceLost(f"task {task.pk} is owned by another attempt than {fence}")
    ended = S.FAILED if status == S.QUEUED else status
    Attempt.objects.filter(task=task, fence=fence).update(
        status=ended, ended_at=timezone.now(), error=error, traceback=traceback
    )


def task_publish(task: RenderTask, fence: int) -> None:
    """Mark the task done under its fence; call it in the transaction that writes the result."""
    _end(task, fence, S.DONE)


def task_fail(task: RenderTask, fence: int, *, error: str, traceback: str = "") -> None:
    """Mark the task failed."""
    _end(task, fence, S.FAILED, error, traceback)


def task_requeue(task: RenderTask, fence: int, *, error: str, delay_seconds: float) -> None:
    """Put the task back for another try after a delay."""
    _end(task, fence, S.QUEUED, error, not_before=timezone.now() + timedelta(seconds=delay_seconds))


def task_cancel(task: RenderTask, fence: int) -> None:
    """Mark the running task cancelled."""
    _end(task, fence, S.CANCELLED)


def job_settle(job_id: object) -> None:
    """Write the job's end when its last task ended, with one event."""
    with transaction.atomic():
        job = RenderJob.objects.select_for_update().select_related("project").get(pk=job_id)
        statuses = set(RenderTask.objects.filter(job=job).values_list("status", flat=True))
        if job.status not in OPEN or statuses & set(OPEN):
            return
        status = (
            S.FAILED if S.FAILED in statuses else S.CANCELLED if S.CANCELLED in statuses else S.DONE
        )
        RenderJob.objects.filter(pk=job.pk).update(status=status, finished_at=timezone.now())
        event_record(
            job.project,
            "job.finished",
            job,
            actor=job.requested_by,
            payload={"status": status, "kind": job.kind, "title": job.title},
        )


def leases_reap() -> int:
    """Return tasks whose lease ran out to the queue, or fail them after the last attempt."""
    expired = RenderTask.objects.filter(status=S.RUNNING, lease_until__lt=timezone.now())
    count = 0
    for task in list(expired):
        tries = task.attempts.count()
        is_last = tries >= settings.APEX_TASK_ATTEMPTS
        error = f"the worker {task.worker} stopped answering"
        with transaction.atomic():
            moved = RenderTask.objects.filter(
                pk=task.pk, fence=task.fence, status=S.RUNNING, lease_until=task.lease_until
            ).update(
                status=S.FAILED if is_last else S.QUEUED,
                fence=task.fence + 1,
                lease_until=None,
                error=error,
                progress_rev=F("progress_rev") + 1,
            )
            if moved:
                count += 1
                Attempt.objects.filter(task=task, fence=task.fence).update(
                    status=S.LOST, ended_at=timezone.now(), error=error
                )
        if moved:
            job_settle(task.job_id)
    return count
