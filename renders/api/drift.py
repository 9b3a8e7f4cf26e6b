"""Doors to drift: the chart's numbers of a film, measuring what is not, and asking for tighter pictures."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given
from apexsite.base.api.versions import answer_with_etag
from projects import access
from projects.api.acts import Action
from projects.api.doors import One
from projects.api.serializers import UUID
from projects.models import Episode
from renders.api.film_serializers import JobShown
from renders.api.sketches import ShotOutcome
from renders.models import RenderJob, Tier, Variant
from renders.readings.drift import drift_chart
from renders.readings.rows import variant_for
from renders.services.drifting import MOST_MEASURED, drift_recompute, drift_unmeasured
from renders.services.tightening import episode_tighten, variant_tighten


@extend_schema_serializer(examples=example({"tier": "storyboard"}))
class TierGiven(Given):
    """Which fidelity."""

    tier = serializers.ChoiceField(choices=Tier.choices, default=Tier.STORYBOARD)


class Numbers(serializers.DictField):
    """Numbers by name."""

    child = serializers.FloatField()


class DriftRowShown(serializers.Serializer[Any]):
    """One shot's picture against the look; `parts` are 0 on it to 1 far from it."""

    shot = serializers.UUIDField(source="shot_id")
    code = serializers.CharField()
    variant = serializers.UUIDField(source="variant_id")
    verdict = serializers.CharField()
    distance = serializers.FloatField()
    is_over = serializers.BooleanField()
    issues = serializers.ListField(child=serializers.CharField())
    features = Numbers()
    parts = Numbers()
    average = serializers.FloatField()
    upper = serializers.FloatField(allow_null=True)
    tightness = serializers.FloatField()
    because = serializers.ListField(child=serializers.CharField())
    is_asked = serializers.BooleanField()
    tighter_number = serializers.IntegerField()
    tighter_distance = serializers.FloatField(allow_null=True)


@extend_schema_serializer(
    examples=example(
        {"bible_version": 2, "limit": 0.2, "limit_words": "limit 0.20: the starting alarm", "approved": 3,
         "mean": None, "sigma": None, "centroid": {"key": 41.2}, "wanders_from": "", "unmeasured": 0,
         "shots": [{"shot": UUID, "code": "s01_010", "variant": UUID, "verdict": "waiting",
                    "distance": 0.27, "is_over": True,
                    "issues": ["darker than the look asks (lightness 24, asked 38)"],
                    "features": {"key": 24.1}, "parts": {"key": 0.42}, "average": 0.21,
                    "upper": None, "tightness": 0.0, "because": [], "is_asked": True,
                    "tighter_number": 2, "tighter_distance": 0.17}]}
    )
)  # fmt: skip
class DriftShown(serializers.Serializer[Any]):
    """A film's drift from its look, shot by shot, with the limit that holds and the moving average."""

    bible_version = serializers.IntegerField()
    limit = serializers.FloatField(source="baseline.limit")
    limit_words = serializers.CharField(source="baseline.words")
    approved = serializers.IntegerField(source="baseline.approved")
    mean = serializers.FloatField(source="baseline.mean", allow_null=True)
    sigma = serializers.FloatField(source="baseline.sigma", allow_null=True)
    centroid = Numbers(source="baseline.centroid")
    wanders_from = serializers.CharField()
    unmeasured = serializers.IntegerField()
    shots = DriftRowShown(source="rows", many=True)


class EpisodeDrift(One):
    """A film's drift from its look in one tier."""

    noun, shows, find = "drifts", DriftShown, staticmethod(access.episode_for)

    @extend_schema(operation_id="drifts_read", parameters=[TierGiven])
    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        """Return the chart's numbers with their ETag."""
        episode = self.found("view")
        asked = {k: v for k, v in request.query_params.items() if k in TierGiven().fields}
        tier = self.given(TierGiven, asked)["tier"]
        return answer_with_etag(request, self.shown(drift_chart(episode, tier=tier)))


class Tighten(Action):
    """Ask for a drifted picture again, held tighter to its look; the same picture is asked for once."""

    noun, verb, find, status = "variants", "tighten", staticmethod(variant_for), 202
    shows = JobShown

    def act(self, row: Variant, values: dict[str, Any]) -> RenderJob:
        """Queue it."""
        return variant_tighten(user=self.request.user, variant=row)


@extend_schema_serializer(examples=example({"measured": 12, "unmeasured": 0}))
class MeasuredShown(serializers.Serializer[Any]):
    """How many pictures were measured, and how many wait: above nothing, the same is asked again."""

    measured = serializers.IntegerField()
    unmeasured = serializers.IntegerField()


class MeasureDrift(Action):
    """Measure a film's pictures that have no reading against the present look, some at a time."""

    noun, verb, find = "episodes", "measure_drift", staticmethod(access.episode_for)
    accepts, shows = TierGiven, MeasuredShown
    is_one_transaction = False

    def act(self, row: Episode, values: dict[str, Any]) -> dict[str, int]:
        """Measure them."""
        tier = values["tier"]
        count = drift_recompute(row, tier=tier, only_missing=True, most=MOST_MEASURED)
        return {"measured": count, "unmeasured": drift_unmeasured(row, tier=tier).count()}


@extend_schema_serializer(
    examples=example(
        {"shots": [{"shot": UUID, "code": "s01_010", "is_done": True, "words": "asked for, tighter"}]}
    )
)  # fmt: skip
class TightenedShown(serializers.Serializer[Any]):
    """What became of each."""

    shots = ShotOutcome(many=True)


class TightenAll(Action):
    """Ask for every alarmed picture of a film again, tighter; each shot has its own answer."""

    noun, verb, find, status = "episodes", "tighten", staticmethod(access.episode_for), 202
    accepts, shows = TierGiven, TightenedShown

    def act(self, row: Episode, values: dict[str, Any]) -> dict[str, Any]:
        """Queue them."""
        found = episode_tighten(user=self.request.user, episode=row, tier=values["tier"])
        return {"shots": found}
