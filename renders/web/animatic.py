"""One button from shots to a film that plays: the animatic."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from projects import access
from renders.services.animatics import animatic_request
from renders.web.board import tier_of


@require_POST
@login_required
def animatic(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Ask for the animatic, and lead to the page where it will play."""
    episode = access.episode_for(request.user, episode_id, right="make")
    tier = tier_of(request)
    animatic_request(user=request.user, episode=episode, tier=tier)
    return redirect(f"{reverse('cut', args=[episode.pk])}?tier={tier}&play=1")
