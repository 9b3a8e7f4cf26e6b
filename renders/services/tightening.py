"""Ask for a drifted picture again, held tighter to its look: once for each picture, however often the button is pressed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import QuerySet

from apexsite.kit.errors import ApexError, StateError
from apexsite.kit.seeds import SEED_MAX
from projects import access
from projects.models import Episode, Shot
from renders.engine.drift.baseline import Baseline
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.options import PictureOptions
from renders.models import JobKind, RenderJob, RenderTask, Variant, Verdict, WorkStatus
from renders.readings.drift import drift_chart, reading_of
from renders.services.jobs import job_create
from renders.services.ledger import picture_permit
from renders.services.variants import variants_request

FIRST_TIGHTNESS, STEP = 0.5, 0.25
"""How tight a picture is asked for first, and by how much more each time after. House choice: half of the way is
seen at once, and three presses reach the end."""
ENDED = (WorkStatus.FAILED, WorkStatus.CANCELLED)


def next_tightness(options: PictureOptions) -> float:
    """Return how tight the picture after this one is held, at most 1."""
    return min(1.0, max(FIRST_TIGHTNESS, options.tightness + STEP))


def variant_tighten(
    *, user: AbstractUser, variant: Variant, baseline: Baseline | None = None
) -> RenderJob:
    """Ask for one more picture of the same brief, seed and camera, tighter to the look; the same picture asks once.

    `baseline` is what it is held to where that was read already. Raises `StateError` when it is on its look, was never
    measured, or was drawn as tightly as can be.
    """
    project = variant.shot.scene.episode.project
    access.require(user, project, "make")
    with transaction.atomic():
        shot = Shot.objects.select_for_update(of=("self",)).get(pk=variant.shot_id)
        if shot.status == Shot.Status.OMITTED:
            raise StateError(f"shot {shot.code} is omitted from the cut")
        standing = tighter_task(variant)
        if standing is not None:
            return standing.job
        options = _options(variant, baseline)
        return _asked(user, variant, options)


def tighter_task(variant: Variant) -> RenderTask | None:
    """Return the task that draws, or drew, the tighter picture after this one; not one that failed or was rejected."""
    tasks = _tried(variant).exclude(status__in=ENDED).exclude(variant__verdict=Verdict.REJECTED)
    return tasks.select_related("job").first()


def _tried(variant: Variant) -> QuerySet[RenderTask]:
    return RenderTask.objects.filter(job__shot=variant.shot_id, request__tighter_of=str(variant.pk))


def _options(variant: Variant, known: Baseline | None) -> PictureOptions:
    reading, baseline = reading_of(variant, baseline=known)
    if reading is None:
        raise StateError(
            f"picture {variant.number} of {variant.shot.code} is not measured against the present look"
        )
    if reading.distance <= baseline.limit:
        raise StateError(
            f"picture {variant.number} of {variant.shot.code} is on its look: "
            f"{reading.distance:.2f}, {baseline.words}"
        )
    before = PictureOptions.from_document(variant.recipe.get("options", {}))
    rejected = _tried(variant).filter(variant__verdict=Verdict.REJECTED)
    tried = [before.tightness, *(task.request["options"]["tightness"] for task in rejected)]
    before = replace(before, tightness=max(tried))
    if before.tightness >= 1.0:
        raise StateError(
            f"picture {variant.number} of {variant.shot.code} was drawn as tightly as can be; "
            "change its brief or the look"
        )
    why = f"drift {reading.distance:.2f} over {baseline.limit:.2f} in picture {variant.number}"
    return replace(before, tightness=next_tightness(before), because=(*before.because, why))


def _asked(user: AbstractUser, variant: Variant, options: PictureOptions) -> RenderJob:
    recipe, shot = variant.recipe, variant.shot
    mark = {"tighter_of": str(variant.pk)}
    if recipe.get("backend") not in {name for name, _ in BACKENDS} or recipe.get("seed") is None:
        # A picture brought from elsewhere has no seed to draw again: the tier's own engine draws one.
        job = variants_request(user=user, shot=shot, tier=variant.tier, count=1, options=options)
        for task in job.tasks.all():
            RenderTask.objects.filter(pk=task.pk).update(request={**task.request, **mark})
        return job
    picture_permit(project=shot.scene.episode.project, engine=recipe["backend"], options=options)
    return job_create(
        user=user,
        project=shot.scene.episode.project,
        kind=JobKind.VARIANTS,
        title=f"tighter picture of {shot.code}",
        requests=[{**_request(variant), "options": options.to_document(), **mark}],
        episode=shot.scene.episode,
        shot=shot,
    )


def _request(variant: Variant) -> dict[str, Any]:
    recipe = variant.recipe
    index = int(recipe["variant_index"])
    return {
        "shot": str(variant.shot_id),
        "tier": variant.tier,
        "backend": recipe["backend"],
        "variant_index": index,
        "seed": (int(recipe["seed"]) - index) % (SEED_MAX + 1),
        "width": recipe["width"],
        "height": recipe["height"],
        "quality": recipe.get("quality", "draft"),
        "references": recipe.get("references", []),
    }


@dataclass(frozen=True, slots=True)
class Tightened:
    """What became of one alarmed shot."""

    shot_id: UUID
    code: str
    is_done: bool
    words: str


def episode_tighten(*, user: AbstractUser, episode: Episode, tier: str) -> list[Tightened]:
    """Ask for a tighter picture of every shot whose picture drifted; each shot has its own answer."""
    access.require(user, episode.project, "make")
    outcomes = []
    chart = drift_chart(episode, tier=tier)
    for row in chart.alarms:
        if row.is_asked:
            outcomes.append(Tightened(row.shot_id, row.code, False, "already asked for"))
            continue
        variant = Variant.objects.select_related("shot__scene__episode__project").get(
            pk=row.variant_id
        )
        try:
            variant_tighten(user=user, variant=variant, baseline=chart.baseline)
            outcomes.append(Tightened(row.shot_id, row.code, True, "asked for, tighter"))
        except ApexError as err:
            outcomes.append(Tightened(row.shot_id, row.code, False, err.message))
    return outcomes
