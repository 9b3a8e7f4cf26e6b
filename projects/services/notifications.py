"""What a person was told: write it, count it, mark it read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from apexsite.kit.errors import NotFound
from projects import access
from projects.models import Event, Membership, Notification

MOST_COUNTED = 99
"""The bell says "99+" above this. House choice."""


def notifications_write(event: Event, people: dict[int, str], *, fold: str = "") -> None:
    """Tell people of an event (user key → why), in the transaction of the event; who is no active member is left out.

    With `fold`, an unread row of the same fold takes the event up instead: the hundredth finished job is no hundredth row.
    """
    if not people:
        return
    members = Membership.objects.filter(
        project=event.project_id, user__in=list(people), user__is_active=True
    )
    for user_id in members.order_by("user_id").values_list("user_id", flat=True):
        if fold:
            standing = Notification.objects.filter(
                user_id=user_id, project=event.project_id, fold=fold, read_at=None
            )
            now = timezone.now()
            if standing.update(event=event, count=F("count") + 1, told_at=now, updated_at=now):
                continue
        Notification.objects.create(
            user_id=user_id,
            project_id=event.project_id,
            event=event,
            kind=people[user_id],
            fold=fold,
        )


def notifications_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Notification]:
    """Return what a person was told of the projects they may still look at."""
    return Notification.objects.filter(
        user=user.pk, project__in=access.projects_visible_to(user).order_by().values("pk")
    )


def unread_count(user: AbstractBaseUser | AnonymousUser) -> int:
    """Return how many rows are unread, at most one more than `MOST_COUNTED`; one query."""
    unread = notifications_of(user).filter(read_at=None).order_by().values("pk")
    return unread[: MOST_COUNTED + 1].count()


@transaction.atomic
def notification_read(*, user: AbstractBaseUser | AnonymousUser, id_: UUID) -> Notification:
    """Mark one row read and return it; a second time changes nothing. Other people's rows are not there."""
    rows = notifications_of(user).select_related("event__actor", "project")
    row = rows.filter(pk=id_).first()
    if row is None:
        raise NotFound("there is no such notification for you")
    if row.read_at is None:
        row.read_at = timezone.now()
        Notification.objects.filter(pk=row.pk, read_at=None).update(read_at=row.read_at)
    return row


@transaction.atomic
def notifications_read_all(
    *, user: AbstractBaseUser | AnonymousUser, until: datetime, only: Iterable[UUID] | None = None
) -> int:
    """Mark everything told up to a moment read and return how many; what came since stays unread."""
    rows = Notification.objects.filter(Q(told_at__lte=until), user=user.pk, read_at=None)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    return rows.update(read_at=timezone.now())
