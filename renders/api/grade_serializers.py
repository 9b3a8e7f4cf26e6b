"""How grades and scopes look from outside, and what may be sent to them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Document, Given
from projects.api.script_serializers import Object
from projects.api.serializers import UUID
from projects.models import Shot
from renders.models import Tier
from renders.readings.grading import fold_of, scopes_of, source_of
from renders.services.grades import Place, current_version, layers_of, project_of

GRADE = {"schema": "apex.grade/1", "exposure_stops": 0.2, "contrast_percent": 15.0}


@extend_schema_serializer(
    examples=example({"id": UUID, "version": 3, "own": GRADE, "grade": {**GRADE, "vignette": 0.3}})
)
class GradeShown(serializers.Serializer[Any]):
    """What a place says itself (`own`), and what it is graded with: all layers laid over one another.

    Numbers that change nothing are left out. Stops, percent, kelvin (5600 changes nothing), degrees.
    """

    id = serializers.UUIDField(help_text="The production, scene or shot.")
    version = serializers.IntegerField(help_text="0 while nothing was said.")
    own = Object()
    grade = Object()

    def to_representation(self, instance: Place) -> dict[str, Any]:
        """Return it from the rows."""
        layers = layers_of(project_of(instance))
        return {
            "id": str(instance.pk),
            "version": current_version(instance),
            "own": layers.own(instance) or {"schema": "apex.grade/1"},
            "grade": layers.of(instance).to_document(),
        }


@extend_schema_serializer(examples=example({"grade": GRADE}))
class GradeGiven(Given):
    """The whole grade as it shall be; what it leaves out changes nothing."""

    grade = Document(
        help_text="`apex.grade/1`: flat names and numbers; `lut` names an imported table."
    )


@extend_schema_serializer(
    examples=example(
        {"shot": UUID, "tier": "storyboard", "fold": {"points": 65, "de2000_p99": 0.11},
         "scopes": {"luma_p50_percent": 27.8, "clipped_black_percent": 2.28}}
    )
)  # fmt: skip
class ScopesShown(serializers.Serializer[Any]):
    """What the graded picture of a shot measures, and how exactly its grade is done."""

    shot = serializers.UUIDField()
    tier = serializers.CharField()
    fold = Object(
        help_text="Points of the cube of colours, 0 for none, and its error in CIEDE2000."
    )
    scopes = Object(help_text="Percents, degrees, and the histogram by level.")

    def to_representation(self, instance: Shot) -> dict[str, Any]:
        """Return it from the picture."""
        grade = layers_of(project_of(instance)).of(instance)
        sha256 = source_of(instance, tier=Tier.STORYBOARD)
        return {
            "shot": str(instance.pk),
            "tier": str(Tier.STORYBOARD),
            "fold": fold_of(grade).to_document(),
            "scopes": scopes_of(sha256, grade=grade).numbers(),
        }
