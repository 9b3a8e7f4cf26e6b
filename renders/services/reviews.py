"""Verdicts on variants: the one place that writes them, by the table in `renders/verdicts.py`."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import InputError, StateError
from projects import access
from projects.engine.prose import prose
from projects.events import event_record
from projects.models import Project
from renders.bridge import shot_inputs_hash
from renders.engine.lessons.reasons import reasons_checked, reasons_said
from renders.models import ActorKind, Review, Variant, Verdict
from renders.services.drafts import draft_ask
from renders.services.picks import candidates_of, pick_keep, picks_take_back
from renders.verdicts import sources_of

LONGEST_REASON = 600
"""House choice: a paragraph."""


@transaction.atomic
def review_approve(
    *,
    user: AbstractUser | None,
    variant: Variant,
    actor_kind: str = ActorKind.PERSON,
    reason: str = "",
    is_choice: bool = True,
) -> Review:
    """Approve a variant; the one approved before it becomes superseded in the same transaction.

    1. A person needs the right to approve; a policy acts for whoever started it and is named a policy.
    2. Approving what is approved already is answered with the standing review, so a double click does no harm.
    3. Who approves a sketch of the stage asks for its draft by that.
    4. A person's choice among variants that wait is kept beside the machine's; `is_choice` is False where a person let
       the score choose.
    """
    locked, project = _locked(variant)
    _require(user, project, actor_kind, "approve")
    if locked.verdict == Verdict.APPROVED:
        standing = locked.reviews.filter(verdict=Verdict.APPROVED).first()
        if standing is not None and (standing.actor_kind == actor_kind or actor_kind == "policy"):
            return standing
        return _keep(locked, Verdict.APPROVED, user, actor_kind, reason, project)
    _check_move(locked, Verdict.APPROVED)
    has_chosen = is_choice and actor_kind == ActorKind.PERSON
    candidates = candidates_of(locked) if has_chosen else []
    previous = Variant.objects.filter(
        shot=locked.shot, tier=locked.tier, verdict=Verdict.APPROVED
    ).first()
    if previous is not None:
        _write(previous, Verdict.SUPERSEDED)
    review = _keep(locked, Verdict.APPROVED, user, actor_kind, reason, project, previous)
    pick_keep(review=review, candidates=candidates, project=project)
    draft_ask(user=user, sketch=locked)
    return review


def review_carry(*, draft: Variant, sketch: Variant, user: AbstractUser | None) -> Review:
    """Approve a draft because its sketch was approved; the sketch is set aside. Call it inside a transaction.

    Who calls has made sure that brief and camera are the same: what was judged, who stands where in which frame, has
    not changed, only how finely it is drawn. A rule did this and nobody has looked at the draft yet, so the verdict is a
    policy's, with a link to the one it comes from; a person may make it theirs or reject it.
    """
    approval = sketch.reviews.filter(verdict=Verdict.APPROVED).select_related("actor").first()
    if approval is None:
        raise StateError(f"sketch {sketch.number} of {sketch.shot.code} has no approval to carry")
    who = approval.actor.get_short_name() or str(approval.actor) if approval.actor else "a policy"
    _write(sketch, Verdict.SUPERSEDED)
    return _keep(
        draft,
        Verdict.APPROVED,
        user,
        ActorKind.POLICY,
        f"same brief and camera as sketch {sketch.number}, approved by {who}",
        draft.shot.scene.episode.project,
        sketch,
        carried_from=approval.carried_from or approval,
    )


def sketch_set_aside(*, sketch: Variant, draft: Variant, user: AbstractUser | None) -> None:
    """Set a waiting sketch aside: its draft waits in its place. Call it inside a transaction."""
    _write(sketch, Verdict.SUPERSEDED)
    shot = sketch.shot
    told = {"shot": str(shot.pk), "code": shot.code, "tier": sketch.tier}
    event_record(
        shot.scene.episode.project,
        "variant.superseded",
        sketch,
        actor=user,
        payload={**told, "number": sketch.number, "by": draft.number},
    )


@transaction.atomic
def review_reject(
    *,
    user: AbstractUser,
    variant: Variant,
    reason: str = "",
    reasons: Sequence[str] = (),
    actor_kind: str = ActorKind.PERSON,
) -> Review:
    """Reject a variant, saying why: by reasons of the fixed list, in words, or both."""
    locked, project = _locked(variant)
    _require(user, project, actor_kind, "approve")
    given = reasons_checked(reasons)
    if reason.strip() or not given:
        reason = prose(reason, what="the reason of a rejection", longest=LONGEST_REASON)
    told = ": ".join(part for part in (reasons_said(given), reason.strip()) if part)
    if locked.verdict == Verdict.REJECTED:
        standing = locked.reviews.filter(verdict=Verdict.REJECTED).first()
        if standing is not None:
            return standing
    _check_move(locked, Verdict.REJECTED)
    if locked.verdict == Verdict.APPROVED:
        picks_take_back(locked)
    return _keep(locked, Verdict.REJECTED, user, actor_kind, told, project, reasons=given)


@transaction.atomic
def review_undo(*, user: AbstractUser, variant: Variant) -> Review:
    """Take a verdict back: the variant waits again."""
    locked, project = _locked(variant)
    access.require(user, project, "approve")
    _check_move(locked, Verdict.WAITING)
    picks_take_back(locked)
    return _keep(locked, Verdict.WAITING, user, ActorKind.PERSON, "taken back", project)


def _locked(variant: Variant) -> tuple[Variant, Project]:
    # The shot's row is the lock of all its variants: two approvals of one shot meet here.
    type(variant.shot).objects.select_for_update().get(pk=variant.shot_id)
    locked = Variant.objects.select_related("shot__scene__episode__project").get(pk=variant.pk)
    return locked, locked.shot.scene.episode.project


def _require(user: AbstractUser | None, project: Project, actor_kind: str, right: str) -> None:
    if actor_kind not in ActorKind.values:
        raise InputError(f"actor_kind={actor_kind!r} must be person or policy")
    if user is None:
        raise InputError("a verdict needs the person who gives it, or who set the policy going")
    access.require(user, project, right if actor_kind == ActorKind.PERSON else "make")


def _check_move(variant: Variant, verdict: str) -> None:
    if variant.verdict not in sources_of(verdict):
        raise StateError(
            f"variant {variant.number} of {variant.shot.code} is {variant.verdict}; "
            f"it cannot become {verdict}",
            verdict=variant.verdict,
        )


def _write(variant: Variant, verdict: str) -> None:
    moved = Variant.objects.filter(pk=variant.pk, verdict=variant.verdict).update(verdict=verdict)
    if not moved:
        raise StateError(f"variant {variant.number} was decided by somebody else just now")
    variant.verdict = verdict


def _keep(
    variant: Variant,
    verdict: str,
    user: AbstractUser | None,
    actor_kind: str,
    reason: str,
    project: Project,
    superseded: Variant | None = None,
    *,
    carried_from: Review | None = None,
    reasons: Sequence[str] = (),
) -> Review:
    _write(variant, verdict)
    review = Review.objects.create(
        variant=variant,
        verdict=verdict,
        actor_kind=actor_kind,
        actor=user if actor_kind == ActorKind.PERSON else None,
        reason=reason,
        reasons=list(reasons),
        inputs_hash=shot_inputs_hash(variant.shot),
        carried_from=carried_from,
    )
    told = {
        "shot": str(variant.shot_id),
        "code": variant.shot.code,
        "tier": variant.tier,
        "number": variant.number,
        "actor_kind": actor_kind,
        "reason": reason,
        "reasons": list(reasons),
    }
    verb = "variant.reopened" if verdict == Verdict.WAITING else f"variant.{verdict}"
    if superseded is not None:
        event_record(
            project,
            "variant.superseded",
            superseded,
            actor=user,
            payload={**told, "number": superseded.number, "by": variant.number},
        )
    event_record(project, verb, variant, actor=user, payload=told)
    return review
