"""GradeVersion (what a film, a scene or a shot is graded with) and ColourTable (an imported .cube)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from projects.models import Project, Scene, Shot
from renders.models.media import Media


class GradeVersion(BaseModel):
    """A version of one place's grade, never changed once written; exactly one of a place is current.

    The place is the shot, else the scene, else the whole project. `document` holds what the place says itself.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="grades")
    scene = models.ForeignKey(Scene, null=True, on_delete=models.CASCADE, related_name="grades")
    shot = models.ForeignKey(Shot, null=True, on_delete=models.CASCADE, related_name="grades")
    version = models.PositiveIntegerField()
    document = models.JSONField(default=dict)
    is_current = models.BooleanField(default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["project", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="grade_version_once"),
            models.UniqueConstraint(
                fields=["project"],
                condition=models.Q(is_current=True, scene=None, shot=None),
                name="grade_one_current_per_project",
            ),
            models.UniqueConstraint(
                fields=["scene"],
                condition=models.Q(is_current=True, scene__isnull=False),
                name="grade_one_current_per_scene",
            ),
            models.UniqueConstraint(
                fields=["shot"],
                condition=models.Q(is_current=True, shot__isnull=False),
                name="grade_one_current_per_shot",
            ),
            models.CheckConstraint(
                condition=models.Q(scene=None) | models.Q(shot=None), name="grade_of_one_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shot or self.scene or self.project} grade {self.version}"


class ColourTable(BaseModel):
    """A .cube file of a project, kept by its content as it came."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="colour_tables")
    title = models.CharField(max_length=200)
    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    is_3d = models.BooleanField(default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["project", "title", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "media"], name="colour_table_once"),
        ]

    def __str__(self) -> str:
        return self.title
