"""Doors to grades: of a production, a scene, a shot, and what a graded shot measures."""

from __future__ import annotations

from typing import Any

from projects import access
from projects.api.doors import One
from renders.api.grade_serializers import GradeGiven, GradeShown, ScopesShown
from renders.services.grades import Place, grade_save, project_of


class _Grade(One):
    """A place's grade; edits need `If-Match`."""

    def lock(self, row: Place) -> None:
        """Lock the production, as saving does."""
        super().lock(project_of(row))

    def change(self, row: Place, values: dict[str, Any]) -> None:
        """Save it."""
        grade_save(user=self.request.user, place=row, document=values["grade"])


class ProjectGrade(_Grade):
    """What a production's films are graded with; edits need `If-Match`."""

    noun, shows, accepts = "project_grades", GradeShown, GradeGiven
    find = staticmethod(access.project_for)


class SceneGrade(_Grade):
    """What a scene is graded with; edits need `If-Match`."""

    noun, shows, accepts = "scene_grades", GradeShown, GradeGiven
    find = staticmethod(access.scene_for)


class ShotGrade(_Grade):
    """What a shot is graded with; edits need `If-Match`."""

    noun, shows, accepts = "shot_grades", GradeShown, GradeGiven
    find = staticmethod(access.shot_for)


class ShotScopes(One):
    """What a shot's graded picture measures."""

    noun, shows, find = "shot_scopes", ScopesShown, staticmethod(access.shot_for)
