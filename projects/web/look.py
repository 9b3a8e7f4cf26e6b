"""The style bible's page: a form with swatches, versions with what changed, `style_bible.json` in and out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apexsite.kit.errors import ApexError, InputError, StaleEdit
from projects import access
from projects.engine.biblesheet import FIELDS, differences, others, value_of
from projects.models import Event, Project, Shot, StyleBibleVersion
from projects.services.bibles import bible_export, bible_publish, bible_restore
from projects.web.lookdiffering import differing, homeless_styles
from projects.web.lookform import (
    Raw,
    as_given,
    document_sent,
    groups_of,
    history_of,
    raw_of,
    read_form,
    version_began,
)

PUBLISHED = "The look is published as version {}. Approvals made on the old one show stale."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def look_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the current look; publish a new one from the form, or from a whole document."""
    right = "approve" if request.method == "POST" else "view"
    project = access.project_for(request.user, project_id, right=right)
    if request.method != "POST":
        return _page(request, project)
    if "document" in request.POST or "file" in request.FILES:
        return _import(request, project)
    raw = raw_of(request)
    began = version_began(project, request.POST.get("version", ""))
    if began is None:
        raise InputError("the form names no version of the look; open the page again")
    document, faults = read_form(raw, began)
    if faults:
        return _page(request, project, raw=raw, faults=faults, began=began, status=400)
    try:
        row = bible_publish(
            user=request.user, project=project, document=document, version=began.version
        )
    except StaleEdit:
        return _stale(request, project, began, document)
    except ApexError as err:
        return _page(
            request, project, raw=raw, began=began, error=err.message, status=err.http_status
        )
    messages.success(request, PUBLISHED.format(row.version))
    return redirect("look", project.pk)


def _import(request: HttpRequest, project: Project) -> HttpResponse:
    try:
        row = bible_publish(user=request.user, project=project, document=document_sent(request))
    except ApexError as err:
        return _page(
            request,
            project,
            error=err.message,
            paths=err.facts.get("fields"),
            status=err.http_status,
        )
    messages.success(request, PUBLISHED.format(row.version))
    return redirect("look", project.pk)


def _stale(
    request: HttpRequest, project: Project, began: StyleBibleVersion, mine: dict[str, Any]
) -> HttpResponse:
    """Show both lists of changes; the form holds yours laid over theirs, ready to publish."""
    current = StyleBibleVersion.objects.get(project=project, is_current=True)
    raw: Raw = {}
    ours = {
        name: line for _, lines in groups_of(mine) for name, line in ((x.name, x) for x in lines)
    }
    for field in FIELDS:
        if value_of(mine, field) != value_of(began.document, field):
            raw.update(ours[field.name].typed)
    both = {
        "by": current.created_by,
        "theirs": differences(began.document, current.document),
        "yours": differences(began.document, mine),
    }
    return _page(request, project, raw=raw, began=current, both=both, status=412)


def _page(
    request: HttpRequest,
    project: Project,
    *,
    raw: Raw | None = None,
    faults: dict[str, str] | None = None,
    began: StyleBibleVersion | None = None,
    both: dict[str, Any] | None = None,
    error: str = "",
    paths: Any = None,
    status: int = 200,
) -> HttpResponse:
    current = StyleBibleVersion.objects.select_related("created_by").get(
        project=project, is_current=True
    )
    shown = began or current
    context = {
        "project": project,
        "episode": project.episodes.first(),
        "bible": current,
        "began": shown,
        "groups": groups_of(as_given(shown), raw, faults),
        "swatches": groups_of(current.document)[0][1],
        "others": others(as_given(shown)),
        "history": history_of(project),
        "differing": differing(project, current.document),
        "homeless": homeless_styles(project, current.document),
        "has_sample": Shot.objects.filter(scene__episode__project=project)
        .exclude(status=Shot.Status.OMITTED)
        .exists(),
        "document": request.POST.get("document", ""),
        "faults": faults or {},
        "both": both,
        "error": error,
        "paths": paths or {},
        "may_approve": access.may(request.user, project, "approve"),
        "seq": Event.objects.filter(project=project).count(),
        "here": "look",
    }
    return render(request, "projects/look.html", context, status=status)


@require_safe
@login_required
def look_export(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Return the current look as `style_bible.json`, key for key as it was given."""
    project = access.project_for(request.user, project_id, right="view")
    current = StyleBibleVersion.objects.get(project=project, is_current=True)
    answer = JsonResponse(
        bible_export(current), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = 'attachment; filename="style_bible.json"'
    return answer


@require_POST
@login_required
def look_restore(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Make an older look the current one again."""
    project = access.project_for(request.user, project_id, right="approve")
    asked = request.POST.get("version", "")
    if not asked.isdecimal() or len(asked) > 8:
        raise InputError(f"version={asked[:20]!r} must be a whole number")
    row = bible_restore(user=request.user, project=project, version=int(asked))
    messages.success(request, f"The look of version {asked} is back, as version {row.version}.")
    return redirect("look", project.pk)
