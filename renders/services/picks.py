"""Keep whether a person's approval was the machine's pick. Called in the transaction of the approval, before it is written."""

from __future__ import annotations

from typing import Any

from projects.models import Project
from renders.models import Pick, Review, Variant, Verdict
from renders.services.drafts import SKETCH

LEAST_WAITING = 2


def candidates_of(chosen: Variant) -> list[Variant]:
    """Return the scored variants that wait beside the chosen one, and it, best machine score first.

    Sketches are no rivals of finished pictures, nor the other way round. Empty when the chosen one does not wait itself:
    who brings back a rejected variant does not choose among those that wait.
    """
    if chosen.verdict != Verdict.WAITING or chosen.score_total is None:
        return []
    waiting = Variant.objects.filter(
        shot=chosen.shot_id, tier=chosen.tier, verdict=Verdict.WAITING, score_total__isnull=False
    ).prefetch_related("scores")
    rivals = [v for v in waiting if (v.quality == SKETCH) == (chosen.quality == SKETCH)]
    return sorted(rivals, key=lambda v: (-(v.score_total or 0.0), v.number))


def pick_keep(*, review: Review, candidates: list[Variant], project: Project) -> Pick | None:
    """Write whether the approved variant was the best of the candidates; None when there was no choice."""
    if len(candidates) < LEAST_WAITING:
        return None
    machine = candidates[0]
    chosen = next(v for v in candidates if v.pk == review.variant_id)
    values = {v.pk: {score.criterion: score.value for score in v.scores.all()} for v in candidates}
    others = [values[v.pk] for v in candidates if v.pk != chosen.pk]
    return Pick.objects.create(
        project=project,
        review=review,
        variant=chosen,
        machine=machine,
        tier=chosen.tier,
        waiting=len(candidates),
        is_agreed=machine.pk == chosen.pk,
        criteria=_best_in(values[chosen.pk], others),
        values=[values[chosen.pk], *others],
    )


def picks_take_back(variant: Variant) -> None:
    """Leave the picks of a variant whose approval was taken back out of the count."""
    Pick.objects.filter(variant=variant, is_taken_back=False).update(is_taken_back=True)


def _best_in(chosen: dict[str, float], others: list[dict[str, float]]) -> dict[str, Any]:
    return {
        name: all(value >= other.get(name, 0.0) for other in others)
        for name, value in chosen.items()
    }
