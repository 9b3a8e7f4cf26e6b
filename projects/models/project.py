"""Project and who works on it."""

from __future__ import annotations

from fractions import Fraction

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from apexsite.kit.timecode import FrameRate
from projects.engine.fallback import FALLBACK_WORDS, Fallback


class Role(models.TextChoices):
    """What a member may do; each role may do what stands below it, but only a director approves (and an owner)."""

    OWNER = "owner", "Owner"
    DIRECTOR = "director", "Director"
    ARTIST = "artist", "Artist"
    REVIEWER = "reviewer", "Reviewer"
    VIEWER = "viewer", "Viewer"


class Project(BaseModel):
    """A production: exact rate, raster, and everything under it.

    `is_commercial` says that it earns money: weights that may not be used for that are refused.
    `picture_engines` are the engines it would rather have its pictures drawn by, the first first; `picture_fallback`
    says who may take over from one that does not draw.
    """

    name = models.CharField(max_length=200)
    fps_numerator = models.PositiveIntegerField(default=24000)
    fps_denominator = models.PositiveIntegerField(default=1001)
    width = models.PositiveIntegerField(default=1920)
    height = models.PositiveIntegerField(default=1080)
    is_commercial = models.BooleanField(default=False)
    picture_fallback = models.CharField(
        max_length=8,
        choices=[(one.value, words) for one, words in FALLBACK_WORDS.items()],
        default=Fallback.HOUSE,
    )
    picture_engines = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fps_numerator__gt=0) & models.Q(fps_denominator__gt=0),
                name="project_fps_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(width__gte=16) & models.Q(height__gte=16),
                name="project_raster_at_least_16",
            ),
            models.CheckConstraint(
                condition=models.Q(picture_fallback__in=[one.value for one in Fallback]),
                name="project_fallback_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rate(self) -> FrameRate:
        """Return the exact frame rate."""
        return FrameRate(Fraction(self.fps_numerator, self.fps_denominator))


class Membership(BaseModel):
    """One person's role in one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=16, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {self.role} of {self.project}"
