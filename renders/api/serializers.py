"""How pictures and verdicts look from outside, and what may be sent to them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given, whole
from projects.api.script_serializers import Object
from projects.api.serializers import AT, UUID, choice_of
from renders.api.option_fields import Options
from renders.bridge import shot_inputs_hash
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import QUALITIES
from renders.engine.lessons.reasons import CHOICES
from renders.models import (
    Review,
    Score,
    Tier,
    Variant,
    Verdict,
)

LINK = f"/api/v1/variants/{UUID}/picture"


@extend_schema_field({"type": "string", "format": "uri-reference"})
class Link(serializers.Field):
    """The address of a file; it asks for the same token."""

    def __init__(self, route: str) -> None:
        self.route = route
        super().__init__(source="pk", read_only=True)

    def to_representation(self, value: Any) -> str:
        """Return the address."""
        return reverse(f"api:{self.route}", args=[value])


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "shot": UUID, "code": "1A", "tier": "storyboard", "number": 2,
         "verdict": "waiting", "score_total": 0.81, "score_reason": "clear silhouette",
         "defect": "", "engine": "sketch", "is_stale": False, "width": 1920, "height": 1080,
         "picture": LINK, "thumbnail": LINK, "created_at": AT}
    )
)  # fmt: skip
class VariantShown(serializers.ModelSerializer[Variant]):
    """A candidate picture of a shot; stale when its brief changed since it was made."""

    code = serializers.CharField(source="shot.code")
    is_stale = serializers.SerializerMethodField()
    width = serializers.IntegerField(source="media.width")
    height = serializers.IntegerField(source="media.height")
    receipt = serializers.SerializerMethodField(
        help_text="Who drew it, how long it took, what it cost."
    )
    hops = serializers.SerializerMethodField(help_text="Who was asked before and did not draw.")
    picture = Link("variant-picture")
    thumbnail = Link("variant-thumbnail")

    class Meta:
        model = Variant
        fields = (
            "id", "shot", "code", "tier", "number", "verdict", "score_total", "score_reason",
            "defect", "engine", "quality", "sketch", "is_stale", "width", "height", "receipt", "hops", "picture", "thumbnail",
            "created_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_is_stale(self, variant: Variant) -> bool:
        """Return whether the brief is another by now; a list brings the hashes of all its shots."""
        known = self.context.get("hashes")
        present = known[variant.shot_id] if known else shot_inputs_hash(variant.shot)
        return bool(variant.inputs_hash != present)

    @extend_schema_field(Object)
    def get_receipt(self, variant: Variant) -> dict[str, Any]:
        """Return the receipt of the asking that drew it; empty for a brought picture."""
        return dict(variant.recipe.get("receipt") or {})

    @extend_schema_field({"type": "array", "items": {"type": "object"}})
    def get_hops(self, variant: Variant) -> list[dict[str, Any]]:
        """Return the receipts of the askings before."""
        return list(variant.recipe.get("hops") or [])


class VariantsAsked(Given):
    """Which variants."""

    shot = serializers.UUIDField(required=False)
    tier = choice_of(Tier.choices)
    verdict = choice_of(Verdict.choices)


@extend_schema_serializer(
    examples=example(
        {"count": 3, "tier": "final", "start": "7d444840-9dc0-11d1-b245-5ffdce74fad2", "show_cast": True,
         "options": {"strength": 0.5, "tightness": 0.4, "finish": {"sharpen": 0.3, "grain": 0.2}}}
    )
)  # fmt: skip
class VariantsGiven(Given):
    """How many variants of which fidelity; `lines` bounds the shorter side, for a preview; `quality` is previz's alone."""

    count = whole(least=1, most=64, default=3)
    tier = serializers.ChoiceField(choices=Tier.choices, default=Tier.STORYBOARD)
    quality = serializers.ChoiceField(choices=QUALITIES, default="draft")
    seed = whole(required=False)
    lines = whole(least=64, most=4320, required=False)
    engine = serializers.ChoiceField(
        choices=BACKENDS.names(), default="", allow_blank=True,
        help_text="Who draws; empty to have it chosen by fit and by the project's order.",
    )  # fmt: skip
    options = Options(required=False)
    start = serializers.UUIDField(
        required=False,
        help_text="A picture of the same production to draw over; options.strength says how much of it is redrawn. "
        "Engines that cannot refuse.",
    )
    show_cast = serializers.BooleanField(
        default=True,
        help_text="Show an engine that looks at pictures the approved final picture of each of the cast, where there is one.",
    )
    leave_off = serializers.ListField(
        child=serializers.ChoiceField(choices=CHOICES),
        max_length=len(CHOICES),
        default=list,
        help_text="Reasons of rejections that this batch does not learn from.",
    )


@extend_schema_serializer(examples=example({"reason": "the better silhouette"}))
class ApproveGiven(Given):
    """Why, if one likes to say."""

    reason = serializers.CharField(max_length=400, default="", allow_blank=True)


@extend_schema_serializer(examples=example({"reasons": ["too_dark"], "reason": "her face is lost"}))
class RejectGiven(Given):
    """Why not: reasons of the fixed list, words, or both. Reasons change the next batch; words are for people."""

    reasons = serializers.ListField(
        child=serializers.ChoiceField(choices=CHOICES), max_length=len(CHOICES), default=list
    )
    reason = serializers.CharField(max_length=400, default="", allow_blank=True)


@extend_schema_serializer(
    examples=example(
        {"criterion": "technical", "weight": 0.25, "value": 0.9, "reason": "no banding",
         "sub_scores": []}
    )
)  # fmt: skip
class ScoreShown(serializers.ModelSerializer[Score]):
    """One criterion of the machine's score, with its reason."""

    sub_scores = serializers.ListField(child=Object())

    class Meta:
        model = Score
        fields = ("criterion", "weight", "value", "reason", "sub_scores")
        read_only_fields = fields


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "variant": UUID, "verdict": "approved", "actor_kind": "person",
         "actor": "dora", "reason": "", "carried_from": None, "created_at": AT}
    )
)  # fmt: skip
class ReviewShown(serializers.ModelSerializer[Review]):
    """A verdict as it was given: by a person, or by a policy that says so."""

    actor = serializers.CharField(source="actor.username", default=None, allow_null=True)

    class Meta:
        model = Review
        fields = (
            "id", "variant", "verdict", "actor_kind", "actor", "reason", "reasons", "carried_from",
            "created_at",
        )  # fmt: skip
        read_only_fields = fields
