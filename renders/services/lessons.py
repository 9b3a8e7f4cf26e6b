"""What a shot's rejections teach its next batch: read from the reviews, laid over what is asked for."""

from __future__ import annotations

from collections.abc import Collection

from projects.models import Shot
from renders.bridge import shot_inputs_hash
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.options import PictureOptions
from renders.engine.lessons import Lesson, Rejection, lessons_of
from renders.engine.lessons.effects import changes_of
from renders.engine.lessons.lesson import learnt
from renders.models import Review, Variant, Verdict


def shot_lessons(shot: Shot, *, tier: str) -> tuple[Lesson, ...]:
    """Return the lessons of a shot's rejections in a tier.

    Counted are variants that stand rejected, of the present brief, decided since the last approval: what was said of
    another brief, or before something was good enough, is not said of the next batch.
    """
    variants = Variant.objects.filter(shot=shot, tier=tier)
    reviews = Review.objects.filter(variant__shot=shot, variant__tier=tier)
    stood = (Verdict.APPROVED, Verdict.SUPERSEDED)
    approvals = reviews.filter(verdict=Verdict.APPROVED, variant__verdict__in=stood)
    approved = approvals.order_by("-created_at").first()
    standing = variants.filter(verdict=Verdict.REJECTED, inputs_hash=shot_inputs_hash(shot))
    if not standing.exists():
        return ()
    rejected = reviews.filter(verdict=Verdict.REJECTED, variant__in=standing)
    if approved is not None:
        rejected = rejected.filter(created_at__gt=approved.created_at)
    latest = {
        review.variant_id: review
        for review in rejected.select_related("variant").order_by("created_at", "pk")
    }
    return lessons_of([_rejection(review) for review in latest.values()])


def _rejection(review: Review) -> Rejection:
    recipe = review.variant.recipe
    return Rejection(
        reasons=tuple(review.reasons),
        finish=recipe.get("options", {}).get("finish", {}),
        parameters=recipe.get("parameters", {}),
    )


def options_learnt(
    shot: Shot,
    options: PictureOptions | None,
    *,
    tier: str,
    backend: str = "",
    leave_off: Collection[str] = (),
) -> PictureOptions:
    """Return what is asked for with the shot's lessons laid over it, but for those left off.

    A lesson `backend` has no part for is none: a picture never says it was made otherwise where it was not. Without a
    backend every lesson counts. Options that carry lessons already are somebody's whole answer and stay as they are.
    """
    asked = options or PictureOptions()
    if asked.lessons:
        return asked
    lessons = shot_lessons(shot, tier=tier)
    if backend:
        capabilities = BACKENDS.get(backend).capabilities
        lessons = tuple(one for one in lessons if changes_of(one, capabilities))
    return learnt(asked, lessons, leave_off=leave_off)
