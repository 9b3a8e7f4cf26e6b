"""DriftReading: how far a picture lies from a version of its look, as a machine measured it. Not a verdict."""

from __future__ import annotations

from django.db import models

from apexsite.base.models import BaseModel
from projects.models import StyleBibleVersion
from renders.models.variant import Variant


class DriftReading(BaseModel):
    """One variant measured against one version of the look. Measured again it is overwritten: it follows from both.

    `features` are numbers by name in their own units, `parts` how far off each is from 0 to 1, `issues` what is said in
    words; `embedding` is a style model's vector, null where none is here, and `model_name` which.
    """

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="drifts")
    bible = models.ForeignKey(StyleBibleVersion, on_delete=models.CASCADE, related_name="drifts")
    distance = models.FloatField()
    features = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    issues = models.JSONField(default=list)
    embedding = models.JSONField(null=True, blank=True)
    model_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["variant", "bible"]
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "bible"], name="drift_once_per_variant_look"
            ),
            models.CheckConstraint(
                condition=models.Q(distance__gte=0) & models.Q(distance__lte=1),
                name="drift_in_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant} drift {self.distance:.3f}"
