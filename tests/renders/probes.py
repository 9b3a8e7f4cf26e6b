"""Runners for tests. Each publishes one event, so that a second publication would show."""

from __future__ import annotations

from apexsite.kit.errors import BackendError
from projects.events import event_record
from projects.models import Event
from renders.models import RenderJob, RenderTask
from renders.states import leases_reap

NAMES = ("publishes", "fails_once", "fails_always", "is_refused", "surprises", "steps", "is_robbed", "dies_publishing")  # fmt: skip
PUBLISHED = "probe.published"
calls: list[int] = []


def publication(task):
    """Return what publishes a task's result: one event."""
    return lambda: event_record(task.job.project, PUBLISHED, task)


def published(job) -> int:
    """Return how many publications there are of a job's tasks."""
    ids = [str(pk) for pk in job.tasks.values_list("pk", flat=True)]
    return Event.objects.filter(verb=PUBLISHED, target_id__in=ids).count()


def publishes(task, progress):
    """Do nothing and publish."""
    calls.append(task.index)
    return publication(task)


def fails_once(task, progress):
    """Fail the first time in a way that may pass."""
    calls.append(task.index)
    if task.fence == 1:
        raise BackendError("the engine is busy", permanent=False)
    return publication(task)


def fails_always(task, progress):
    """Fail every time in a way that may pass."""
    raise BackendError("the engine is busy", permanent=False)


def is_refused(task, progress):
    """Fail for good."""
    raise BackendError("the engine refuses this brief", permanent=True)


def surprises(task, progress):
    """Fail in a way nobody thought of, in the first task."""
    calls.append(task.index)
    if task.request.get("n") == 0 and task.fence == 1:
        raise ZeroDivisionError("a surprise")
    return publication(task)


def steps(task, progress):
    """Work in ten steps; somebody asks for the end before the fourth."""
    for step in range(10):
        if step == 3:
            RenderJob.objects.filter(pk=task.job_id).update(is_cancel_requested=True)
            progress.look_for_cancel()
        progress.advance(step, 10, f"step {step}")
        calls.append(step)
    return publication(task)


def is_robbed(task, progress):
    """Lose the lease while working, and try to publish nevertheless."""
    lose_lease(task)
    return publication(task)


def dies_publishing(task, progress):
    """Write the result and then fail, inside the publication."""

    def publish():
        event_record(task.job.project, PUBLISHED, task)
        raise ZeroDivisionError("the disk is full")

    return publish


def lose_lease(task) -> None:
    """Let the lease of a running task run out and be reaped, as after a long stop of its worker."""
    from datetime import timedelta

    from django.utils import timezone

    RenderTask.objects.filter(pk=task.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    leases_reap()
