"""A production's wishes for its pictures: who draws them first, and who may take over."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import InputError, listed
from projects import access
from projects.engine.fallback import Fallback
from projects.events import event_record
from projects.models import Project
from renders.engine.imaging import BACKENDS


@transaction.atomic
def engine_wishes_set(
    *, user: AbstractUser, project: Project, fallback: str, engines: Sequence[str]
) -> bool:
    """Keep who draws a project's pictures and who may follow; returns whether that was new. Said twice, it is told once.

    It decides what is paid and what leaves the house, so it is the owner's. Raises `InputError` for an unknown policy
    or engine, or one named twice.
    """
    access.require(user, project, "manage")
    if fallback not in list(Fallback):
        raise InputError(f"fallback={fallback!r} must be one of {listed(Fallback)}")
    for name in engines:
        if name not in BACKENDS:
            raise InputError(f"engine={name!r} is not known; valid: {listed(BACKENDS.names())}")
    if len(set(engines)) != len(engines):
        raise InputError(f"engines={listed(engines)} must name each engine once")
    locked = Project.objects.select_for_update().get(pk=project.pk)
    project.picture_fallback, project.picture_engines = fallback, list(engines)
    if (locked.picture_fallback, locked.picture_engines) == (fallback, list(engines)):
        return False
    locked.picture_fallback, locked.picture_engines = fallback, list(engines)
    locked.save(update_fields=["picture_fallback", "picture_engines", "updated_at"])
    event_record(
        locked,
        "project.engines",
        locked,
        actor=user,
        payload={"fallback": fallback, "engines": list(engines)},
    )
    return True
