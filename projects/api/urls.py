"""Addresses of productions under `/api/v1/`."""

from __future__ import annotations

from django.urls import path

from projects.api import productions as of

urlpatterns = [
    path("projects/", of.Projects.as_view(), name="projects"),
    path("projects/<uuid:project_id>/", of.ProjectOne.as_view(), name="project"),
    path("projects/<uuid:project_id>/members/", of.Members.as_view(), name="members"),
    path(
        "projects/<uuid:project_id>/members/<int:user_id>/", of.MemberOne.as_view(), name="member"
    ),
]
