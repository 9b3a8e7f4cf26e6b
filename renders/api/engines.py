"""Doors to the engines: who can draw, and a production's wishes."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given
from apexsite.base.api.versions import answer_with_etag
from projects import access
from projects.api.acts import Action
from projects.api.doors import Door
from projects.engine.fallback import FALLBACK_WORDS, Fallback
from projects.models import Project
from renders.engine.imaging.base import SEED_MEANINGS
from renders.readings.engines import EngineRow, engine_rows
from renders.readings.receipts import costs_of
from renders.services.enginewishes import engine_wishes_set


class EngineShown(serializers.Serializer[EngineRow]):
    """One engine with what it can; `place` is its place in the production's wish, 0 for none."""

    name = serializers.CharField()
    title = serializers.CharField()
    tier = serializers.CharField(help_text="The fidelity it draws, or any.")
    is_available = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why it is not here.")
    remedy = serializers.CharField(help_text="What to set or install.")
    cost_cents = serializers.IntegerField(
        help_text="US cents for a small picture; 0 where nobody told a price."
    )
    seed = serializers.ChoiceField(choices=SEED_MEANINGS)
    most_references = serializers.IntegerField()
    needs_network = serializers.BooleanField()
    licence = serializers.CharField()
    is_commercial = serializers.BooleanField()
    watermark = serializers.CharField()
    model_id = serializers.CharField()
    place = serializers.IntegerField()


class SpentShown(serializers.Serializer[Any]):
    """What an engine drew for the production and what that cost."""

    engine = serializers.CharField()
    drawn = serializers.IntegerField()
    failed = serializers.IntegerField()
    cents = serializers.FloatField()


@extend_schema_serializer(
    examples=example(
        {"fallback": "house", "order": ["gemini"],
         "engines": [{"name": "gemini", "title": "Gemini 3.1 Flash Image", "tier": "final",
                      "is_available": False, "reason": "no key for Google's Gemini is set",
                      "remedy": "a key in APEX_GEMINI_KEY", "cost_cents": 7,
                      "seed": "best_effort", "most_references": 14, "needs_network": True,
                      "licence": "Google's terms", "is_commercial": True,
                      "watermark": "SynthID", "model_id": "gemini-3.1-flash-image", "place": 1}],
         "spent": [{"engine": "gemini", "drawn": 3, "failed": 1, "cents": 20.1}]}
    )
)  # fmt: skip
class EnginesShown(serializers.Serializer[Any]):
    """Who draws for a production."""

    fallback = serializers.ChoiceField(choices=list(FALLBACK_WORDS.items()))
    order = serializers.ListField(child=serializers.CharField())
    engines = EngineShown(many=True)
    spent = SpentShown(many=True)


@extend_schema_serializer(examples=example({"fallback": "any", "order": ["gemini"]}))
class WishesGiven(Given):
    """Who is asked first, and who may take over from one that does not draw."""

    fallback = serializers.ChoiceField(choices=[one.value for one in Fallback])
    order = serializers.ListField(
        child=serializers.CharField(max_length=64), default=list, max_length=32
    )


@extend_schema_view(
    get=extend_schema(
        operation_id="engines_list",
        tags=["engines"],
        summary="Who draws for a production: engines, its wishes, what was spent.",
        responses=EnginesShown,
    )
)
class Engines(Door):
    """Who draws for a production: engines, its wishes, what was spent."""

    noun, shows, find = "engines", EnginesShown, staticmethod(access.project_for)

    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        """Return them with their ETag."""
        return answer_with_etag(request, self.shown(_shown(self.found("view"))))


class WishEngines(Action):
    """Say who draws a production's pictures first, and who may take over."""

    noun, verb, find, right = "projects", "wish_engines", staticmethod(access.project_for), "manage"
    accepts, shows = WishesGiven, EnginesShown

    def act(self, row: Project, values: dict[str, Any]) -> dict[str, Any]:
        """Keep them."""
        user = self.request.user
        engine_wishes_set(
            user=user, project=row, fallback=values["fallback"], engines=values["order"]
        )
        return _shown(row)


def _shown(project: Project) -> dict[str, Any]:
    return {
        "fallback": project.picture_fallback,
        "order": project.picture_engines,
        "engines": engine_rows(project),
        "spent": costs_of(project),
    }
