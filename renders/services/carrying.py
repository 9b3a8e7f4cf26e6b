"""What becomes of a sketch when its draft arrives: the draft takes its place, and its verdict where that is honest."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser

from renders.models import Variant, Verdict
from renders.services.drafts import SKETCH
from renders.services.reviews import review_carry, sketch_set_aside

SAME_PLACE_M = 0.02
SAME_LENS_MM = 0.5
"""Two cameras are one within these: rasters of different sizes round the frame's shape a little. House choice."""


def sketch_of(variant: Variant) -> Variant | None:
    """Return the sketch a picture was drawn after: same shot, tier, seed and place in the row of variants."""
    sketches = Variant.objects.filter(
        shot=variant.shot_id,
        tier=variant.tier,
        quality=SKETCH,
        recipe__variant_index=variant.recipe["variant_index"],
        recipe__seed=variant.recipe["seed"],
    )
    return sketches.exclude(pk=variant.pk).order_by("-number").first()


def sketch_followed(variant: Variant, *, actor: AbstractUser | None) -> None:
    """Link a new picture with its sketch and let it take the sketch's place. Call it inside a transaction.

    1. Same brief, same camera: a waiting sketch is set aside; an approved one hands its approval on as a policy's.
    2. Otherwise the sketch stays as it is, its approval too (the page says that it is stale), and the new one waits.
    """
    if not variant.quality or variant.quality == SKETCH:
        return
    sketch = sketch_of(variant)
    if sketch is None:
        return
    variant.sketch = sketch
    variant.save(update_fields=["sketch"])
    if not is_same_picture(sketch, variant):
        return
    if sketch.verdict == Verdict.WAITING:
        sketch_set_aside(sketch=sketch, draft=variant, user=actor)
    elif sketch.verdict == Verdict.APPROVED:
        review_carry(draft=variant, sketch=sketch, user=actor)


def is_same_picture(sketch: Variant, draft: Variant) -> bool:
    """Say whether a draft shows what its sketch showed: brief, look, cast, blocking and bodies, and the camera."""
    one, other = sketch.recipe, draft.recipe
    same = ("backend", "engine", "engine_version", "blocking", "bodies")
    if sketch.inputs_hash != draft.inputs_hash or any(one[k] != other[k] for k in same):
        return False
    return _is_same_camera(one["parameters"].get("camera"), other["parameters"].get("camera"))


def _is_same_camera(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    if not one or not other:
        return one == other
    if abs(one["lens_mm"] - other["lens_mm"]) > SAME_LENS_MM:
        return False
    return all(
        abs(a - b) <= SAME_PLACE_M
        for name in ("place", "aim")
        for a, b in zip(one[name], other[name], strict=True)
    )
