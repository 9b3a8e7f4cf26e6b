"""The shot page: its brief as a form, the sketch beside it, its words, its variants, and what an edit makes stale."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apexsite.kit.errors import ApexError, InputError, StaleEdit
from characters.models import Character
from characters.services.briefs import brief_save, brief_values, brief_version
from projects import access
from projects.engine.briefsheet import BY_NAME
from projects.models import Event, Project, Shot
from projects.services.shots import shot_retake
from renders.models import Tier
from renders.readings.agos import ago
from renders.readings.drift import drift_note
from renders.readings.engines import engine_choices
from renders.readings.line import line_of
from renders.readings.prompts import prompt_made
from renders.readings.receipts import asked_in_vain, receipt_sentence
from renders.readings.staleness import shots_of, stale_approvals
from renders.selectors import review_room
from renders.services.sketches import sketch_draw, sketch_request
from renders.services.variants import variants_asked, variants_request
from renders.web.askform import ask_more, asked_values
from renders.web.blocking import blocking_context
from renders.web.board import tier_absence, tier_of
from renders.web.lessonform import left_off, lesson_lines
from renders.web.prompt import prompt_context
from renders.web.sheet import Filled, differences, filled_of, merged, sheet_context

MOST_HISTORY = 6
BY_HAND = {"blocking": "Blocking", "prompt_edits": "Prompt"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shot_page(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Show a shot; save its brief."""
    right = "make" if request.method == "POST" else "view"
    shot = access.shot_for(request.user, shot_id, right=right)
    if request.method != "POST":
        return _page(request, shot)
    filled = filled_of(request, shot.scene.episode.project)
    if filled.faults:
        return _page(request, shot, filled, status=400)
    was_stale = {stale.variant.pk for stale in stale_approvals(shots_of(shot.scene))}
    try:
        saved = brief_save(
            user=request.user, shot=shot, changes=filled.values, version=filled.version
        )
    except StaleEdit as err:
        return _stale_page(request, shot, filled, err.facts["now"])
    messages.success(request, f"Shot {saved.code} is saved.")
    for stale in stale_approvals(shots_of(saved.scene)):
        is_shown = stale.shot.pk == saved.pk and stale.variant.tier == tier_of(request)
        if stale.variant.pk not in was_stale and not is_shown:
            messages.warning(request, f"{stale.sentence[0].upper()}{stale.sentence[1:]}.")
    return redirect(f"{reverse('shot', args=[shot.pk])}?tier={tier_of(request)}")


def _page(
    request: HttpRequest, shot: Shot, filled: Filled | None = None, *, status: int = 200
) -> HttpResponse:
    context = _context(request, shot)
    context |= sheet_context(shot, filled)
    values = brief_values(shot)
    context["version"] = filled.version if filled else brief_version(values)
    return render(request, "renders/shot.html", context, status=status)


def _stale_page(request: HttpRequest, shot: Shot, filled: Filled, now: Any) -> HttpResponse:
    """Show both versions side by side; the form keeps what was typed and takes over what only they changed."""
    shot.refresh_from_db()
    shot.scene.refresh_from_db()
    context = _context(request, shot)
    people = Character.objects.filter(project=shot.scene.episode.project_id)
    context["differences"] = differences(filled, now, dict(people.values_list("key", "name")))
    context |= sheet_context(shot, Filled(merged(filled, now), {}, {}, base=dict(now)))
    context["version"] = brief_version(now)
    return render(request, "renders/shot.html", context, status=412)


def _context(request: HttpRequest, shot: Shot) -> dict[str, Any]:
    project = shot.scene.episode.project
    tier = tier_of(request)
    seq = Event.objects.filter(project=project).count()
    room = review_room(shot, tier=tier)
    asked = sketch_request(shot, {})
    absence = tier_absence(tier)
    return {
        "project": project,
        "episode": shot.scene.episode,
        "shot": shot,
        "room": room,
        "prompt_made": prompt_made(room.chosen.recipe) if room.chosen else None,
        "receipt": receipt_sentence(room.chosen.recipe) if room.chosen else "",
        "tier": tier,
        "tiers": Tier.choices,
        "absence": absence,
        "lessons": [] if absence else lesson_lines(shot, tier=tier),
        "asked": variants_asked(shot, tier),
        "choices": engine_choices(project, tier),
        "vain": asked_in_vain(shot, tier=tier),
        "shots_of_scene": len(shots_of(shot.scene)),
        "stale": [s for s in stale_approvals([shot]) if s.variant.tier == tier],
        "history": _history(project, shot),
        "line": line_of(shot),
        "width": asked.width,
        "height": asked.height,
        "seq": seq,
        "may_make": access.may(request.user, project, "make"),
        "may_approve": access.may(request.user, project, "approve"),
        "here": "board",
        "more": None if absence else ask_more(shot, tier=tier),
        "drift": drift_note(room.chosen),
        "drift_back": "shot",
        **blocking_context(shot),
        **prompt_context(request, shot),
    }


def _history(project: Project, shot: Shot) -> list[dict[str, str]]:
    ids = [str(shot.pk), str(shot.scene_id)]
    verbs = ("shot.updated", "shot.cast", "shot.retake", "scene.updated", "shot.look", "scene.look")
    events = Event.objects.filter(project=project, target_id__in=ids, verb__in=verbs)
    return [
        {
            "words": _changed(event.payload),
            "who": str(event.actor.first_name or event.actor.username)
            if event.actor
            else "somebody",
            "when": ago(event.at),
        }
        for event in events.select_related("actor").order_by("-seq")[:MOST_HISTORY]
    ]


def _changed(payload: dict[str, Any]) -> str:
    if "reason" in payload:
        return f"Retake: {payload['reason']}"
    told = [
        f"{_label(name)}: {before} → {after}"
        for name, (before, after) in payload.get("changes", {}).items()
    ]
    return "; ".join(told) or "Brief changed"


def _label(name: str) -> str:
    # Changes of a look are told by the words of its sheet already.
    return (
        BY_NAME[name].label
        if name in BY_NAME
        else BY_HAND.get(name, "Who" if name == "cast" else name)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sketch(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Draw the stored brief, or the one just typed; kept nowhere."""
    shot = access.shot_for(request.user, shot_id, right="view")
    filled = filled_of(request, shot.scene.episode.project)
    try:
        if filled.faults:
            raise InputError(" ".join(filled.faults.values()))
        picture = sketch_draw(user=request.user, shot=shot, values=filled.values)
    except ApexError as err:
        answer = HttpResponse(err.message, status=err.http_status, content_type="text/plain")
        if err.http_status == 429:
            answer["Retry-After"] = "2"
        return answer
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@login_required
def ask(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Ask for variants; the same form sent twice asks once."""
    shot = access.shot_for(request.user, shot_id, right="make")
    seen = request.POST.get("asked", "")
    after = int(seen) if seen.isdecimal() and len(seen) <= 6 else None
    job = variants_request(
        user=request.user,
        shot=shot,
        tier=tier_of(request),
        after=after,
        leave_off=left_off(request.POST),
        engine=request.POST.get("engine", ""),
        **asked_values(request.POST),
    )
    messages.info(request, f"Asked for {job.title}.")
    return redirect(f"{reverse('shot', args=[shot.pk])}?tier={tier_of(request)}")


@require_POST
@login_required
def retake(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Send a shot back, saying why."""
    shot = access.shot_for(request.user, shot_id, right="approve")
    shot_retake(user=request.user, shot=shot, reason=request.POST.get("reason", ""))
    messages.info(request, f"Shot {shot.code} goes to retake.")
    return redirect("shot", shot.pk)
