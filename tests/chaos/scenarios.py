"""What children of the tests do with the rows: `python -m tests.chaos.scenarios NAME ARGUMENTS`."""

from __future__ import annotations

import json
import sys
import threading

import django


def make(request: str) -> str:
    """Make a project and a job with one task; prints the job's id."""
    from django.contrib.auth.models import User

    from projects.services.projects import project_create
    from renders.services.jobs import job_create

    user, _ = User.objects.get_or_create(username="ada")
    project = project_create(user=user, name="Night Bus", width=192, height=108)
    job = job_create(
        user=user, project=project, kind="told", title="one told", requests=[json.loads(request)]
    )
    return str(job.pk)


def outcome(job_id: str) -> str:
    """Print what became of a job: statuses, publications, its events, whether the numbers have gaps."""
    from projects.models import Event
    from renders.models import Attempt, RenderJob, RenderTask

    job = RenderJob.objects.get(pk=job_id)
    events = list(Event.objects.filter(project=job.project).order_by("seq"))
    return json.dumps(
        {
            "job": job.status,
            "tasks": list(RenderTask.objects.filter(job=job).values_list("status", flat=True)),
            "attempts": list(
                Attempt.objects.filter(task__job=job)
                .order_by("fence")
                .values_list("status", flat=True)
            ),
            "published": [e.payload["fence"] for e in events if e.verb == "told.published"],
            "finished": sum(e.verb == "job.finished" for e in events),
            "has_gaps": [e.seq for e in events] != list(range(1, len(events) + 1)),
        }
    )


def write_events(threads: str, each: str) -> str:
    """Write events from many threads at once, every third rolled back; prints the numbers in order of sight."""
    from django.contrib.auth.models import User

    from projects.models import Event
    from projects.services.projects import project_create

    user, _ = User.objects.get_or_create(username="ada")
    project = project_create(user=user, name="Crowd", width=192, height=108)
    seen: list[int] = []
    writers = [
        threading.Thread(target=_write, args=(project, int(each))) for _ in range(int(threads))
    ]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        _look(Event, project, seen)
    _look(Event, project, seen)
    return json.dumps({"seen": seen, "written": int(threads) * int(each) * 2 // 3})


def _look(events, project, seen: list[int]) -> None:  # type: ignore[no-untyped-def]
    """Read as the tail does: what has a higher number than the last one seen."""
    found = events.objects.filter(project=project, seq__gt=seen[-1] if seen else 0)
    seen += found.order_by("seq").values_list("seq", flat=True)


def _write(project, each: int) -> None:  # type: ignore[no-untyped-def]
    from django.db import connection, transaction

    from projects.events import event_record

    for number in range(each):
        with transaction.atomic():
            event_record(project, "note.added", project, payload={"number": number})
            transaction.set_rollback(number % 3 == 2)
    connection.close()


if __name__ == "__main__":
    django.setup()
    print({f.__name__: f for f in (make, outcome, write_events)}[sys.argv[1]](*sys.argv[2:]))
