"""The shots beside a shot in the cut, with the picture each would be cut with."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When

from projects.models import Shot
from renders.models import Variant, Verdict


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A shot of the filmstrip; `picture` is its approved variant, else its best one, else None."""

    shot: Shot
    picture: UUID | None
    is_here: bool


def filmstrip(shot: Shot, *, tier: str, reach: int = 2) -> list[Neighbour]:
    """Return `reach` shots on either side of a shot and the shot itself, in two queries."""
    keys = list(
        Shot.objects.filter(scene__episode=shot.scene.episode)
        .exclude(status=Shot.Status.OMITTED)
        .order_by("scene__number", "order")
        .values_list("pk", flat=True)
    )
    if shot.pk not in keys:
        return []
    at = keys.index(shot.pk)
    near = keys[max(0, at - reach) : at + reach + 1]
    shots = Shot.objects.in_bulk(near)
    pictures = _pictures(near, tier)
    return [Neighbour(shots[pk], pictures.get(pk), pk == shot.pk) for pk in near]


def _pictures(shots: list[UUID], tier: str) -> dict[UUID, UUID]:
    order = Case(
        When(verdict=Verdict.APPROVED, then=Value(0)),
        When(verdict=Verdict.REJECTED, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found: dict[UUID, UUID] = {}
    rows = Variant.objects.filter(shot__in=shots, tier=tier).order_by(order, "-score_total")
    for shot_id, variant_id in rows.values_list("shot_id", "pk"):
        found.setdefault(shot_id, variant_id)
    return found
