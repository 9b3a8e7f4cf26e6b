"""Doors to jobs, cuts and films."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from apexsite.kit.errors import StateError
from projects import access
from projects.api.acts import Action
from projects.api.doors import One, Rows
from projects.models import Episode, Project
from renders.api.film_serializers import (
    CutGiven,
    CutShown,
    DeliveriesAsked,
    DeliveryShown,
    JobsAsked,
    JobShown,
    RenderGiven,
)
from renders.models import Cut, Delivery, RenderJob
from renders.readings.rows import (
    cut_for,
    cuts_of,
    delivery_for,
    delivery_rows,
    job_for,
    job_rows,
)
from renders.services.films import film_request
from renders.services.jobs import job_cancel
from renders.services.speaking import cut_order, speech_request


def built(made: Cut | RenderJob) -> Cut:
    """Return the cut; raises `StateError` naming the job where its lines are spoken first."""
    if isinstance(made, RenderJob):
        raise StateError(
            f"its lines are being spoken, and the cut is built after: job {made.pk}; ask again when it is done",
            job=str(made.pk),
        )
    return made


class Jobs(Rows):
    """Jobs of a production, newest first."""

    noun, shows, filters = "jobs", JobShown, JobsAsked
    find, order = staticmethod(access.project_for), ("-created_at",)

    def rows(self, parent: Project) -> QuerySet[RenderJob]:
        """Return them with how far they are."""
        return job_rows(parent)


class JobOne(One):
    """What somebody asked for and how far it is."""

    noun, shows, find = "jobs", JobShown, staticmethod(job_for)


class JobCancel(Action):
    """Cancel what is queued now, and ask what runs to stop."""

    noun, verb, find, shows = "jobs", "cancel", staticmethod(job_for), JobShown

    def act(self, row: RenderJob, values: dict[str, Any]) -> RenderJob:
        """Cancel it."""
        job_cancel(user=self.request.user, job=row)
        return job_for(self.request.user, row.pk, right="view")


class Speak(Action):
    """Have the lines of a film spoken; the answer is the job that does it. What is spoken already is kept."""

    noun, verb, find, status = "episodes", "speak", staticmethod(access.episode_for), 202
    shows = JobShown

    def act(self, row: Episode, values: dict[str, Any]) -> RenderJob:
        """Queue it."""
        return speech_request(user=self.request.user, episode=row)


class BuildCut(Action):
    """Build a new version of a film's cut from the approved variants; the same cut again is the one there is."""

    noun, verb, find = "episodes", "build_cut", staticmethod(access.episode_for)
    accepts, shows, status = CutGiven, CutShown, 201
    # The job that speaks the lines is kept though the answer is no.
    is_one_transaction = False

    def act(self, row: Episode, values: dict[str, Any]) -> Cut:
        """Build it."""
        return built(cut_order(user=self.request.user, episode=row, **values))


class Cuts(Rows):
    """Versions of a film's cut, newest first."""

    noun, shows, find, order = "cuts", CutShown, staticmethod(access.episode_for), ("-version",)

    def rows(self, parent: Episode) -> QuerySet[Cut]:
        """Return them."""
        return cuts_of(parent)


class CutOne(One):
    """A version of a film's cut."""

    noun, shows, find = "cuts", CutShown, staticmethod(cut_for)


class RenderCut(Action):
    """Ask for the film of a cut; the answer is the job that makes it."""

    noun, verb, find, status = "cuts", "render", staticmethod(cut_for), 202
    accepts, shows = RenderGiven, JobShown

    def act(self, row: Cut, values: dict[str, Any]) -> RenderJob:
        """Queue it."""
        return film_request(user=self.request.user, cut=row, **values)


class Deliveries(Rows):
    """Finished films, newest first."""

    noun, shows, filters = "deliveries", DeliveryShown, DeliveriesAsked
    find, order = staticmethod(access.episode_for), ("-created_at",)

    def rows(self, parent: Episode) -> QuerySet[Delivery]:
        """Return them."""
        return delivery_rows(parent)


class DeliveryOne(One):
    """A finished film with the report of its check."""

    noun, shows, find = "deliveries", DeliveryShown, staticmethod(delivery_for)
