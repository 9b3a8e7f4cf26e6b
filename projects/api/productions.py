"""Doors to productions and their members."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from projects import access
from projects.api.doors import Door, One, Rows
from projects.api.serializers import (
    MemberGiven,
    MemberShown,
    ProjectEdited,
    ProjectGiven,
    ProjectShown,
)
from projects.models import Membership, Project
from projects.readings.rows import members_of, projects_of
from projects.services.projects import (
    member_add,
    member_remove,
    project_create,
    project_mark_commercial,
)


class Projects(Rows):
    """Productions one is a member of, newest first."""

    noun, shows, accepts = "projects", ProjectShown, ProjectGiven
    order = ("-created_at",)

    def rows(self, parent: Any) -> QuerySet[Project]:
        """Return those the person may see."""
        return projects_of(self.request.user)

    def add(self, parent: Any, values: dict[str, Any]) -> Project:
        """Start a production."""
        rate = FrameRate.parse(values.pop("rate"))
        return project_create(user=self.request.user, rate=rate, **values)


class ProjectOne(One):
    """A production."""

    noun, shows, find = "projects", ProjectShown, staticmethod(access.project_for)
    accepts, right = ProjectEdited, "manage"

    def change(self, row: Project, values: dict[str, Any]) -> None:
        """Say whether it is commercial."""
        project_mark_commercial(user=self.request.user, project=row, **values)


class Members(Rows):
    """Who works on a production; adding somebody who is in changes their role."""

    noun, shows, accepts = "members", MemberShown, MemberGiven
    find, right = staticmethod(access.project_for), "manage"

    def rows(self, parent: Project) -> QuerySet[Membership]:
        """Return them in the order they came."""
        return members_of(parent)

    def add(self, parent: Project, values: dict[str, Any]) -> Membership:
        """Give a role."""
        member = User.objects.filter(username=values["username"], is_active=True).first()
        if member is None:
            raise InputError(f"username={values['username']!r} has no account here")
        return member_add(
            user=self.request.user, project=parent, member=member, role=values["role"]
        )


class MemberOne(Door):
    """Take a person off a production."""

    http_method_names = ("delete",)
    find, right = staticmethod(access.project_for), "manage"

    @extend_schema(operation_id="members_remove", tags=["members"], responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        """Take a person off a production."""
        project = self.found("manage")
        member = User.objects.filter(pk=kwargs["user_id"]).first()
        if member is None:
            raise InputError(f"user={kwargs['user_id']} is not a member")
        member_remove(user=request.user, project=project, member=member)
        return Response(status=204)
