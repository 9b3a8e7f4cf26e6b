"""What the tail reads from the rows: events after a number, progress of open tasks, who still may look."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from projects import access
from projects.models import Event, EventCounter, Project
from renders.models import RenderTask, WorkStatus

PAGE = 500
"""Events read at once; house choice: some 100 kB of JSON."""

Message = dict[str, Any]
OPEN = (WorkStatus.QUEUED, WorkStatus.RUNNING)
TASK_FIELDS = (
    "pk",
    "job_id",
    "job__shot_id",
    "job__kind",
    "status",
    "progress_done",
    "progress_total",
    "progress_message",
    "progress_rev",
    "error",
)


def last_seq(project_id: UUID) -> int:
    """Return the last number given out in a project."""
    return EventCounter.objects.values_list("last_seq", flat=True).get(project_id=project_id)


def events_after(project_id: UUID, seq: int) -> list[Message]:
    """Return at most `PAGE` events with a number above `seq`, in order.

    `seq > last` loses nothing, on PostgreSQL either: the number comes from the project's counter row, which stays
    locked from the moment a number is taken until that transaction commits. So number n is visible before n+1 is
    even given out, and a number once seen proves that all smaller ones are visible. An auto-increment key would not
    do: its numbers are given at insert and appear at commit, in any order.
    """
    rows = Event.objects.filter(project_id=project_id, seq__gt=seq).order_by("seq")
    return [_event_message(event) for event in rows.select_related("actor")[:PAGE]]


def _event_message(event: Event) -> Message:
    return {
        "type": "event",
        "seq": event.seq,
        "verb": event.verb,
        "target_kind": event.target_kind,
        "target_id": event.target_id,
        "actor": event.actor.get_username() if event.actor else None,
        "at": event.at.isoformat(),
        "payload": event.payload,
    }


def task_changes(project_id: UUID, known: Collection[UUID]) -> dict[UUID, tuple[int, Message]]:
    """Return revision and message of every task that is open, or was when last looked at (`known`)."""
    tasks = RenderTask.objects.filter(job__project_id=project_id).exclude(request__has_key="part")
    found = _task_messages(tasks.filter(status__in=OPEN))
    ended = [pk for pk in known if pk not in found]
    if ended:
        found |= _task_messages(tasks.filter(pk__in=ended))
    return found


def _task_messages(tasks: Any) -> dict[UUID, tuple[int, Message]]:
    return {
        row["pk"]: (
            row["progress_rev"],
            {
                "type": "progress",
                "job": str(row["job_id"]),
                "task": str(row["pk"]),
                "shot": str(row["job__shot_id"]) if row["job__shot_id"] else None,
                "kind": row["job__kind"],
                "status": row["status"],
                "done": row["progress_done"],
                "total": row["progress_total"],
                "message": row["error"] or row["progress_message"],
            },
        )
        for row in tasks.values(*TASK_FIELDS)
    }


def pairs_allowed(pairs: Iterable[tuple[Any, UUID]]) -> set[tuple[Any, UUID]]:
    """Return the (user id, project id) pairs that may still look: active people with a role."""
    wanted = set(pairs)
    users = get_user_model().objects.filter(is_active=True).in_bulk([user for user, _ in wanted])
    projects = Project.objects.in_bulk([project for _, project in wanted])
    return {
        (user, project)
        for user, project in wanted
        if user in users
        and project in projects
        and access.may(users[user], projects[project], "view")
    }
