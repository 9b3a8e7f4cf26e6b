"""A line somebody recorded, in place of a synthetic voice."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from projects.models import Shot
from renders.models.media import Media


class LineRecording(BaseModel):
    """A recording of a shot's line. It is played while the shot's words are those it was recorded for."""

    shot = models.ForeignKey(Shot, on_delete=models.CASCADE, related_name="recordings")
    text = models.TextField()
    sound = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    original = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    seconds = models.FloatField()
    facts = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shot"], name="recording_one_a_shot"),
        ]

    def __str__(self) -> str:
        return f"{self.shot.code} {self.file_name}"
