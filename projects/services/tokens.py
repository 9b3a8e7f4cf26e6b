"""Tokens of the API: made with the secret told once, found by prefix, compared by hash, revoked at once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.utils import timezone

from apexsite.kit.errors import InputError, NotAllowed, listed
from projects.models import ApiToken, Scope

LIFETIME_DAYS = 90
LONGEST_DAYS = 366
SEEN_AGAIN = timedelta(minutes=1)
"""How exactly `last_used_at` is kept: a write a minute, not one a request. These three are house choices."""


def token_create(
    *, user: AbstractUser, name: str, scopes: Sequence[str], days: int = LIFETIME_DAYS
) -> tuple[ApiToken, str]:
    """Make a token for oneself; returns it with its secret, which is told only here."""
    if not name.strip():
        raise InputError("name of a token must not be empty; say which program it is for")
    unknown = [scope for scope in scopes if scope not in Scope.values]
    if unknown or not scopes:
        raise InputError(f"scopes={listed(scopes)} must be some of: {listed(Scope.values)}")
    if not 1 <= days <= LONGEST_DAYS:
        raise InputError(f"days={days} must be from 1 to {LONGEST_DAYS}")
    prefix = secrets.token_hex(6)
    secret = f"apex_{prefix}_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        name=name.strip()[:100],
        prefix=prefix,
        secret_hash=_hash(secret),
        scopes=[scope for scope in Scope.values if scope in scopes],
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token, secret


def token_revoke(*, user: AbstractUser, token: ApiToken) -> ApiToken:
    """Make a token worthless from now on; revoking it twice changes nothing."""
    if token.user_id != user.pk and not user.is_superuser:
        raise NotAllowed("a token is revoked by whom it belongs to")
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    token.refresh_from_db()
    return token


def token_use(secret: str) -> ApiToken | None:
    """Return the living token of a secret and note that it was used; None for every other secret."""
    parts = secret.split("_", 2)
    if len(parts) != 3 or parts[0] != "apex" or not secret.isascii() or not parts[1].isalnum():
        return None
    token = ApiToken.objects.select_related("user").filter(prefix=parts[1]).first()
    now = timezone.now()
    if token is None or not secrets.compare_digest(token.secret_hash, _hash(secret)):
        return None
    if token.revoked_at or token.expires_at <= now or not token.user.is_active:
        return None
    if token.last_used_at is None or now - token.last_used_at > SEEN_AGAIN:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode("ascii")).hexdigest()
