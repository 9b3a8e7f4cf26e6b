"""The style bible of a project, one row a version; exactly one is current."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from projects.models.project import Project


class StyleBibleVersion(BaseModel):
    """A checked bible document, never changed once written."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="bibles")
    version = models.PositiveIntegerField()
    document = models.JSONField()
    given = models.JSONField(default=dict, blank=True)
    """The document as somebody wrote it, without the schema's defaults: what an export gives back."""
    bible_hash = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["project", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="bible_version_once"),
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(is_current=True),
                name="bible_one_current_per_project",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} look v{self.version}"
