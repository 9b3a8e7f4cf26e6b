"""Write the project's log. One event is one row, in the same transaction as the change it tells."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.utils.module_loading import import_string

from apexsite.base.live import nudge_after_commit
from apexsite.base.models import BaseModel
from projects.models import Event, EventCounter, Project


def event_record(
    project: Project,
    verb: str,
    target: BaseModel,
    *,
    actor: AbstractBaseUser | AnonymousUser | None = None,
    payload: dict[str, Any] | None = None,
) -> Event:
    """Append an event; call it last in the transaction, because the counter row stays locked until commit.

    The lock is what makes `seq` gap-free: whoever holds number n commits or rolls back before n+1 is given out.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event belongs in the transaction of the change it tells")
    counter = EventCounter.objects.select_for_update().get(project=project)
    counter.last_seq += 1
    counter.save(update_fields=["last_seq"])
    nudge_after_commit()
    known = actor if actor is not None and actor.is_authenticated else None
    event = Event.objects.create(
        project=project,
        seq=counter.last_seq,
        verb=verb,
        target_kind=target._meta.model_name or "",
        target_id=str(target.pk),
        actor=known,
        payload=payload or {},
    )
    # Named in the settings, because the wings that listen stand right of this one. In this transaction: told is told.
    for listener in settings.APEX_EVENT_LISTENERS:
        import_string(listener)(event)
    return event
