"""The draft of a sketch: asked for when the sketch is approved, drawn from the same brief with the same camera."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser

from apexsite.kit.seeds import SEED_MAX
from renders.bridge import shot_inputs_hash
from renders.models import JobKind, RenderJob, RenderTask, Tier, Variant, WorkStatus
from renders.services.jobs import job_create

SKETCH, DRAFT = "sketch", "draft"


def draft_ask(*, user: AbstractUser | None, sketch: Variant) -> RenderJob | None:
    """Ask for the draft of a sketch; None when there is nothing to ask for.

    That is so when the variant is no sketch of the stage, when its brief changed since (the draft would be another
    picture), or when its draft is there or on its way. Call it inside a transaction, the shot's row locked.
    """
    if user is None or sketch.quality != SKETCH or sketch.tier != Tier.PREVIZ:
        return None
    shot = sketch.shot
    if sketch.inputs_hash != shot_inputs_hash(shot) or sketch.drafts.exists():
        return None
    request = draft_request(sketch)
    if draft_on_its_way(sketch, request):
        return None
    return job_create(
        user=user,
        project=shot.scene.episode.project,
        kind=JobKind.VARIANTS,
        title=f"draft of {shot.code}",
        requests=[request],
        episode=shot.scene.episode,
        shot=shot,
    )


def draft_request(sketch: Variant) -> dict[str, Any]:
    """Return what a task is asked to draw the draft of a sketch."""
    recipe = sketch.recipe
    index = int(recipe["variant_index"])
    return {
        "shot": str(sketch.shot_id),
        "tier": sketch.tier,
        "backend": recipe["backend"],
        "variant_index": index,
        "seed": (int(recipe["seed"]) - index) % (SEED_MAX + 1),
        "width": recipe["width"],
        "height": recipe["height"],
        "quality": DRAFT,
        "of_sketch": True,
        "options": recipe.get("options", {}),
    }


def draft_on_its_way(sketch: Variant, request: dict[str, Any]) -> bool:
    """Say whether a draft of this sketch is queued or being drawn."""
    return RenderTask.objects.filter(
        job__shot=sketch.shot_id,
        status__in=(WorkStatus.QUEUED, WorkStatus.RUNNING),
        request__tier=request["tier"],
        request__of_sketch=True,
        request__variant_index=request["variant_index"],
    ).exists()
