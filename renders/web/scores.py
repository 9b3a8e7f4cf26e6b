"""The scores page: how far the score and people agree, and what people reject for."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects import access
from projects.models import Event
from renders.engine.scoring.agreement import ENOUGH
from renders.readings.agreement import agreement_of
from renders.web.coursechart import course_chart

MOST_SHOWN = 12


@require_safe
@login_required
def scores_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show a project's agreement of score and people."""
    project = access.project_for(request.user, project_id, right="view")
    # Before the rows: an event that falls between is then told twice, never left out.
    seq = Event.objects.filter(project=project).count()
    agreement = agreement_of(project)
    answers = [pick.is_agreed for pick in agreement.picks[::-1]]
    context = {
        "project": project,
        "episode": project.episodes.order_by("number").first(),
        "agreement": agreement,
        "chart": course_chart(agreement.course, chance=agreement.chance, answers=answers),
        "first": agreement.picks[-1] if agreement.picks else None,
        "last": agreement.picks[0] if agreement.picks else None,
        "shown": agreement.picks[:MOST_SHOWN],
        "enough": ENOUGH,
        "seq": seq,
        "here": "scores",
    }
    return render(request, "renders/scores.html", context)
