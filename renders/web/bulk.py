"""Many shots at once: one POST, and an answer that says of every shot what became of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from apexsite.kit.errors import InputError
from projects import access
from projects.models import Shot
from renders.readings.cards import cards_of
from renders.services.bulk import BulkResult, shots_bulk
from renders.web.board import card_rights, drawn, tier_of


@require_POST
@login_required
def shots_act(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Ask for variants of the ticked shots, send them to retake or approve the best of each."""
    episode = access.episode_for(request.user, episode_id, right="make")
    tier = tier_of(request)
    result = shots_bulk(
        user=request.user,
        episode=episode,
        shots=_ticked(request),
        act=request.POST.get("act", ""),
        tier=tier,
        reason=request.POST.get("reason", ""),
    )
    if request.headers.get("HX-Request"):
        touched = Shot.objects.filter(pk__in=[outcome.shot_id for outcome in result.outcomes])
        cards = cards_of(episode, touched.exclude(status=Shot.Status.OMITTED), tier=tier)
        rights = card_rights(request.user, episode.project, tier)
        context = {
            "result": result,
            "left": [outcome for outcome in result.outcomes if not outcome.is_done],
            "cards": drawn(cards, rights, is_swap=True),
        }
        return render(request, "renders/_bulk_said.html", context)
    messages.info(request, _said(result))
    kept = {"tier": tier, "q": request.POST.get("q", "")}
    query = urlencode({name: value for name, value in kept.items() if value})
    return redirect(f"{reverse('board', args=[episode.project_id])}?{query}")


def _ticked(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(value) for value in request.POST.getlist("shot")]
    except ValueError:
        raise InputError("what was ticked are no shots; open the board again") from None


def _said(result: BulkResult) -> str:
    left = [
        f"{outcome.code}: {outcome.words}" for outcome in result.outcomes if not outcome.is_done
    ]
    more = f" ({'; '.join(left[:12])}{'; …' if len(left) > 12 else ''})" if left else ""
    return f"{result.sentence[:1].upper()}{result.sentence[1:]}.{more}"
