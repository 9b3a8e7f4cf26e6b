"""The Models page: what there is to draw and speak with, under which licence, until when, and what the production used."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from apexsite.kit.errors import InputError
from projects import access
from projects.models import Event, Project
from projects.services.projects import project_mark_commercial
from renders.readings.licences import (
    LedgerLine,
    ledger_lines,
    restricted_films,
    restricted_pictures,
)

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Picture models", ("model",)),
    ("LoRAs", ("lora",)),
    ("Parts of picture models", ("vae", "adapter")),
    ("Voices", ("voice",)),
    ("Faces and bodies", ("face",)),
    ("Hearing", ("speech",)),
    ("Judging pictures", ("score",)),
)

MOST_PICTURES = 50
"""How many pictures one list of the page names. House choice: more is no list a person reads."""


@login_required
def models_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the ledger for a production; its owner says there whether it is commercial."""
    project = access.project_for(request.user, project_id, right="view")
    return render(request, "renders/models.html", _context(request, project))


@require_POST
@login_required
def commercial(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Say whether the production is commercial; what it used already and may not sell is listed then."""
    project = access.project_for(request.user, project_id, right="manage")
    asked = request.POST.get("is_commercial", "")
    if asked not in ("yes", "no"):
        raise InputError(f"is_commercial={asked[:20]!r} must be yes or no")
    is_new = project_mark_commercial(
        user=request.user, project=project, is_commercial=asked == "yes"
    )
    if is_new and project.is_commercial:
        messages.success(request, "This production is commercial now: other licences are refused.")
    elif is_new:
        messages.info(
            request, "This production is not commercial any more: every licence may draw."
        )
    return redirect("models", project.pk)


def _context(request: HttpRequest, project: Project) -> dict[str, Any]:
    lines = ledger_lines(project, today=timezone.localdate())
    pictures = restricted_pictures(project)
    return {
        "project": project,
        "episode": project.episodes.first(),
        "groups": [(name, rows) for name, kinds in GROUPS if (rows := _of(lines, kinds, project))],
        "warned": [line for line in lines if line.notice and not line.is_gone],
        "pictures": pictures[:MOST_PICTURES],
        "more_pictures": max(0, len(pictures) - MOST_PICTURES),
        "films": restricted_films(project, pictures),
        "may_manage": access.may(request.user, project, "manage"),
        "seq": Event.objects.filter(project=project).count(),
        "here": "models",
    }


def _of(lines: list[LedgerLine], kinds: tuple[str, ...], project: Project) -> list[dict[str, Any]]:
    """Return the entries of some kinds: what is here and used first, what is gone last."""
    ordered = sorted(
        (line for line in lines if line.entry.kind in kinds),
        key=lambda line: (
            line.is_gone,
            -len(line.pictures),
            line.state == "absent",
            line.entry.title,
        ),
    )
    return [
        {
            "line": line,
            "is_refused": project.is_commercial and not line.entry.may_be_sold,
            "shown": line.pictures[:MOST_PICTURES],
            "more": max(0, len(line.pictures) - MOST_PICTURES),
        }
        for line in ordered
    ]
