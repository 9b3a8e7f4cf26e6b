"""Doors of what people say in the review room: comments, advice, retake."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apexsite.kit.errors import InputError, NotFound
from projects import access
from projects.models import Shot
from projects.services.shots import shot_retake
from renders.models import Comment, Variant
from renders.readings.talk import counsels, retake_of, reviewers_of, talk_of
from renders.selectors import ReviewRoom
from renders.services.askings import review_ask
from renders.services.comments import (
    comment_add,
    comment_edit,
    comment_reopen,
    comment_resolve,
)
from renders.services.recommendations import recommendation_withdraw, variant_recommend
from renders.web.board import tier_of

QUIET = "X-Apex-Part"
"""Set by the page's own code: it wants the threads alone, not the whole room again."""


def talk_context(request: HttpRequest, room: ReviewRoom) -> dict[str, Any]:
    """Return what the review room needs beside its pictures."""
    talk = talk_of(room.shot, reader=request.user)
    advice = counsels(room.variants, reader=request.user)
    for variant in room.variants:
        variant.counsel = advice.get(variant.pk)  # type: ignore[attr-defined]
    return {
        "talk": talk,
        "reviewers": reviewers_of(room.shot.scene.episode.project, but=request.user),
        "people": [[p.get_username(), p.first_name] for p in talk.people if p != request.user],
        "counsel": advice.get(room.chosen.pk) if room.chosen else None,
        "retake": retake_of(room.shot),
        "may_comment": access.may(request.user, room.shot.scene.episode.project, "comment"),
    }


@login_required
def comments(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Show the threads of a shot alone; take a new comment."""
    right = "comment" if request.method == "POST" else "view"
    shot = access.shot_for(request.user, shot_id, right=right)
    if request.method == "POST":
        made = comment_add(
            user=request.user,
            shot=shot,
            body=request.POST.get("body", ""),
            variant=_about(request, shot),
            parent=_parent(request, shot),
            token=request.POST.get("token", "")[:64],
        )
        return _answer(request, shot, made)
    return _threads(request, shot)


@require_POST
@login_required
def edit(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Correct one's own comment."""
    comment = _comment(request, comment_id)
    comment_edit(user=request.user, comment=comment, body=request.POST.get("body", ""))
    return _answer(request, comment.shot, comment)


@require_POST
@login_required
def resolve(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Say that a thread is dealt with."""
    comment = _comment(request, comment_id)
    comment_resolve(user=request.user, comment=comment)
    return _answer(request, comment.shot, comment)


@require_POST
@login_required
def reopen(request: HttpRequest, comment_id: UUID) -> HttpResponse:
    """Open a thread again."""
    comment = _comment(request, comment_id)
    comment_reopen(user=request.user, comment=comment)
    return _answer(request, comment.shot, comment)


@require_POST
@login_required
def recommend(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Recommend a variant, advise against it, or take the advice back."""
    found = Variant.objects.select_related("shot__scene__episode__project")
    variant = found.filter(pk=variant_id).first()
    if variant is None:
        raise NotFound("there is no such variant for you")
    access.require(request.user, variant.shot.scene.episode.project, "comment", what="variant")
    advice = request.POST.get("advice", "")
    if advice == "none":
        recommendation_withdraw(user=request.user, variant=variant)
    else:
        words = request.POST.get("words", "")
        variant_recommend(user=request.user, variant=variant, advice=advice, words=words)
    address = reverse("review", args=[variant.shot_id])
    return redirect(f"{address}?tier={variant.tier}&variant={variant.number}#counsel")


@require_POST
@login_required
def retake(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Ask for new variants of a shot, saying why."""
    shot = access.shot_for(request.user, shot_id, right="approve")
    shot_retake(user=request.user, shot=shot, reason=request.POST.get("reason", ""))
    messages.info(request, f"Shot {shot.code} goes to retake.")
    return _room(request, shot)


@require_POST
@login_required
def ask(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Ask people to review a shot."""
    shot = access.shot_for(request.user, shot_id, right="make")
    given = request.POST.getlist("person")
    if not all(one.isdecimal() and len(one) < 18 for one in given):
        raise InputError("those to ask must be people of this project")
    event = review_ask(user=request.user, shot=shot, people=[int(one) for one in given])
    messages.info(request, f"{event.payload['names']}: asked to review {shot.code}.")
    return _room(request, shot)


def _comment(request: HttpRequest, comment_id: UUID) -> Comment:
    rows = Comment.objects.select_related("shot__scene__episode__project")
    comment = rows.filter(pk=comment_id).first()
    if comment is None:
        raise NotFound("there is no such comment for you")
    access.require(request.user, comment.shot.scene.episode.project, "comment", what="comment")
    return comment


def _about(request: HttpRequest, shot: Shot) -> Variant | None:
    given = request.POST.get("about", "")
    return _one(Variant.objects.filter(shot=shot), given, "variant") if given else None


def _parent(request: HttpRequest, shot: Shot) -> Comment | None:
    given = request.POST.get("parent", "")
    return _one(Comment.objects.filter(shot=shot), given, "comment") if given else None


def _one(rows: Any, given: str, what: str) -> Any:
    try:
        found = rows.filter(pk=given).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise InputError(f"there is no such {what} on this shot any more")
    return found


def _answer(request: HttpRequest, shot: Shot, comment: Comment) -> HttpResponse:
    if request.headers.get(QUIET):
        return _threads(request, shot)
    return _room(request, shot, f"#comment-{comment.pk}")


def _room(request: HttpRequest, shot: Shot, place: str = "") -> HttpResponse:
    number = request.POST.get("number", "")
    shown = f"&variant={number}" if number.isdecimal() and len(number) <= 6 else ""
    address = reverse("review", args=[shot.pk])
    return redirect(f"{address}?tier={tier_of(request)}{shown}{place}")


def _threads(request: HttpRequest, shot: Shot) -> HttpResponse:
    context = {
        "talk": talk_of(shot, reader=request.user),
        "may_comment": access.may(request.user, shot.scene.episode.project, "comment"),
        "tier": tier_of(request),
        "shot_id": shot.pk,
    }
    return render(request, "renders/_threads.html", context)
