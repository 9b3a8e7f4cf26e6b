"""Character and Casting. Casting joins Shot and Character and lives here, so `projects` never looks right."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from projects.models import Project, Shot


class Character(BaseModel):
    """A person of the story. `profile` is the engine's document; `profile_sources` says which rule gave each value.

    `body` is the same person as the previz stage builds them (`apex.body`), empty until the stage is first asked.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="characters")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    profile = models.JSONField()
    profile_sources = models.JSONField(default=dict, blank=True)
    cast_hash = models.CharField(max_length=64)
    body = models.JSONField(default=dict, blank=True)
    body_sources = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["project", "name"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="character_key_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CharacterVersion(BaseModel):
    """A character as they once stood, never changed: what was said of them, by which rule, and who said it."""

    character = models.ForeignKey(Character, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    profile = models.JSONField()
    profile_sources = models.JSONField(default=dict, blank=True)
    body = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["character", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["character", "version"], name="character_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.character} v{self.version}"


class Casting(BaseModel):
    """A character in a shot, at a place in the frame from left to right."""

    shot = models.ForeignKey(Shot, on_delete=models.CASCADE, related_name="castings")
    character = models.ForeignKey(Character, on_delete=models.CASCADE, related_name="castings")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["shot", "position"]
        constraints = [
            models.UniqueConstraint(fields=["shot", "character"], name="casting_once_per_shot"),
        ]

    def __str__(self) -> str:
        return f"{self.character} in {self.shot}"
