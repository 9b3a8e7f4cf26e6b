"""Media by content: one row a sha256, referenced by many."""

from __future__ import annotations

from django.db import models

from apexsite.base.models import BaseModel


class Media(BaseModel):
    """A file in the content store. Never served by itself, always through the row that uses it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=64)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.content_type} {self.sha256[:12]}"


class KeptSample(BaseModel):
    """A file that can be made again from what its key hashes: a spoken line, a portrait. Kept so it is made once."""

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16)
    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.key[:12]}"
