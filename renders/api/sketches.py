"""Sketches of a whole scene, and drafts in their place."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given
from projects import access
from projects.api.acts import Action
from projects.api.serializers import UUID
from projects.models import Scene, Shot
from renders.models import Tier
from renders.services.bulk import Act, BulkResult, shots_bulk


@extend_schema_serializer(examples=example({"drafts": "approved"}))
class SketchesGiven(Given):
    """Which sketches are followed by drafts: those that are approved, when they are, or all."""

    drafts = serializers.ChoiceField(choices=("approved", "all"), default="approved")


class ShotOutcome(serializers.Serializer[Any]):
    """What became of one shot."""

    shot = serializers.UUIDField(source="shot_id")
    code = serializers.CharField()
    is_done = serializers.BooleanField()
    words = serializers.CharField()


@extend_schema_serializer(
    examples=example(
        {"sentence": "1 to be sketched",
         "shots": [{"shot": UUID, "code": "s01_010", "is_done": True, "words": "to be sketched"}]}
    )
)  # fmt: skip
class SketchesShown(serializers.Serializer[Any]):
    """What became of the shots of a scene, in one sentence and one by one."""

    sentence = serializers.CharField()
    shots = ShotOutcome(source="outcomes", many=True)


class RequestSketches(Action):
    """Sketch every shot of a scene that has no picture yet; drafts take their place, of those approved or of all."""

    noun, verb, find, status = "scenes", "request_sketches", staticmethod(access.scene_for), 202
    accepts, shows = SketchesGiven, SketchesShown

    def act(self, row: Scene, values: dict[str, Any]) -> BulkResult:
        """Queue them."""
        shots = list(Shot.objects.filter(scene=row).values_list("pk", flat=True))
        act = Act.DRAFT if values["drafts"] == "all" else Act.SKETCH
        return shots_bulk(
            user=self.request.user, episode=row.episode, shots=shots, act=act, tier=Tier.PREVIZ
        )
