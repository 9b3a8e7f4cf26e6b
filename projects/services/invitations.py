"""Invite people by a link: made by an owner, used once, dead after a week."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from apexsite.kit.errors import InputError, NotFound, StateError, listed
from projects import access
from projects.events import event_record
from projects.models import Invitation, Membership, Project, Role

DAYS_VALID = 7
SECRET_BYTES = 24
"""House choices: a week to answer, 192 bits no one guesses."""


@transaction.atomic
def invitation_create(
    *,
    user: AbstractUser,
    project: Project,
    role: str,
    for_whom: str,
    key: UUID | None = None,
) -> tuple[Invitation, str]:
    """Offer a role to somebody; returns the invitation and the secret of its link, told only here.

    The same form sent twice (`key`) is one invitation; the second answer has an empty secret.
    """
    access.require(user, project, "manage")
    if role not in Role.values:
        raise InputError(f"role={role!r} must be one of {listed(Role.values)}")
    words = " ".join(for_whom.split())
    if not words or len(words) > 200:
        raise InputError("say in 1 to 200 characters whom the invitation is for")
    Project.objects.select_for_update().get(pk=project.pk)
    standing = Invitation.objects.filter(project=project, pk=key).first() if key else None
    if standing is not None:
        return standing, ""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    invitation = Invitation.objects.create(
        id=key or uuid4(),
        project=project,
        role=role,
        for_whom=words,
        secret_hash=_hash(secret),
        invited_by=user,
        expires_at=timezone.now() + timedelta(days=DAYS_VALID),
    )
    _tell(invitation, "member.invited", user)
    return invitation, secret


@transaction.atomic
def invitation_withdraw(*, user: AbstractUser, project: Project, invitation_id: object) -> None:
    """Make an invitation's link worthless; raises `StateError` when it was used already."""
    access.require(user, project, "manage")
    invitation = (
        Invitation.objects.select_for_update().filter(project=project, pk=invitation_id).first()
    )
    if invitation is None:
        raise NotFound("there is no such invitation in this project")
    if invitation.accepted_at:
        raise StateError(f"{invitation.for_whom} has joined already; take them off the project")
    if invitation.withdrawn_at:
        return
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at", "updated_at"])
    _tell(invitation, "invitation.withdrawn", user)


def invitation_open(secret: str) -> Invitation:
    """Return the invitation of a link that can still be used; raises `NotFound` for every other secret."""
    found = Invitation.objects.select_related("project", "invited_by").filter(
        secret_hash=_hash(secret),
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=timezone.now(),
    )
    invitation = found.first()
    if invitation is None:
        raise NotFound("this invitation was used, withdrawn or is too old; ask for a new one")
    return invitation


@transaction.atomic
def invitation_accept(*, user: AbstractUser, secret: str) -> Membership:
    """Join the project; a member who stands higher already keeps the higher role."""
    invitation = invitation_open(secret)
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    ).update(accepted_at=timezone.now(), accepted_by=user)
    if not taken:
        raise StateError("this invitation was used a moment ago")
    membership, is_new = Membership.objects.get_or_create(
        project=invitation.project, user=user, defaults={"role": invitation.role}
    )
    order = list(Role.values)
    if not is_new and order.index(invitation.role) < order.index(membership.role):
        membership.role = invitation.role
        membership.save(update_fields=["role", "updated_at"])
    event_record(
        invitation.project,
        "member.added",
        membership,
        actor=user,
        payload={"user": user.get_username(), "role": membership.role},
    )
    return membership


@transaction.atomic
def account_create(
    *, secret: str, username: str, password: str, first_name: str = ""
) -> AbstractUser:
    """Make an account for the holder of an open invitation, and join; raises `InputError` in words."""
    invitation_open(secret)
    users = get_user_model()
    name = username.strip()
    made = users(username=name, first_name=first_name.strip()[:150])
    try:
        made.clean_fields(exclude=["password"])
        validate_password(password, made)
    except ValidationError as err:
        raise InputError(" ".join(err.messages)) from err
    try:
        with transaction.atomic():
            made.set_password(password)
            made.save()
    except IntegrityError as err:
        raise InputError(f"name={name!r} is taken; choose another, or log in first") from err
    invitation_accept(user=made, secret=secret)
    return made


def _tell(invitation: Invitation, verb: str, user: AbstractUser) -> None:
    told = {"for_whom": invitation.for_whom, "role": invitation.role}
    event_record(invitation.project, verb, invitation, actor=user, payload=told)


def _hash(secret: str) -> str:
    # A secret of 192 random bits needs no salt and no slow hash.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
