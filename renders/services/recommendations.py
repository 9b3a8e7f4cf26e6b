"""Advice on a variant from people who may comment: for, against, taken back. A verdict is somebody else's to give."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import InputError, listed
from projects import access
from projects.engine.prose import prose
from projects.events import event_record
from projects.models import Project, Shot
from renders.models import Advice, Recommendation, Variant

LONGEST_WORDS = 600
"""House choice: a paragraph."""


@transaction.atomic
def variant_recommend(
    *, user: AbstractUser, variant: Variant, advice: str, words: str = ""
) -> Recommendation:
    """Recommend a variant or advise against it; the same advice again changes nothing, another one replaces it."""
    locked, project = _locked(variant)
    access.require(user, project, "comment")
    if advice not in Advice.values:
        raise InputError(f"advice={advice!r} must be one of {listed(Advice.values)}")
    said = prose(words, what="the reason", longest=LONGEST_WORDS, may_be_empty=True)
    standing = Recommendation.objects.filter(variant=locked, person=user).first()
    if standing is not None and (standing.advice, standing.words) == (advice, said):
        return standing
    if standing is None:
        standing = Recommendation(variant=locked, person=user)
    standing.advice, standing.words = advice, said
    standing.save()
    _tell(standing, "variant.recommended", user, project, {"advice": advice, "words": said})
    return standing


@transaction.atomic
def recommendation_withdraw(*, user: AbstractUser, variant: Variant) -> None:
    """Take one's advice back; nothing happens when there is none."""
    locked, project = _locked(variant)
    access.require(user, project, "comment")
    standing = Recommendation.objects.filter(variant=locked, person=user).first()
    if standing is None:
        return
    Recommendation.objects.filter(pk=standing.pk).delete()
    _tell(standing, "variant.unrecommended", user, project, {"advice": standing.advice})


def _locked(variant: Variant) -> tuple[Variant, Project]:
    # The shot's row is the lock of all its variants, as for verdicts.
    Shot.objects.select_for_update().get(pk=variant.shot_id)
    locked = Variant.objects.select_related("shot__scene__episode__project").get(pk=variant.pk)
    return locked, locked.shot.scene.episode.project


def _tell(
    row: Recommendation, verb: str, user: AbstractUser, project: Project, more: dict[str, str]
) -> None:
    shot = row.variant.shot
    told = {
        "shot": str(shot.pk),
        "code": shot.code,
        "tier": row.variant.tier,
        "number": row.variant.number,
        **more,
    }
    event_record(project, verb, row.variant, actor=user, payload=told)
