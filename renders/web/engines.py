"""Who draws: every engine with what it can and lacks, the project's wishes, what pictures cost, who was asked in vain."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apexsite.kit.errors import InputError
from projects import access
from projects.engine.fallback import FALLBACK_WORDS
from projects.models import Event, Project
from renders.readings.engines import engine_rows
from renders.readings.receipts import cost_words, costs_of, vain_of_project
from renders.services.enginewishes import engine_wishes_set


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def engines_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show who draws; the owner says who first and who may take over."""
    right = "manage" if request.method == "POST" else "view"
    project = access.project_for(request.user, project_id, right=right)
    if request.method != "POST":
        return _page(request, project)
    try:
        is_new = engine_wishes_set(
            user=request.user,
            project=project,
            fallback=request.POST.get("fallback", ""),
            engines=_wished(request.POST),
        )
    except InputError as err:
        return _page(request, project, error=err.message, status=400)
    messages.success(request, "Kept who draws." if is_new else "It was so already.")
    return redirect("engines", project.pk)


def _wished(values: QueryDict) -> list[str]:
    """Return the engines that were given a place, in its order; raises `InputError` for what is no whole number."""
    places = {}
    for key in values:
        name, given = key.removeprefix("place-"), values[key].strip()
        if key == name or not given:
            continue
        if not (given.isdecimal() and 1 <= int(given[:6]) <= 99):
            raise InputError(f"place={given!r} of {name} must be a whole number from 1 to 99")
        places[name] = int(given)
    return sorted(places, key=lambda name: places[name])


def _page(
    request: HttpRequest, project: Project, *, error: str = "", status: int = 200
) -> HttpResponse:
    costs, typed = costs_of(project), request.POST
    rows = engine_rows(project)
    context: dict[str, Any] = {
        "project": project,
        "episode": project.episodes.defer("script_text").first(),
        "engines": [(row, typed.get(f"place-{row.name}", str(row.place or ""))) for row in rows],
        "policies": [(policy.value, words) for policy, words in FALLBACK_WORDS.items()],
        "fallback": typed.get("fallback") or project.picture_fallback,
        "costs": costs,
        "total": cost_words(sum(cost.cents for cost in costs)),
        "vain": vain_of_project(project),
        "may_manage": access.may(request.user, project, "manage"),
        "error": error,
        "seq": Event.objects.filter(project=project).count(),
        "here": "engines",
    }
    return render(request, "renders/engines.html", context, status=status)
