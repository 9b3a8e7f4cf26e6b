"""The cut and its films: build, render, play, download."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apexsite.kit.errors import NotFound, StateError
from projects import access
from projects.models import Episode, Event
from renders.engine.export.profiles import DEFAULT
from renders.models import Delivery, JobKind, RenderJob, Tier, WorkStatus
from renders.readings.beats import beats_of_cut
from renders.readings.board import cards_in
from renders.readings.exports import profiles_for
from renders.readings.strip import strip_of
from renders.readings.track import track_of
from renders.selectors import OPEN, deliveries_of, newest_cut
from renders.services.films import film_request
from renders.services.grades import cut_regrade
from renders.services.speaking import cut_order
from renders.services.speech import voices_in
from renders.web.board import tier_of
from renders.web.cutedit import editor_of

SHOWN = (JobKind.FILM, JobKind.ANIMATIC, JobKind.SPEECH)


@login_required
def cut_page(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the cut, what it lacks, and the films made of it."""
    episode = access.episode_for(request.user, episode_id, right="view")
    project, tier = episode.project, tier_of(request)
    # Before the rows: an event that falls between is then told twice, never left out.
    seq = Event.objects.filter(project=project).count()
    cards = cards_in(episode, tier=tier)
    cut = newest_cut(episode, tier=tier)
    films = deliveries_of(episode, tier=tier)
    film = _asked_film(request, films)
    context = {
        "project": project,
        "episode": episode,
        "cards": cards,
        "missing": [card for card in cards if card.verdict != "approved"],
        "stale": [card for card in cards if card.verdict == "approved" and card.is_stale],
        "cut": cut,
        "beat": beats_of_cut(cut) if cut else None,
        "voices": voices_in(cut.document.get("speech", [])) if cut else "",
        "cut_seconds": float(project.rate.seconds_at(cut.duration_frames)) if cut else 0,
        "films": films,
        "film": film,
        **(editor_of(cut) if cut else {}),
        "offered": profiles_for(cut) if cut else [],
        "track": track_of(film) if film else None,
        "strip": strip_of(cut) if cut else None,
        "is_current": bool(film and cut and film.cut_id == cut.pk and film.plays_in_browsers),
        "tiers": Tier.choices,
        "jobs": RenderJob.objects.filter(episode=episode, kind__in=SHOWN, status__in=OPEN)
        .order_by("created_at")
        .prefetch_related("tasks"),
        "failed": _failed_last(episode, films),
        "tier": tier,
        "will_play": "play" in request.GET,
        "seq": seq,
        "may_make": access.may(request.user, project, "make"),
        "may_approve": access.may(request.user, project, "approve"),
        "here": "cut",
    }
    return render(request, "renders/cut.html", context)


def _asked_film(request: HttpRequest, films: list[Delivery]) -> Delivery | None:
    asked = request.GET.get("film", "")
    return next((film for film in films if str(film.pk) == asked), films[0] if films else None)


@login_required
def report(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Show the check of a delivered file as a page to read or print."""
    deliveries = Delivery.objects.select_related("cut__episode__project", "film", "poster")
    delivery = deliveries.filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound("there is no such delivery for you")
    episode = delivery.cut.episode
    access.require(request.user, episode.project, "view", what="delivery")
    context = {
        "project": episode.project,
        "episode": episode,
        "film": delivery,
        "seconds": float(episode.project.rate.seconds_at(delivery.frames)),
        "seq": Event.objects.filter(project=episode.project).count(),
        "here": "cut",
    }
    return render(request, "renders/report.html", context)


def _failed_last(episode: Episode, films: list[Delivery]) -> RenderJob | None:
    """Return the newest film or animatic that failed, unless a film was finished after it."""
    last = RenderJob.objects.filter(episode=episode, kind__in=SHOWN).prefetch_related("tasks")
    newest = last.first()
    if newest is None or newest.status != WorkStatus.FAILED:
        return None
    return None if films and films[0].created_at > newest.created_at else newest


@require_POST
@login_required
def build(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Build the cut from what is approved."""
    episode = access.episode_for(request.user, episode_id, right="make")
    waive = request.POST.get("waive_stale", "")
    made = cut_order(user=request.user, episode=episode, tier=tier_of(request), waive_stale=waive)
    if isinstance(made, RenderJob):
        messages.info(request, f"Under way: {made.title}.")
    else:
        messages.success(request, f"Cut {made.version} is built: {made.duration_frames} frames.")
    return _back(request, episode)


def _back(request: HttpRequest, episode: Episode) -> HttpResponse:
    return redirect(f"{reverse('cut', args=[episode.pk])}?tier={tier_of(request)}")


@require_POST
@login_required
def render_film(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Ask for the film of the newest cut; while one is on its way, a second click asks for nothing."""
    episode = access.episode_for(request.user, episode_id, right="make")
    cut = newest_cut(episode, tier=tier_of(request))
    if cut is None:
        raise StateError("there is no cut yet; build it first")
    film_request(
        user=request.user,
        cut=cut_regrade(user=request.user, cut=cut),
        is_preview="preview" in request.POST,
        captions=request.POST.get("captions", ""),
        profile=request.POST.get("profile", DEFAULT),
    )
    return _back(request, episode)
