"""The script page: the screenplay beside its breakdown, a new draft, and the corrections of a breakdown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apexsite.kit.errors import ApexError, InputError
from characters.services.briefs import brief_values, brief_version
from characters.services.scripts import script_import
from characters.services.shotlist import cue_cast, shot_merge, shot_split
from projects import access
from projects.engine.script.reader import MOST_BYTES
from projects.engine.splitting import cut_points
from projects.models import Episode, Event, Shot
from projects.services.scenes import scene_rename
from projects.services.shotlist import shot_move, shot_omit, shot_restore
from renders.models import Tier
from renders.readings.breakdown import breakdown_of
from renders.services.engines import stand_in_note


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def script_page(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the screenplay beside its breakdown; take a new draft."""
    right = "make" if request.method == "POST" else "view"
    episode = access.episode_for(request.user, episode_id, right=right)
    if request.method != "POST":
        return _page(request, episode)
    try:
        content, name = script_of(request, title=str(episode))
        if not content.strip():
            raise InputError("paste a script, or choose a .fountain or .txt file")
        script_import(user=request.user, episode=episode, content=content, name=name)
    except ApexError as err:
        episode.refresh_from_db()
        return _page(request, episode, error=err.message, status=err.http_status)
    messages.success(request, "The script is broken down into shots.")
    return redirect("script", episode.pk)


def script_of(request: HttpRequest, *, title: str) -> tuple[bytes, str]:
    """Return the script given and its file name; a pasted page without a title page takes `title`.

    Raises `InputError` for a file far too large, before it is read.
    """
    upload = request.FILES.get("file")
    if upload is None:
        stem = title.strip().replace("/", " ").replace("\\", " ")[:150] or "Untitled"
        return request.POST.get("script", "").encode("utf-8", "replace"), f"{stem}.fountain"
    if (upload.size or 0) > MOST_BYTES:
        raise InputError(f"{upload.name} is {upload.size:,} bytes; at most {MOST_BYTES:,} are read")
    return upload.read(), upload.name or "script"


def _page(
    request: HttpRequest, episode: Episode, *, error: str = "", status: int = 200
) -> HttpResponse:
    seq = Event.objects.filter(project=episode.project).count()
    may_make = access.may(request.user, episode.project, "make")
    context = {
        "project": episode.project,
        "episode": episode,
        "breakdown": breakdown_of(episode),
        "error": error,
        "given": request.POST.get("script", ""),
        "may_make": may_make,
        "may_sketch": may_make and not stand_in_note(Tier.PREVIZ),
        "seq": seq,
        "here": "script",
    }
    return render(request, "renders/script.html", context, status=status)


@require_safe
@login_required
def corrections(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Return what can be corrected of one shot: a piece of the script page, or a page of its own."""
    shot = access.shot_for(request.user, shot_id, right="make")
    active = list(
        Shot.objects.filter(scene=shot.scene).exclude(status=Shot.Status.OMITTED).order_by("order")
    )
    at = next((i for i, row in enumerate(active) if row.pk == shot.pk), None)
    context: dict[str, Any] = {
        "project": shot.scene.episode.project,
        "episode": shot.scene.episode,
        "shot": shot,
        "version": brief_version(brief_values(shot)),
        "points": cut_points(shot.action, shot.dialogue),
        "up": at - 1 if at else None,
        "down": at + 1 if at is not None and at + 1 < len(active) else None,
        "following": active[at + 1] if at is not None and at + 1 < len(active) else None,
        "here": "script",
    }
    piece = "HX-Request" in request.headers
    return render(
        request, "renders/_corrections.html" if piece else "renders/corrections.html", context
    )


@require_POST
@login_required
def correct(request: HttpRequest, shot_id: UUID, act: str) -> HttpResponse:
    """Do one correction of a shot: split, merge, move, omit or restore."""
    shot = access.shot_for(request.user, shot_id, right="make")
    messages.success(request, CORRECTIONS[act](request, shot))
    return _back(shot.scene.episode, f"row-{shot.pk}")


def _split(request: HttpRequest, shot: Shot) -> str:
    second = shot_split(
        user=request.user,
        shot=shot,
        after=_number(request, "after"),
        version=request.POST.get("version"),
    )
    return f"{shot.code} is cut in two: {shot.code} and {second.code}."


def _merge(request: HttpRequest, shot: Shot) -> str:
    following = access.shot_for(request.user, request.POST.get("with", ""), right="make")
    shot_merge(user=request.user, shot=shot, following=following)
    return f"{shot.code} now holds {following.code} too; {following.code} is omitted with its pictures."


def _move(request: HttpRequest, shot: Shot) -> str:
    place = _number(request, "to")
    shot_move(user=request.user, shot=shot, place=place)
    return f"{shot.code} is now shot {place + 1} of scene {shot.scene.number}."


def _omit(request: HttpRequest, shot: Shot) -> str:
    shot_omit(user=request.user, shot=shot)
    return f"{shot.code} is omitted; its pictures stay. Restore it at the end of its scene."


def _restore(request: HttpRequest, shot: Shot) -> str:
    shot_restore(user=request.user, shot=shot)
    return f"{shot.code} is back in the cut."


CORRECTIONS = {
    "split": _split, "merge": _merge, "move": _move, "omit": _omit, "restore": _restore,
}  # fmt: skip
"""Act → what does it and says so in words. The addresses are made of these names."""


@require_POST
@login_required
def rename(request: HttpRequest, scene_id: UUID) -> HttpResponse:
    """Give a scene another heading."""
    scene = access.scene_for(request.user, scene_id, right="make")
    renamed = scene_rename(
        user=request.user,
        scene=scene,
        heading=request.POST.get("heading", ""),
        was=request.POST.get("was"),
    )
    messages.success(request, f"Scene {renamed.number} is now {renamed.heading}.")
    return _back(scene.episode, f"scene-{scene.number}")


@require_POST
@login_required
def cue(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Say who speaks a cue."""
    episode = access.episode_for(request.user, episode_id, right="make")
    count = cue_cast(
        user=request.user,
        episode=episode,
        speaker=request.POST.get("speaker", ""),
        key=request.POST.get("character", ""),
    )
    messages.success(request, f"Cast in {count} shot{'' if count == 1 else 's'}.")
    return _back(episode, "cues")


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdecimal() or len(text) > 6:
        raise InputError(f"{name}={text[:20]!r} must be a whole number")
    return int(text)


def _back(episode: Episode, place: str) -> HttpResponse:
    return redirect(f"{reverse('script', args=[episode.pk])}#{place}")
