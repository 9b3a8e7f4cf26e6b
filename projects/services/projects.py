"""Start productions and say who works on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction

from apexsite.kit.errors import InputError, StateError, listed
from apexsite.kit.timecode import FrameRate
from projects import access
from projects.engine.bible import bible_from
from projects.events import event_record
from projects.models import EventCounter, Membership, Project, Role, StyleBibleVersion


@transaction.atomic
def project_create(
    *,
    user: AbstractUser,
    name: str,
    rate: FrameRate | None = None,
    width: int = 1920,
    height: int = 1080,
    bible: Mapping[str, Any] | None = None,
    key: UUID | None = None,
) -> Project:
    """Start a production owned by `user`, with its first style bible.

    `key` is what the row will be known by; the same key again raises `StateError`, so a form sent twice starts one.
    """
    if not name.strip():
        raise InputError("name of a project must not be empty")
    if width % 2 or height % 2:
        raise InputError(f"raster={width}×{height} must be even in both sides")
    rate = rate or FrameRate.parse("24000/1001")
    checked = bible_from(bible or {})
    project = Project(
        id=key or uuid4(),
        name=name.strip()[:200],
        fps_numerator=rate.fps.numerator,
        fps_denominator=rate.fps.denominator,
        width=width,
        height=height,
        created_by=user,
    )
    try:
        with transaction.atomic():
            project.save(force_insert=True)
    except IntegrityError:
        raise StateError("this project was started a moment ago; open it from the list") from None
    EventCounter.objects.create(project=project)
    Membership.objects.create(project=project, user=user, role=Role.OWNER)
    StyleBibleVersion.objects.create(
        project=project,
        version=1,
        document=checked.document,
        given=dict(bible or {}),
        bible_hash=checked.bible_hash,
        created_by=user,
    )
    event_record(project, "project.created", project, actor=user, payload={"name": project.name})
    return project


@transaction.atomic
def project_mark_commercial(*, user: AbstractUser, project: Project, is_commercial: bool) -> bool:
    """Say whether a production earns money; returns whether that was new. Said twice, it is told once."""
    access.require(user, project, "manage")
    locked = Project.objects.select_for_update().get(pk=project.pk)
    project.is_commercial = is_commercial
    if locked.is_commercial == is_commercial:
        return False
    locked.is_commercial = is_commercial
    locked.save(update_fields=["is_commercial", "updated_at"])
    event_record(
        locked,
        "project.commercial",
        locked,
        actor=user,
        payload={
            "name": locked.name,
            "is_commercial": is_commercial,
            "use": "commercial" if is_commercial else "not commercial",
        },
    )
    return True


@transaction.atomic
def member_add(
    *, user: AbstractUser, project: Project, member: AbstractUser, role: str
) -> Membership:
    """Give a person a role in the project, or change it."""
    access.require(user, project, "manage")
    if role not in Role.values:
        raise InputError(f"role={role!r} must be one of {listed(Role.values)}")
    membership, _ = Membership.objects.update_or_create(
        project=project, user=member, defaults={"role": role}
    )
    _require_an_owner(project)
    event_record(
        project,
        "member.added",
        membership,
        actor=user,
        payload={"user": member.get_username(), "role": role},
    )
    return membership


@transaction.atomic
def member_remove(*, user: AbstractUser, project: Project, member: AbstractUser) -> None:
    """Take a person off the project; open sockets learn it from the event."""
    access.require(user, project, "manage")
    membership = Membership.objects.filter(project=project, user=member).first()
    if membership is None:
        raise StateError(f"{member.get_username()} is not a member of {project.name}")
    told = {"user": member.get_username(), "user_id": str(member.pk)}
    Membership.objects.filter(pk=membership.pk).delete()
    _require_an_owner(project)
    event_record(project, "member.removed", membership, actor=user, payload=told)


def _require_an_owner(project: Project) -> None:
    if not Membership.objects.filter(project=project, role=Role.OWNER).exists():
        raise StateError(f"{project.name} must keep at least one owner")
