"""Rows of the picture as lists are made of them, and the one row an address names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from apexsite.kit.errors import NotFound
from projects import access
from projects.models import Episode, Project
from renders.models import Cut, Delivery, RenderJob, Review, Score, Variant


def variants_of(episode: Episode) -> QuerySet[Variant]:
    """Return every variant of a film."""
    return Variant.objects.filter(shot__scene__episode=episode).select_related(
        "media", "shot__scene"
    )


def scores_of(variant: Variant) -> QuerySet[Score]:
    """Return what the machine says of a variant."""
    return Score.objects.filter(variant=variant)


def reviews_of(variant: Variant) -> QuerySet[Review]:
    """Return the verdicts on a variant as they were given."""
    return Review.objects.filter(variant=variant).select_related("actor")


def job_rows(project: Project) -> QuerySet[RenderJob]:
    """Return the jobs of a production with their tasks."""
    jobs = RenderJob.objects.filter(project=project)
    return jobs.select_related("requested_by").prefetch_related("tasks")


def cuts_of(episode: Episode) -> QuerySet[Cut]:
    """Return every version of a film's cut, without their documents."""
    return Cut.objects.filter(episode=episode).defer("document")


def delivery_rows(episode: Episode) -> QuerySet[Delivery]:
    """Return the finished files of a film."""
    rows = Delivery.objects.filter(cut__episode=episode).select_related("cut", "film")
    return rows.prefetch_related("stems")


def variant_for(user: access.User, id_: UUID | str, *, right: str) -> Variant:
    """Return a variant if the person may; raises `NotFound` or `NotAllowed`."""
    rows = Variant.objects.select_related("media", "shot__scene__episode__project")
    found: Variant = _one(rows, id_, "variant")
    access.require(user, found.shot.scene.episode.project, right, what="variant")
    return found


def job_for(user: access.User, id_: UUID | str, *, right: str) -> RenderJob:
    """Return a job if the person may."""
    rows = RenderJob.objects.select_related("project", "requested_by").prefetch_related("tasks")
    found: RenderJob = _one(rows, id_, "job")
    access.require(user, found.project, right, what="job")
    return found


def cut_for(user: access.User, id_: UUID | str, *, right: str) -> Cut:
    """Return a version of a cut if the person may."""
    found: Cut = _one(Cut.objects.select_related("episode__project"), id_, "cut")
    access.require(user, found.episode.project, right, what="cut")
    return found


def delivery_for(user: access.User, id_: UUID | str, *, right: str) -> Delivery:
    """Return a finished file if the person may."""
    rows = Delivery.objects.select_related("film", "cut__episode__project")
    found: Delivery = _one(rows, id_, "delivery")
    access.require(user, found.cut.episode.project, right, what="delivery")
    return found


def _one(rows: QuerySet[Any], id_: UUID | str, what: str) -> Any:
    row: Model | None = rows.filter(pk=id_).first()
    if row is None:
        raise NotFound(f"there is no such {what} for you")
    return row
