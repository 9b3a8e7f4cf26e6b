"""Edit the cut on its page: place, length, join and move of every shot, each to be tried as a small clip first."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apexsite.kit.errors import InputError
from projects.engine.briefsheet import choices_of
from renders.engine.motion.easing import CURVES
from renders.models import Cut
from renders.readings.cutrows import cut_rows
from renders.readings.rows import cut_for
from renders.services.interchange import timeline_of_document
from renders.services.previews import shot_preview
from renders.services.recuts import ClipEdit, cut_edit


def editor_of(cut: Cut) -> dict[str, object]:
    """Return what the cut page's form of shots is made of."""
    joins = [(value, word) for value, word in choices_of("transition_in") if value != "automatic"]
    return {"rows": cut_rows(cut), "joins": joins, "moves": choices_of("move"), "curves": CURVES}


@require_POST
@login_required
def edit(request: HttpRequest, cut_id: UUID) -> HttpResponse:
    """Store the rows of the form as a new version of the cut."""
    cut = cut_for(request.user, cut_id, right="make")
    codes = [clip.shot_code for clip in timeline_of_document(cut).clips]
    made = cut_edit(user=request.user, cut=cut, edits=edits_from(request.POST, codes))
    same = made.pk == cut.pk
    messages.success(
        request, "Nothing was changed." if same else f"Cut {made.version} is as you edited it."
    )
    return redirect(f"{reverse('cut', args=[cut.episode_id])}?tier={cut.tier}#shots")


@require_safe
@login_required
def preview(request: HttpRequest, cut_id: UUID) -> HttpResponse:
    """Send a small clip of one shot as the form's rows would make it."""
    cut = cut_for(request.user, cut_id, right="view")
    codes = [clip.shot_code for clip in timeline_of_document(cut).clips]
    edits = edits_from(request.GET, codes)
    content = shot_preview(
        user=request.user, cut=cut, edits=edits, shot_code=request.GET.get("shot", "")
    )
    return clip_answer(content)


def clip_answer(content: bytes) -> HttpResponse:
    """Return a preview clip, kept by the browser for a while: the same words make the same clip."""
    response = HttpResponse(content, content_type="video/mp4")
    response["Cache-Control"] = "private, max-age=600"
    return response


def edits_from(form: QueryDict, codes: list[str]) -> list[ClipEdit]:
    """Return the rows of a form in their new order; what a row does not say stays as it is.

    A shot given a place goes there, and those between move up or down. Raises `InputError` naming shot and field.
    """
    rows = []
    for number, code in enumerate(codes, start=1):
        place = _whole(form, "place", code) or number
        towards = (place > number) - (place < number)
        frames = _whole(form, "join_frames", code)
        join = form.get(f"join.{code}")
        edit = ClipEdit(
            code,
            duration_frames=_whole(form, "frames", code),
            transition_in=join,
            transition_in_frames=0 if join == "cut" else frames,
            transition_curve=form.get(f"curve.{code}"),
            move=form.get(f"move.{code}"),
        )
        rows.append((place, towards, number, edit))
    ordered = [edit for _, _, _, edit in sorted(rows, key=lambda row: row[:3])]
    if ordered[0].shot_code != codes[0]:
        # What begins the film now has no shot before it to come from.
        first = ordered[0]
        ordered[0] = ClipEdit(first.shot_code, first.duration_frames, move=first.move)
    return ordered


def _whole(form: QueryDict, name: str, code: str) -> int | None:
    words = form.get(f"{name}.{code}")
    if words is None or not words.strip():
        return None
    if not words.strip().isascii() or not words.strip().isdigit() or len(words.strip()) > 7:
        field = name.replace("_", " ")
        raise InputError(f"{field} of shot {code} is {words[:20]!r}; it must be a whole number")
    return int(words)
