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
