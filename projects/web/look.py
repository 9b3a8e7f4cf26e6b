"""The style bible's page: palette, words, and a new version from a JSON document."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from apexsite.kit.errors import ApexError, InputError
from projects import access
from projects.models import Event, StyleBibleVersion
from projects.services.bibles import bible_publish


@login_required
def look_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the current look; publish a new one from JSON."""
    right = "approve" if request.method == "POST" else "view"
    project = access.project_for(request.user, project_id, right=right)
    error, status = "", 200
    if request.method == "POST":
        try:
            bible_publish(user=request.user, project=project, document=_document(request))
        except ApexError as err:
            error, status = err.message, err.http_status
        else:
            messages.success(
                request, "The look is published. Approvals made on the old one show stale."
            )
            return redirect("look", project.pk)
    versions = list(StyleBibleVersion.objects.filter(project=project).select_related("created_by"))
    current = next(version for version in versions if version.is_current)
    context = {
        "project": project,
        "episode": project.episodes.first(),
        "bible": current,
        "versions": versions,
        "document": request.POST.get("document")
        or json.dumps(current.document, indent=2, ensure_ascii=False),
        "error": error,
        "may_approve": access.may(request.user, project, "approve"),
        "seq": Event.objects.filter(project=project).count(),
        "here": "look",
    }
    return render(request, "projects/look.html", context, status=status)


@login_required
def look_export(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Return the current look as `style_bible.json`."""
    project = access.project_for(request.user, project_id, right="view")
    current = StyleBibleVersion.objects.get(project=project, is_current=True)
    answer = JsonResponse(current.document, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="style_bible.json"'
    return answer


def _document(request: HttpRequest) -> dict[str, object]:
    try:
        document = json.loads(request.POST.get("document", ""))
    except json.JSONDecodeError as err:
        raise InputError(f"the document is not JSON: {err.msg} at line {err.lineno}") from err
    if not isinstance(document, dict):
        raise InputError("the document must be a JSON object")
    return document
