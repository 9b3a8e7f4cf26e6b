"""Episode → Scene → Shot: the script broken down."""

from __future__ import annotations

from django.db import models

from apexsite.base.models import BaseModel
from projects.engine.framing import (
    CameraAngle,
    CameraMove,
    Coverage,
    Join,
    Setting,
    ShotSize,
    TimeOfDay,
)
from projects.models.project import Project


def choices(enum: type) -> list[tuple[str, str]]:
    """Return a StrEnum as Django choices."""
    return [(item.value, item.value.replace("_", " ")) for item in enum]  # type: ignore[attr-defined]


class Episode(BaseModel):
    """One film of a project, with the script it came from."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="episodes")
    number = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    script_name = models.CharField(max_length=200, blank=True)
    script_text = models.TextField(blank=True)

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="episode_number_once"),
        ]

    def __str__(self) -> str:
        return self.title or f"Episode {self.number}"


class Scene(BaseModel):
    """A scene of the script; its place, time and mood hold for all its shots."""

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="scenes")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=300)
    setting = models.CharField(max_length=8, choices=choices(Setting), default=Setting.INT)
    place = models.CharField(max_length=200, blank=True)
    time_of_day = models.CharField(max_length=8, choices=choices(TimeOfDay), default=TimeOfDay.DAY)
    mood = models.CharField(max_length=100, blank=True)
    lighting = models.CharField(max_length=200, blank=True)
    weather = models.CharField(max_length=100, blank=True)
    first_line = models.PositiveIntegerField(default=0)
    last_line = models.PositiveIntegerField(default=0)
    bible_override = models.JSONField(default=dict, blank=True)
    look_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["episode", "number"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="scene_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"


class Shot(BaseModel):
    """A shot: the brief a director would fill in, in columns. Who is in it stands in `Casting`."""

    class Status(models.TextChoices):
        """Whether the shot is in the cut, and whether new variants were asked for."""

        ACTIVE = "active", "Active"
        RETAKE = "retake", "Retake"
        OMITTED = "omitted", "Omitted"

    scene = models.ForeignKey(Scene, on_delete=models.CASCADE, related_name="shots")
    code = models.CharField(max_length=32)
    order = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=Status, default=Status.ACTIVE)
    size = models.CharField(max_length=8, choices=choices(ShotSize), default=ShotSize.MS)
    angle = models.CharField(max_length=16, choices=choices(CameraAngle), default=CameraAngle.EYE)
    coverage = models.CharField(max_length=16, choices=choices(Coverage), default=Coverage.SINGLE)
    lens_mm = models.PositiveIntegerField(default=50)
    move = models.CharField(max_length=24, choices=choices(CameraMove), default=CameraMove.STATIC)
    transition_in = models.CharField(max_length=24, choices=choices(Join), default=Join.AUTOMATIC)
    duration_frames = models.PositiveIntegerField(default=72)
    action = models.TextField(blank=True)
    speaker = models.CharField(max_length=100, blank=True)
    dialogue = models.TextField(blank=True)
    prop = models.CharField(max_length=100, blank=True)
    blocking = models.JSONField(default=dict, blank=True)
    bible_override = models.JSONField(default=dict, blank=True)
    prompt_edits = models.JSONField(default=dict, blank=True)
    """What was written by hand over the parts of the prompt; empty where the brief and the look say all."""
    first_line = models.PositiveIntegerField(default=0)
    last_line = models.PositiveIntegerField(default=0)
    brief_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["scene", "order"]
        constraints = [
            models.UniqueConstraint(fields=["scene", "code"], name="shot_code_once_per_scene"),
            models.UniqueConstraint(fields=["scene", "order"], name="shot_order_once_per_scene"),
            models.CheckConstraint(
                condition=models.Q(duration_frames__gte=1), name="shot_at_least_one_frame"
            ),
        ]

    def __str__(self) -> str:
        return self.code
