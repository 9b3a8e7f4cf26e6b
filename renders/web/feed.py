"""A project's activity: what happened, by whom, newest first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apexsite.kit.errors import InputError
from projects import access
from projects.models import Event, Project
from renders.readings.feed import feed_of, kinds
from renders.readings.talk import people_of


@login_required
def activity_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the feed of a project."""
    project = access.project_for(request.user, project_id, right="view")
    # Before the rows: an event that falls between is then told twice, never left out.
    seq = Event.objects.filter(project=project).count()
    asked = _asked(request)
    feed = feed_of(project, cursor=request.GET.get("cursor", ""), **asked)
    context = {
        "project": project,
        "episode": project.episodes.first(),
        "feed": feed,
        "people": people_of(project),
        "kinds": kinds(),
        "query": urlencode({k: v for k, v in asked.items() if v}),
        "is_first": "cursor" not in request.GET,
        **asked,
        "seq": seq,
        "here": "activity",
    }
    return render(request, "renders/activity.html", context)


@login_required
def activity_new(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Return the rows that came after a number, to put them on top."""
    project: Project = access.project_for(request.user, project_id, right="view")
    given = request.GET.get("since", "")
    if not given.isdecimal() or len(given) > 18:
        raise InputError(f"since={given[:40]!r} must be a number of the log")
    feed = feed_of(project, since=int(given), **_asked(request))
    return render(request, "renders/_feed_rows.html", {"feed": feed})


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {"person": request.GET.get("person", ""), "kind": request.GET.get("kind", "")}
