"""A part of a delivery's sound."""

from __future__ import annotations

from django.db import models

from apexsite.base.models import BaseModel
from renders.models.cut import Delivery
from renders.models.media import Media


class Stem(BaseModel):
    """Dialogue, music or effects of a delivery, as long as the film; together they are its mix before the limiter."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="stems")
    kind = models.CharField(max_length=16)
    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["delivery", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "kind"], name="stem_one_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.delivery}"
