"""Sketches first: a quick picture of every shot, and drafts in their place, of those approved or of all.

A sketch and its draft are two tasks of the same brief, seed and camera. Sketches have the higher priority, so that all of
a scene stand on the board before the first draft is begun.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet

from apexsite.kit.errors import NotAvailable, StateError
from projects.models import Shot
from renders.bridge import shot_inputs_hash
from renders.models import RenderJob, RenderTask, Tier, Variant, Verdict
from renders.services.drafts import DRAFT, SKETCH, draft_ask
from renders.services.engines import stand_in_note
from renders.services.jobs import job_create
from renders.services.variants import variants_request

FIRST = 10
"""Priority of a sketch over all that waits: a few seconds of work each. House choice."""


def stage_require() -> None:
    """Raise `NotAvailable` with what to do where no stage draws sketches here."""
    note = stand_in_note(Tier.PREVIZ)
    if note:
        raise NotAvailable(note)


def shot_sketch(
    *, user: AbstractUser, shot: Shot, count: int = 1, lines: int | None = None
) -> RenderJob:
    """Ask for sketches of a shot."""
    return variants_request(
        user=user,
        shot=shot,
        tier=Tier.PREVIZ,
        count=count,
        lines=lines,
        quality=SKETCH,
        priority=FIRST,
    )


def shot_draft(
    *, user: AbstractUser, shot: Shot, count: int = 1, lines: int | None = None
) -> list[RenderJob]:
    """Ask for the draft of a shot's sketch; where there is no fresh sketch, for that first and for its draft after it.

    Raises `StateError` where the draft is there or on its way. Call it inside a transaction, the shot's row locked.
    """
    sketch = sketch_standing(shot)
    if sketch is not None:
        job = draft_ask(user=user, sketch=sketch)
        if job is None:
            raise StateError(f"the draft of {shot.code} is there or on its way")
        return [job]
    first = shot_sketch(user=user, shot=shot, count=count, lines=lines)
    requests = list(RenderTask.objects.filter(job=first).values_list("request", flat=True))
    second = job_create(
        user=user,
        project=first.project,
        kind=first.kind,
        title=f"draft of {shot.code}" if count == 1 else f"{count} drafts of {shot.code}",
        requests=[{**request, "quality": DRAFT, "of_sketch": True} for request in requests],
        episode=first.episode,
        shot=shot,
    )
    return [first, second]


def sketch_standing(shot: Shot) -> Variant | None:
    """Return the sketch of the present brief that is approved, else the best that waits."""
    sketches = Variant.objects.filter(
        shot=shot,
        tier=Tier.PREVIZ,
        quality=SKETCH,
        inputs_hash=shot_inputs_hash(shot),
        verdict__in=(Verdict.APPROVED, Verdict.WAITING),
    )
    rank = {Verdict.APPROVED.value: 0}
    return min(
        sketches,
        key=lambda v: (rank.get(v.verdict, 1), -(v.score_total or 0.0), v.number),
        default=None,
    )


def drawn_already(shot: Shot) -> bool:
    """Say whether a picture of the present brief stands that is not rejected."""
    return _standing(shot).exists()


def draft_standing(shot: Shot) -> bool:
    """Say whether a picture of the present brief stands that is no sketch and not rejected."""
    return _standing(shot).exclude(quality=SKETCH).exists()


def _standing(shot: Shot) -> QuerySet[Variant]:
    fresh = Variant.objects.filter(shot=shot, tier=Tier.PREVIZ, inputs_hash=shot_inputs_hash(shot))
    return fresh.exclude(verdict=Verdict.REJECTED)
