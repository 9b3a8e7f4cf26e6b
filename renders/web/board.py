"""The board: every shot of an episode, ask for variants, approve by policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from apexsite.kit.errors import NotAvailable
from projects import access
from projects.access import User
from projects.models import EventCounter, Project, Shot
from projects.services.scripts import episode_first
from renders.models import Tier
from renders.readings.board import filtered, totals, window
from renders.readings.cards import ShotCard, card_of, cast_names
from renders.readings.connections import ways_to_connect
from renders.readings.engines import engine_choices
from renders.readings.filterline import filter_line, suggestions
from renders.readings.receipts import spent_words
from renders.services.bulk import Act, shots_bulk
from renders.services.engines import backend_for, stand_in_note
from renders.services.policies import shot_approve_best
from renders.services.variants import variants_request
from renders.web.cardmarkup import cards_markup
from renders.web.lessonform import left_off

LONGEST_LINE = 500
"""Characters of a filter line that are read; house choice."""


def tier_of(request: HttpRequest) -> str:
    """Return the tier the page is on."""
    asked = request.POST.get("tier") or request.GET.get("tier", "")
    return asked if asked in Tier.values else Tier.STORYBOARD


def tier_absence(tier: str) -> str:
    """Return that no engine draws this tier here, or nothing when one does; what each lacks is told on its own page."""
    try:
        backend_for(tier)
    except NotAvailable:
        return f"no engine here draws {Tier(tier).label.lower()} pictures yet"
    return ""


def card_rights(user: User, project: Project, tier: str) -> dict[str, Any]:
    """Return what a card needs to know of who looks at it and of the tier."""
    role = access.role_in(user, project)
    absence = tier_absence(tier)
    return {
        "absence": absence,
        "note": stand_in_note(tier),
        "may_make": role in access.RIGHTS["make"],
        "may_approve": role in access.RIGHTS["approve"],
        "may_ask": role in access.RIGHTS["make"] and not absence,
        "tier": tier,
    }


def drawn(
    cards: Iterable[ShotCard], rights: dict[str, Any], *, is_swap: bool = False
) -> SafeString:
    """Return cards as their looker sees them."""
    return cards_markup(
        cards,
        tier=rights["tier"],
        may_make=rights["may_make"],
        may_ask=rights["may_ask"],
        is_swap=is_swap,
    )


@login_required
def board_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show a window of the board of the project's first episode; the next one is loaded in place or as a page."""
    project = access.project_for(request.user, project_id, right="view")
    episode = project.episodes.defer("script_text").first() or episode_first(project)
    episode.project = project
    tier = tier_of(request)
    # Before the rows: an event that falls between is then told twice, never left out.
    seq = EventCounter.objects.values_list("last_seq", flat=True).get(project=project)
    names = cast_names(episode)
    line = filter_line(request.GET.get("q", "")[:LONGEST_LINE], cast=names)
    after = request.GET.get("after", "")
    kept = urlencode({"tier": tier, "q": line.text} if line.text else {"tier": tier})
    rights = card_rights(request.user, project, tier)
    is_part = bool(after) and bool(request.headers.get("HX-Request"))
    told = None if is_part else totals(episode, tier=tier)
    found = told.shots if told is not None and not line.terms else None
    shown = window(episode, tier=tier, line=line, names=names, after=after, found=found)
    for band in shown.bands:
        band.markup = drawn(band.cards, rights)
    context = {"window": shown, "kept": kept, **rights}
    if told is None:
        return render(request, "renders/_board_window.html", context)
    context |= {
        "project": project,
        "episode": episode,
        "totals": told,
        "length": _length(float(project.rate.seconds_at(told.frames))),
        "line": line,
        "options": format_html_join(
            "", '<option value="{}">', ((word,) for word in suggestions(names, told.last_scene))
        ),
        "tiers": Tier.choices,
        "ways": ways_to_connect(tier),
        "choices": engine_choices(project, tier),
        "spent": spent_words(episode),
        "tier_label": Tier(tier).label,
        "seq": seq,
        "here": "board",
    }
    return render(request, "renders/board.html", context)


def _length(seconds: float) -> str:
    """Return a length as people say it: 48 s, 12:05 min, 1:02:05 h."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d} min"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d} h"


@login_required
def shot_card(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Return one shot's card, to replace it in place; the board is not read for it."""
    shot = access.shot_for(request.user, shot_id, right="view")
    tier = tier_of(request)
    card = card_of(shot, tier=tier)
    if card is None:
        return HttpResponse(status=204)
    rights = card_rights(request.user, shot.scene.episode.project, tier)
    return HttpResponse(drawn([card], rights))


@require_POST
@login_required
def variants_ask(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Ask for three variants of a shot; while some are on their way, a second click asks for nothing."""
    shot = access.shot_for(request.user, shot_id, right="make")
    shots_bulk(
        user=request.user,
        episode=shot.scene.episode,
        shots=[shot.pk],
        act=Act.ASK,
        tier=tier_of(request),
        leave_off=left_off(request.POST),
        engine=request.POST.get("engine", ""),
    )
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
    line = filter_line("status:empty", cast={})
    shots = list(filtered(episode, line, tier=tier).select_related("scene__episode__project"))
    engine = request.POST.get("engine", "")
    for shot in shots:
        variants_request(user=request.user, shot=shot, tier=tier, engine=engine)
    messages.info(request, f"Asked for variants of {len(shots)} shots.")
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
