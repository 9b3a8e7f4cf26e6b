"""What the recipes of previz pictures say that a card must: why a sketch stands in, and a set that is only the nearest."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from renders.models import Review, Variant, Verdict


def hop_reasons(variants: Sequence[UUID]) -> dict[UUID, str]:
    """Return for each variant that another engine should have drawn why it did not."""
    rows = Variant.objects.filter(pk__in=variants, recipe__hops__0__isnull=False).order_by()
    return {pk: str(hop["reason"]) for pk, hop in rows.values_list("pk", "recipe__hops__0")}


def nearest_sets(variants: Sequence[UUID]) -> dict[UUID, str]:
    """Return for each variant whose place has no set of its own the set that was drawn."""
    rows = Variant.objects.filter(
        pk__in=variants, recipe__parameters__set_is_nearest=True
    ).order_by()
    return dict(rows.values_list("pk", "recipe__parameters__set_name"))


def carried_reasons(variants: Sequence[UUID]) -> dict[UUID, str]:
    """Return for each draft whose newest approval was carried over from its sketch the reason kept with it."""
    rows = Review.objects.filter(variant__in=variants, verdict=Verdict.APPROVED)
    newest = {
        pk: (link, why)
        for pk, link, why in rows.order_by("created_at").values_list(
            "variant_id", "carried_from", "reason"
        )
    }
    return {pk: why for pk, (link, why) in newest.items() if link is not None}
