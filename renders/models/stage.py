"""The further files of a picture: what the previz stage makes beside it."""

from __future__ import annotations

from django.db import models

from apexsite.base.models import BaseModel
from renders.models.media import Media
from renders.models.variant import Variant


class VariantFile(BaseModel):
    """A further file of a picture: depth, masks, normal, blend."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=16)
    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["variant", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "kind"], name="variant_file_kind_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.variant}"
