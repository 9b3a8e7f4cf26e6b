"""Approval by policy: the best-scored waiting variant. Labelled so everywhere, never counted as a person's verdict."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

from projects.models import Shot
from renders.bridge import shot_inputs_hash
from renders.models import ActorKind, Review, Variant, Verdict
from renders.services.reviews import review_approve
from renders.services.variants import best_waiting


def shot_approve_best(
    *,
    user: AbstractUser,
    shot: Shot,
    tier: str,
    least_height: int = 0,
    actor_kind: str = ActorKind.POLICY,
) -> Review | None:
    """Approve the best waiting variant made from the present brief; None when a fresh one is approved already.

    Variants with fewer lines than `least_height` (those of a preview) do not count as fresh.
    A person's approval is never touched, not even a stale one: people decide over people.
    With `actor_kind` person the same rule chooses, but the person answers for it: what a policy approved and is
    fresh is then approved by the person.
    """
    present = shot_inputs_hash(shot)
    variants = list(Variant.objects.filter(shot=shot, tier=tier).select_related("media"))

    def is_fresh(variant: Variant) -> bool:
        return variant.inputs_hash == present and variant.media.height >= least_height

    approved = next((v for v in variants if v.verdict == Verdict.APPROVED), None)
    if approved is not None:
        given = approved.reviews.filter(verdict=Verdict.APPROVED)
        if given.filter(actor_kind=ActorKind.PERSON).exists():
            return None
        carried = given.filter(carried_from__actor_kind=ActorKind.PERSON).exists()
        if carried and actor_kind == ActorKind.POLICY:
            return None
        if is_fresh(approved):
            if actor_kind == ActorKind.POLICY:
                return None
            return review_approve(user=user, variant=approved, reason="as the policy chose")
    best = best_waiting([v for v in variants if is_fresh(v)])
    if best is None:
        return None
    return review_approve(
        user=user,
        variant=best,
        actor_kind=actor_kind,
        reason=f"highest score of {len(variants)} ({best.score_total:.3f})",
        is_choice=False,
    )
