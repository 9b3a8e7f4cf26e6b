"""The model ledger from outside, and pictures made again from their recipes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given
from projects.api.acts import Action
from projects.api.doors import Rows
from projects.api.script_serializers import Object
from projects.api.serializers import AT, UUID
from renders.api.film_serializers import JobShown
from renders.engine.models_manifest import KINDS
from renders.models import LedgerEntry, RenderJob, RerenderProof, Variant
from renders.readings.licences import state_of
from renders.readings.rows import variant_for
from renders.services.rerenders import rerender_request


@extend_schema_serializer(
    examples=example(
        {"id": "gemini-2.5-flash-image", "title": "Gemini 2.5 Flash Image (Nano Banana)",
         "kind": "model", "base": "", "vendor": "Google", "revision": "", "sha256": "",
         "size_bytes": None, "licence": "Gemini API Additional Terms of Service",
         "licence_source": "https://ai.google.dev/gemini-api/terms", "is_commercial": True,
         "sunset": "2026-10-02", "replacement": "gemini-3.1-flash-image", "state": "hosted",
         "used_by": ["gemini"], "note": ""}
    )
)  # fmt: skip
class ModelShown(serializers.ModelSerializer[LedgerEntry]):
    """A model, LoRA, voice or face model; where the site says otherwise than its maker, the site's word."""

    id = serializers.CharField(source="model_id")
    is_commercial = serializers.BooleanField(source="may_be_sold")
    sunset = serializers.DateField(source="ends_on", allow_null=True)
    replacement = serializers.CharField(source="next_model")
    note = serializers.CharField(source="site_note")
    state = serializers.SerializerMethodField(help_text="present, absent or hosted")
    used_by = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = LedgerEntry
        fields = (
            "id", "title", "kind", "base", "vendor", "revision", "sha256", "size_bytes", "licence",
            "licence_source", "is_commercial", "sunset", "replacement", "state", "used_by", "note",
        )  # fmt: skip
        read_only_fields = fields

    def get_state(self, row: LedgerEntry) -> str:
        """Return whether its file is on this machine."""
        return state_of(row)


class ModelsAsked(Given):
    """Narrow the list."""

    kind = serializers.ChoiceField(choices=KINDS, required=False)


class Models(Rows):
    """Models, LoRAs, voices and face models the site knows."""

    noun, shows, filters = "models", ModelShown, ModelsAsked
    order = ("model_id",)

    def rows(self, parent: Any) -> QuerySet[LedgerEntry]:
        """Return all of them."""
        return LedgerEntry.objects.all()


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "variant": UUID, "result": "same", "is_as_expected": True,
         "words": "Made again from what is kept of how it was made: the same bytes.", "sha256_was": "9f…",
         "sha256_now": "9f…", "psnr_db": None, "delta_e_mean": 0.0, "most_difference": 0,
         "differences": [], "seconds": 1.2, "created_at": AT}
    )
)  # fmt: skip
class ProofShown(serializers.ModelSerializer[RerenderProof]):
    """What came of making a picture again from its recipe alone."""

    differences = serializers.ListField(child=Object())

    class Meta:
        model = RerenderProof
        fields = (
            "id", "variant", "result", "is_as_expected", "words", "sha256_was", "sha256_now",
            "psnr_db", "delta_e_mean", "most_difference", "differences", "seconds", "created_at",
        )  # fmt: skip
        read_only_fields = fields


class Rerender(Action):
    """Make a picture again from its recipe alone; the answer is the job that proves it."""

    noun, verb, find, status = "variants", "rerender", staticmethod(variant_for), 202
    shows = JobShown

    def act(self, row: Variant, values: dict[str, Any]) -> RenderJob:
        """Queue it."""
        return rerender_request(user=self.request.user, variant=row)


class Proofs(Rows):
    """Proofs of a picture, newest first."""

    noun, shows, find, order = "proofs", ProofShown, staticmethod(variant_for), ("-created_at",)

    def rows(self, parent: Variant) -> QuerySet[RerenderProof]:
        """Return them."""
        return RerenderProof.objects.filter(variant=parent)
