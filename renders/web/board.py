"""The board: every shot of an episode, ask for variants, approve by policy."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from apexsite.kit.errors import NotAvailable
from projects import access
from projects.models import Event, Shot
from projects.services.scripts import episode_first
from renders.models import Tier
from renders.readings.connections import ways_to_connect
from renders.selectors import board
from renders.services.policies import shot_approve_best
from renders.services.variants import backend_for, variants_request


def tier_of(request: HttpRequest) -> str:
    """Return the tier the page is on."""
    asked = request.POST.get("tier") or request.GET.get("tier", "")
    return asked if asked in Tier.values else Tier.STORYBOARD


def tier_absence(tier: str) -> str:
    """Return why no engine draws this tier here, or nothing when one does."""
    try:
        backend_for(tier)
    except NotAvailable as err:
        return err.message
    return ""


@login_required
def board_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the board of the project's first episode."""
    project = access.project_for(request.user, project_id, right="view")
    episode = project.episodes.first() or episode_first(project)
    episode.project = project
    tier = tier_of(request)
    # Before the rows: an event that falls between is then told twice, never left out.
    seq = Event.objects.filter(project=project).count()
    context = {
        "project": project,
        "episode": episode,
        "board": board(episode, tier=tier),
        "tier": tier,
        "tiers": Tier.choices,
        "absence": tier_absence(tier),
        "ways": ways_to_connect(tier),
        "tier_label": Tier(tier).label,
        "seq": seq,
        "may_make": access.may(request.user, project, "make"),
        "may_approve": access.may(request.user, project, "approve"),
        "here": "board",
    }
    return render(request, "renders/board.html", context)


@login_required
def shot_card(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Return one shot's card, to replace it in place."""
    shot = access.shot_for(request.user, shot_id, right="view")
    episode = shot.scene.episode
    found = [c for c in board(episode, tier=tier_of(request)).cards if c.shot.pk == shot.pk]
    if not found:
        return HttpResponse(status=204)
    may_make = access.may(request.user, episode.project, "make")
    tier = tier_of(request)
    context = {
        "card": found[0],
        "tier": tier,
        "absence": tier_absence(tier),
        "may_make": may_make,
    }
    return render(request, "renders/_shot_card.html", context)


@require_POST
@login_required
def variants_ask(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Ask for three variants of a shot."""
    shot = access.shot_for(request.user, shot_id, right="make")
    variants_request(user=request.user, shot=shot, tier=tier_of(request))
    if request.headers.get("HX-Request"):
        return shot_card(request, shot_id)
    if "review" in request.POST:
        return redirect("review", shot.pk)
    return redirect("board", shot.scene.episode.project_id)


@require_POST
@login_required
def variants_ask_missing(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Ask for three variants of every shot that has none."""
    episode = access.episode_for(request.user, episode_id, right="make")
    tier = tier_of(request)
    cards = [card for card in board(episode, tier=tier).cards if card.needs_variants]
    for card in cards:
        shot = Shot.objects.select_related("scene__episode__project").get(pk=card.shot.pk)
        variants_request(user=request.user, shot=shot, tier=tier)
    messages.info(request, f"Asked for variants of {len(cards)} shots.")
    return redirect("board", episode.project_id)


@require_POST
@login_required
def approve_best(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Approve the best variant of every shot that has no approved one, by policy."""
    episode = access.episode_for(request.user, episode_id, right="approve")
    tier = tier_of(request)
    shots = Shot.objects.filter(scene__episode=episode).exclude(status=Shot.Status.OMITTED)
    made = [
        shot_approve_best(user=request.user, shot=shot, tier=tier)
        for shot in shots.select_related("scene__episode__project")
    ]
    count = sum(review is not None for review in made)
    messages.info(request, f"{count} shots approved by policy. A policy is not a person.")
    return redirect("board", episode.project_id)
