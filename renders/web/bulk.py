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

from apexsite.kit.errors import InputError, listed
from projects import access
from projects.models import Episode, Shot
from renders.models import Tier
from renders.readings.cards import cards_of
from renders.services.bulk import OF_THE_STAGE, Act, BulkResult, shots_bulk
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
        engine=request.POST.get("engine", ""),
    )
    return _answer(request, episode, result, tier)


@require_POST
@login_required
def scene_act(request: HttpRequest, scene_id: UUID) -> HttpResponse:
    """Sketch every shot of a scene, or have it drafted: sketches first, drafts in their place."""
    scene = access.scene_for(request.user, scene_id, right="make")
    act = request.POST.get("act", Act.SKETCH.value)
    if act not in OF_THE_STAGE:
        raise InputError(f"act={act!r} must be one of {listed(OF_THE_STAGE)}")
    episode = scene.episode
    shots = list(Shot.objects.filter(scene=scene).values_list("pk", flat=True))
    result = shots_bulk(user=request.user, episode=episode, shots=shots, act=act, tier=Tier.PREVIZ)
    return _answer(request, episode, result, Tier.PREVIZ)


def _answer(request: HttpRequest, episode: Episode, result: BulkResult, tier: str) -> HttpResponse:
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
