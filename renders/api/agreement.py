"""Doors to what rejections teach a shot's next batch, and to how far people and the score agree."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from projects import access
from projects.api.doors import One
from projects.api.script_serializers import Object
from projects.api.serializers import UUID
from projects.models import Project, Shot
from renders.engine.scoring.agreement import Share
from renders.models import Tier
from renders.readings.agreement import Agreement, agreement_of
from renders.services.lessons import shot_lessons


@extend_schema_serializer(
    examples=example(
        {"shot": UUID, "tiers": {"storyboard": [
            {"reason": "too_dark", "count": 2, "because": "brighter: “too dark” twice",
             "finish": {"brightness": 0.45}, "steps": 0, "tightness": 0.0, "avoid": {}}]}}
    )
)  # fmt: skip
class LessonsShown(serializers.Serializer[Any]):
    """What the next batch of a shot will be made otherwise, tier by tier, unless `leave_off` names it."""

    shot = serializers.UUIDField()
    tiers = Object(help_text="Tier → lessons, each with its reason and what it changes.")

    def to_representation(self, instance: Shot) -> dict[str, Any]:
        """Return them as they stand now."""
        return {
            "shot": str(instance.pk),
            "tiers": {tier: self._lessons(instance, tier) for tier in Tier.values},
        }

    def _lessons(self, shot: Shot, tier: str) -> list[dict[str, Any]]:
        return [
            {
                "reason": lesson.key,
                "count": lesson.count,
                "because": lesson.because,
                "finish": dict(lesson.finish),
                "steps": lesson.steps,
                "tightness": lesson.tightness,
                "avoid": {name: list(values) for name, values in lesson.avoid.items()},
            }
            for lesson in shot_lessons(shot, tier=tier)
        ]


@extend_schema_serializer(
    examples=example(
        {"count": 24, "agreed": 15, "share": 0.625, "low": 0.427, "high": 0.788, "chance": 0.36,
         "is_enough": True,
         "criteria": [{"criterion": "composition", "agreed": 17, "share": 0.71, "low": 0.51,
                       "high": 0.85, "weight": 0.25, "proposed": 0.31}],
         "proposal": {"weights": {"composition": 0.31}, "met_now": 15, "met_then": 17,
                      "met_unseen": 16, "is_better": True},
         "rejections": 9, "reasons": {"too_dark": 4}}
    )
)  # fmt: skip
class AgreementShown(serializers.Serializer[Any]):
    """How often people approved what the score would have chosen. Weights are proposed, never applied."""

    count = serializers.IntegerField(help_text="People's choices among two or more that waited.")
    agreed = serializers.IntegerField()
    share = serializers.FloatField()
    low = serializers.FloatField(help_text="Of the 95 % interval (Wilson).")
    high = serializers.FloatField()
    chance = serializers.FloatField(help_text="The share picking blindly would reach.")
    is_enough = serializers.BooleanField(help_text="Whether there are twenty choices or more.")
    criteria = serializers.ListField(child=Object())
    proposal = Object(allow_null=True)
    rejections = serializers.IntegerField()
    reasons = Object(help_text="Reason → how often it was given.")

    def to_representation(self, instance: Project) -> dict[str, Any]:
        """Return it counted now."""
        return _document(agreement_of(instance))


def _document(found: Agreement) -> dict[str, Any]:
    proposal = found.proposal
    return {
        **_share(found.share),
        "count": found.share.count,
        "chance": round(found.chance, 4),
        "is_enough": found.is_enough,
        "criteria": [
            {
                "criterion": line.name,
                **_share(line.share),
                "weight": line.weight,
                "proposed": None if line.proposed is None else round(line.proposed, 4),
            }
            for line in found.criteria
        ],
        "proposal": None
        if proposal is None
        else {
            "weights": {name: round(value, 4) for name, value in proposal.weights.items()},
            "met_now": proposal.met_now,
            "met_then": proposal.met_then,
            "met_unseen": proposal.met_unseen,
            "is_better": proposal.is_better,
        },
        "rejections": found.rejected,
        "reasons": {line.key: line.count for line in found.reasons},
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "agreed": share.hits,
        "share": round(share.value, 4),
        "low": round(share.low, 4),
        "high": round(share.high, 4),
    }


class ShotLessons(One):
    """What a shot's rejections teach its next batch."""

    noun, shows, find = "lessons", LessonsShown, staticmethod(access.shot_for)


class ProjectAgreement(One):
    """How far people and the score agree in a production."""

    noun, shows, find = "agreement", AgreementShown, staticmethod(access.project_for)
