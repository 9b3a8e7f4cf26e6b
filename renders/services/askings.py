"""Ask people to look at a shot."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import InputError, StateError
from projects import access
from projects.events import event_record
from projects.models import Event, Membership, NoticeKind, Notification, Shot
from renders.models import Variant


@transaction.atomic
def review_ask(*, user: AbstractUser, shot: Shot, people: Iterable[int]) -> Event:
    """Ask members who may comment to review a shot; who was asked and has not looked yet is not asked again."""
    project = shot.scene.episode.project
    access.require(user, project, "make")
    locked = Shot.objects.select_for_update().get(pk=shot.pk)
    wanted = set(people)
    if not wanted:
        raise InputError("choose at least one person to ask")
    members = Membership.objects.filter(
        project=project, user__in=wanted, role__in=access.RIGHTS["comment"]
    ).select_related("user")
    named = {m.user_id: m.user for m in members if m.user_id != user.pk}
    if set(named) != wanted:
        raise InputError("one of those asked cannot review here: a viewer, yourself, or who left")
    if not Variant.objects.filter(shot=locked).exists():
        raise StateError(f"{shot.code} has no variants to look at yet")
    waiting = set(
        Notification.objects.filter(
            user__in=wanted,
            kind=NoticeKind.LOOK,
            read_at=None,
            event__target_id=str(shot.pk),
            event__actor=user,
        ).values_list("user_id", flat=True)
    )
    asked = [person for pk, person in named.items() if pk not in waiting]
    if not asked:
        raise StateError(f"they were asked to review {shot.code} already and have not looked yet")
    told = {
        "shot": str(shot.pk),
        "code": shot.code,
        "people": [person.pk for person in asked],
        "names": ", ".join(person.first_name or person.get_username() for person in asked),
    }
    return event_record(project, "shot.review_asked", shot, actor=user, payload=told)
