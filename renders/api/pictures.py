"""Doors to variants, their scores and their verdicts."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from projects import access
from projects.api.acts import Action
from projects.api.doors import One, Rows
from projects.models import Episode, Shot
from renders.api.film_serializers import JobShown
from renders.api.serializers import (
    ApproveGiven,
    RejectGiven,
    ReviewShown,
    ScoreShown,
    VariantsAsked,
    VariantsGiven,
    VariantShown,
)
from renders.bridge import shot_inputs_hashes
from renders.engine.imaging.options import PictureOptions
from renders.models import RenderJob, Review, Score, Variant
from renders.readings.rows import reviews_of, scores_of, variant_for, variants_of
from renders.services.reviews import review_approve, review_reject, review_undo
from renders.services.variants import variants_request


class RequestVariants(Action):
    """Ask for new variants of a shot; the answer is the job that makes them."""

    noun, verb, find, status = "shots", "request_variants", staticmethod(access.shot_for), 202
    accepts, shows = VariantsGiven, JobShown

    def act(self, row: Shot, values: dict[str, Any]) -> RenderJob:
        """Queue them."""
        options = PictureOptions.from_document(values.pop("options", {}))
        return variants_request(user=self.request.user, shot=row, options=options, **values)


class Variants(Rows):
    """Variants of a film, shot by shot."""

    noun, shows, filters = "variants", VariantShown, VariantsAsked
    find = staticmethod(access.episode_for)
    order = ("shot__scene__number", "shot__order", "tier", "number")

    def rows(self, parent: Episode) -> QuerySet[Variant]:
        """Return all of them."""
        self.hashes = shot_inputs_hashes(parent)
        return variants_of(parent)

    def context(self) -> dict[str, Any]:
        """Return the present hash of every shot, read once for the page."""
        return {"hashes": self.hashes}


class VariantOne(One):
    """A candidate picture."""

    noun, shows, find = "variants", VariantShown, staticmethod(variant_for)


class Approve(Action):
    """Approve a variant; the one approved before is superseded."""

    noun, verb, find = "variants", "approve", staticmethod(variant_for)
    right, accepts, shows = "approve", ApproveGiven, ReviewShown

    def act(self, row: Variant, values: dict[str, Any]) -> Review:
        """Give the verdict."""
        return review_approve(user=self.request.user, variant=row, reason=values["reason"])


class Reject(Action):
    """Reject a variant, saying why."""

    noun, verb, find = "variants", "reject", staticmethod(variant_for)
    right, accepts, shows = "approve", RejectGiven, ReviewShown

    def act(self, row: Variant, values: dict[str, Any]) -> Review:
        """Give the verdict."""
        return review_reject(user=self.request.user, variant=row, **values)


class Undo(Action):
    """Take a verdict back: the variant waits again."""

    noun, verb, find = "variants", "undo", staticmethod(variant_for)
    right, shows = "approve", ReviewShown

    def act(self, row: Variant, values: dict[str, Any]) -> Review:
        """Take it back."""
        return review_undo(user=self.request.user, variant=row)


class Scores(Rows):
    """What the machine says of a variant, criterion by criterion."""

    noun, shows, find, order = "scores", ScoreShown, staticmethod(variant_for), ("criterion",)

    def rows(self, parent: Variant) -> QuerySet[Score]:
        """Return them."""
        return scores_of(parent)


class Reviews(Rows):
    """Verdicts on a variant, newest first."""

    noun, shows, find, order = "reviews", ReviewShown, staticmethod(variant_for), ("-created_at",)

    def rows(self, parent: Variant) -> QuerySet[Review]:
        """Return them."""
        return reviews_of(parent)
