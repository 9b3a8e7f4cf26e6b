"""Cut (a saved timeline document) and Delivery (a file made from it, with its check)."""

from __future__ import annotations

from django.db import models

from apexsite.base.models import BaseModel
from projects.models import Episode
from renders.engine.export.profiles import plays_in_browsers, profile_title
from renders.models.job import RenderTask
from renders.models.media import Media
from renders.models.variant import Tier


class Cut(BaseModel):
    """A version of an episode's cut."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="cuts")
    version = models.PositiveIntegerField()
    tier = models.CharField(max_length=16, choices=Tier)
    document = models.JSONField(default=dict)
    inputs_hash = models.CharField(max_length=64, blank=True)
    duration_frames = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["episode", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "version"], name="cut_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.episode} cut {self.version}"


class Delivery(BaseModel):
    """A finished file of a cut: film, contact sheet, and the check's report."""

    cut = models.ForeignKey(Cut, on_delete=models.CASCADE, related_name="deliveries")
    task = models.OneToOneField(
        RenderTask, null=True, on_delete=models.SET_NULL, related_name="delivery"
    )
    profile = models.CharField(max_length=32)
    is_preview = models.BooleanField(default=False)
    film = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    contact_sheet = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    poster = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    frames = models.PositiveIntegerField()
    qc_verdict = models.CharField(max_length=16)
    qc_report = models.JSONField()
    recipe = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.cut} {self.profile}"

    @property
    def made_as(self) -> str:
        """Return what the file is called on a page."""
        return "Preview" if self.is_preview else profile_title(self.profile)

    @property
    def plays_in_browsers(self) -> bool:
        """Return whether a page can play the file."""
        return self.is_preview or plays_in_browsers(self.profile)
