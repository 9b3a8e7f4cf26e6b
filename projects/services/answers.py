"""Answers to POSTs with an `Idempotency-Key`: claimed before the work, kept with it, told again for a day."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from apexsite.kit.errors import StateError
from projects.models import KeptAnswer

KEPT_FOR = timedelta(hours=24)
CLAIM_FOR = timedelta(minutes=10)
"""How long an answer is told again, and how long a request that vanished blocks its key. House choices."""


def answer_claim(*, owner: str, key: str, fingerprint: str) -> tuple[KeptAnswer, bool]:
    """Return the answer of a key and whether it is this caller's to make.

    Raises `StateError` while another request with this key is under way. What ran out is forgotten first.
    """
    now = timezone.now()
    KeptAnswer.objects.filter(expires_at__lte=now).delete()
    try:
        with transaction.atomic():
            made = KeptAnswer.objects.create(
                owner=owner, key=key, fingerprint=fingerprint, expires_at=now + CLAIM_FOR
            )
    except IntegrityError:
        known = KeptAnswer.objects.filter(owner=owner, key=key).first()
        if known is None or (known.status == 0 and known.fingerprint == fingerprint):
            raise StateError(
                "a request with this Idempotency-Key is under way; ask again in a moment"
            ) from None
        return known, False
    return made, True


def answer_keep(*, claim: KeptAnswer, status: int, body: str, headers: dict[str, str]) -> None:
    """Keep what was said; call it in the transaction of the change."""
    KeptAnswer.objects.filter(pk=claim.pk).update(
        status=status, body=body, headers=headers, expires_at=timezone.now() + KEPT_FOR
    )


def answer_drop(*, claim: KeptAnswer) -> None:
    """Forget a claim whose request changed nothing, so that it can be made again."""
    KeptAnswer.objects.filter(pk=claim.pk, status=0).delete()
