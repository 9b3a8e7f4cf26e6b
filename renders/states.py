"""The one owner of machine status. Every change is an UPDATE that names the status it comes from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Count, F, Max, Q, QuerySet, Value, When
from django.utils import timezone

from apexsite.kit.errors import StateError
from projects.events import event_record
from projects.models import Event
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
COLD = "cold"
MOST_COLD_WAITS = 200
"""Times one task waits for an engine that wakes, whatever its budget. House choice."""
RETRIED = "job.retried"
"""The event from which the count of tries begins anew."""


class FenceLost(StateError):
    """Somebody else owns the task by now; what this attempt made must not be published."""


def _lease() -> datetime:
    return timezone.now() + timedelta(seconds=settings.APEX_LEASE_SECONDS)


def task_claim(*, queue: str, worker: str, job: RenderJob | None = None) -> RenderTask | None:
    """Claim the next queued task (of one job, if given), or return None. Of two claimants one gets it.

    Order: priority; then whose tasks run least and were begun longest ago, so that one person's hundred tasks do not
    hold up another's one, with a single worker either; then age.
    """
    while (candidate := _candidate(queue, job)) is not None:
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
        if task := RenderTask.objects.select_related("job__project").filter(pk=pk).first():
            return task
    return None


def tasks_ready(now: datetime) -> QuerySet[RenderTask]:
    """Return the queued tasks that may begin now."""
    return RenderTask.objects.filter(
        Q(not_before__isnull=True) | Q(not_before__lte=now), status=S.QUEUED
    )


def _candidate(queue: str, job: RenderJob | None) -> tuple[UUID, int] | None:
    ready = tasks_ready(timezone.now()).filter(job__queue=queue)
    if job is not None:
        ready = ready.filter(job=job)
    turns = [When(job__requested_by=user, then=turn) for user, turn in _turns(queue).items()]
    turn = Case(*turns, default=0) if turns else Value(0)
    found: tuple[UUID, int] | None = (
        ready.order_by("-job__priority", turn, "job__created_at", "index")
        .values_list("pk", "fence")
        .first()
    )
    return found


def _turns(queue: str) -> dict[int, int]:
    """Return the turn (1, 2, …) of everybody who was served in a job still open; who was not is before them all."""
    served = (
        Attempt.objects.filter(task__job__status__in=OPEN, task__job__queue=queue)
        .exclude(task__job__requested_by=None)
        .values("task__job__requested_by")
        .annotate(running=Count("pk", filter=Q(status=S.RUNNING)), last=Max("created_at"))
        .order_by("running", "last")
    )
    return {row["task__job__requested_by"]: turn for turn, row in enumerate(served, start=1)}


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
    task: RenderTask,
    fence: int,
    status: str,
    error: str = "",
    traceback: str = "",
    fault: str = "",
    **more: Any,
) -> None:
    moved = RenderTask.objects.filter(pk=task.pk, fence=fence, status=S.RUNNING).update(
        status=status, lease_until=None, error=error, progress_rev=F("progress_rev") + 1, **more
    )
    if not moved:
        raise FenceLost(f"task {task.pk} is owned by another attempt than {fence}")
    ended = S.FAILED if status == S.QUEUED else status
    Attempt.objects.filter(task=task, fence=fence).update(
        status=ended, ended_at=timezone.now(), error=error, traceback=traceback, fault=fault
    )


def task_publish(task: RenderTask, fence: int) -> None:
    """Mark the task done under its fence; call it in the transaction that writes the result."""
    _end(task, fence, S.DONE)


def task_fail(
    task: RenderTask, fence: int, *, error: str, traceback: str = "", fault: str = ""
) -> None:
    """Mark the task failed."""
    _end(task, fence, S.FAILED, error, traceback, fault)


def task_requeue(
    task: RenderTask,
    fence: int,
    *,
    error: str,
    delay_seconds: float,
    fault: str = "",
    message: str = "",
) -> None:
    """Put the task back for another try after a delay, saying what it waits for; a cancelled job gets no other try."""
    if RenderJob.objects.filter(pk=task.job_id, is_cancel_requested=True).exists():
        _end(task, fence, S.CANCELLED, error, fault=fault)
        return
    later = timezone.now() + timedelta(seconds=delay_seconds)
    _end(task, fence, S.QUEUED, error, "", fault, not_before=later, progress_message=message[:200])


def task_has_tries(task: RenderTask) -> bool:
    """Say whether a failed try may be followed by another; asking for a retry begins the count anew.

    Each picture engine has tries of its own, and finding one cold is none.
    """
    retried = Event.objects.filter(
        project=task.job.project_id, verb=RETRIED, target_id=str(task.job_id)
    ).aggregate(at=Max("at"))["at"]
    tries = task.attempts.filter(created_at__gt=retried) if retried else task.attempts.all()
    last = task.attempts.order_by("-fence").first()
    asked = tries.filter(engine=last.engine if last else "").exclude(fault=COLD)
    return asked.count() < settings.APEX_TASK_ATTEMPTS


def task_may_wait(task: RenderTask) -> bool:
    """Say whether a task may wait once more for an engine that wakes: no budget of seconds is open for ever."""
    return task.attempts.filter(fault=COLD).count() < MOST_COLD_WAITS


def task_cancel(task: RenderTask, fence: int) -> None:
    """Mark the running task cancelled."""
    _end(task, fence, S.CANCELLED)


def job_cancel(job: RenderJob) -> None:
    """Cancel the job's queued tasks and ask the running ones to stop; raises `StateError` when it has ended.

    Tasks first, then the job: a claim locks its rows in that order too, so the two cannot wait for each other.
    """
    RenderTask.objects.filter(job=job, status=S.QUEUED).update(
        status=S.CANCELLED, progress_rev=F("progress_rev") + 1
    )
    if not RenderJob.objects.filter(pk=job.pk, status__in=OPEN).update(is_cancel_requested=True):
        raise StateError(f"{job.title} has ended already")


def job_requeue(job: RenderJob) -> int:
    """Queue the job's failed and cancelled tasks again and return how many; what is published stays."""
    moved = RenderTask.objects.filter(job=job, status__in=(S.FAILED, S.CANCELLED)).update(
        status=S.QUEUED, not_before=None, error="", progress_rev=F("progress_rev") + 1
    )
    ended = RenderJob.objects.filter(pk=job.pk).exclude(status__in=OPEN)
    if not moved or not ended.update(status=S.QUEUED, is_cancel_requested=False, finished_at=None):
        raise StateError(f"{job.title} has nothing to try again: status={job.status}")
    return moved


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
    """Return tasks whose lease ran out to the queue, or fail them after the last attempt; returns how many.

    A worker that died between publishing and settling leaves an open job without open tasks: settle it here.
    """
    expired = RenderTask.objects.filter(status=S.RUNNING, lease_until__lt=timezone.now())
    count = sum(_reap(task) for task in list(expired.select_related("job")))
    ended = RenderJob.objects.filter(status__in=OPEN, tasks__isnull=False)
    for pk in ended.exclude(tasks__status__in=OPEN).distinct().values_list("pk", flat=True):
        job_settle(pk)
    return count


def _reap(task: RenderTask) -> bool:
    error = f"the worker {task.worker} stopped answering"
    status = S.QUEUED if task_has_tries(task) else S.FAILED
    if task.job.is_cancel_requested:
        status = S.CANCELLED
    with transaction.atomic():
        moved = RenderTask.objects.filter(
            pk=task.pk, fence=task.fence, status=S.RUNNING, lease_until=task.lease_until
        ).update(
            status=status,
            fence=task.fence + 1,
            lease_until=None,
            error=error,
            progress_rev=F("progress_rev") + 1,
        )
        if not moved:
            return False
        Attempt.objects.filter(task=task, fence=task.fence).update(
            status=S.LOST, ended_at=timezone.now(), error=error
        )
    return True
