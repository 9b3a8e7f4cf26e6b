"""The review room: look, compare, approve, reject with a reason, take back."""

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
from projects.models import Event
from renders.engine.lessons import REASONS
from renders.models import Variant, Verdict
from renders.readings.changes import variant_changes
from renders.readings.drift import drift_note
from renders.readings.engines import engine_choices
from renders.readings.neighbours import filmstrip
from renders.readings.prompts import prompt_made
from renders.readings.receipts import receipt_sentence
from renders.selectors import review_room
from renders.services.rerenders import proof_waits
from renders.services.reviews import review_approve, review_reject, review_undo
from renders.web.board import tier_absence, tier_of
from renders.web.lessonform import lesson_lines
from renders.web.talk import talk_context

COMPARE_MODES = ("side", "flick", "wipe", "difference", "grid")


@login_required
def review_page(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Show the review room of a shot."""
    shot = access.shot_for(request.user, shot_id, right="view")
    project = shot.scene.episode.project
    tier = tier_of(request)
    # Before the rows: an event that falls between is then told twice, never left out.
    seq = Event.objects.filter(project=project).count()
    room = review_room(
        shot, tier=tier, number=_number(request, "variant"), against=_number(request, "against")
    )
    absence = tier_absence(tier)
    is_stale = room.chosen is not None and room.chosen.pk in room.stale
    context = {
        "project": project,
        "episode": shot.scene.episode,
        "room": room,
        "prompt_made": prompt_made(room.chosen.recipe) if room.chosen else None,
        "filmstrip": filmstrip(shot, tier=tier),
        "changes": variant_changes(room.chosen, shot) if room.chosen and is_stale else [],
        "proof_waits": room.chosen is not None and proof_waits(room.chosen),
        "mode": _mode(request),
        "drift": drift_note(room.chosen),
        "drift_back": "review",
        "tier": tier,
        "reasons": REASONS.values(),
        "lessons": [] if absence else lesson_lines(shot, tier=tier),
        "absence": absence,
        "choices": [] if absence else engine_choices(project, tier),
        "receipt": receipt_sentence(room.chosen.recipe) if room.chosen else "",
        "seq": seq,
        "may_make": access.may(request.user, project, "make"),
        "may_approve": access.may(request.user, project, "approve"),
        "here": "board",
        **talk_context(request, room),
    }
    return render(request, "renders/review.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    # Only what a link of the page can hold: `isdigit` alone also passes signs that are no number to `int`.
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= 6 else None


def _mode(request: HttpRequest) -> str:
    asked = request.GET.get("mode", "")
    return asked if asked in COMPARE_MODES else ""


def _variant(request: HttpRequest, variant_id: UUID, right: str) -> Variant:
    variants = Variant.objects.select_related("shot__scene__episode__project")
    variant = variants.filter(pk=variant_id).first()
    if variant is None:
        raise NotFound("there is no such variant for you")
    access.require(request.user, variant.shot.scene.episode.project, right, what="variant")
    return variant


def _back(variant: Variant) -> HttpResponse:
    address = reverse("review", args=[variant.shot_id])
    return redirect(f"{address}?tier={variant.tier}&variant={variant.number}")


@require_POST
@login_required
def approve(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Approve a variant."""
    variant = _variant(request, variant_id, "approve")
    _require_unchanged(request, variant, Verdict.APPROVED)
    review_approve(user=request.user, variant=variant)
    messages.success(request, f"Variant {variant.number} of {variant.shot.code} approved.")
    return _back(variant)


@require_POST
@login_required
def reject(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Reject a variant, saying why."""
    variant = _variant(request, variant_id, "approve")
    _require_unchanged(request, variant, Verdict.REJECTED)
    reasons, words = request.POST.getlist("reason"), request.POST.get("words", "").strip()
    if not reasons and not words:
        messages.warning(request, "Say why: one key is enough. Nothing was changed.")
        return _back(variant)
    review_reject(user=request.user, variant=variant, reasons=reasons, reason=words)
    messages.info(request, f"Variant {variant.number} of {variant.shot.code} rejected.")
    return _back(variant)


@require_POST
@login_required
def undo(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Take the verdict on a variant back."""
    variant = _variant(request, variant_id, "approve")
    review_undo(user=request.user, variant=variant)
    messages.info(request, f"Variant {variant.number} of {variant.shot.code} waits again.")
    return _back(variant)


def _require_unchanged(request: HttpRequest, variant: Variant, wanted: str) -> None:
    # The form carries the verdict the person saw; another one since then means somebody was first.
    seen = request.POST.get("seen", variant.verdict)
    if seen != variant.verdict:
        last = variant.reviews.first()
        if last is not None and variant.verdict == wanted and last.actor == request.user:
            # The same form sent twice by the same person: the service answers with the standing review.
            return
        by = str(last.actor or "a policy") if last else "somebody"
        raise StateError(
            f"Variant {variant.number} of {variant.shot.code} is {variant.verdict} by now: {by} decided "
            "while you were looking. Nothing was changed; look again and decide.",
            verdict=variant.verdict,
        )
