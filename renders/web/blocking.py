"""Blocking on the shot page: who does what on the stage, with a sketch beside the fields."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import ApexError
from characters.engine.casting.limits import not_drawn
from characters.engine.human.expressions import EMOTIONS
from characters.engine.human.poses import POSES
from characters.readings.bodies import refusal_of
from projects import access
from projects.models import Shot
from renders.bridge import cast_of
from renders.engine.stage.by_hand import AHEAD, CAMERA, MOODS, SETS
from renders.engine.stage.environment import stage_availability
from renders.services.blockings import blocking_save, blocking_sketch

LOOKS = {"camera": "the camera", "ahead": "straight ahead"}


@require_POST
@login_required
def save(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Keep what was set; everything left to the words is set to nothing."""
    shot = access.shot_for(request.user, shot_id, right="make")
    blocking_save(
        user=request.user,
        shot=shot,
        document=_document(request.POST, shot),
        seen=request.POST.get("seen", ""),
    )
    messages.success(request, f"The blocking of {shot.code} is saved.")
    return redirect("shot", shot.pk)


@require_safe
@login_required
def sketch(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Draw the blocking as it stands in the form, or as it is stored."""
    shot = access.shot_for(request.user, shot_id, right="view")
    document = _document(request.GET, shot) if "seen" in request.GET else shot.blocking
    try:
        picture = blocking_sketch(user=request.user, shot=shot, document=document)
    except ApexError as err:
        return HttpResponse(err.message, status=err.http_status, content_type="text/plain")
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


def blocking_context(shot: Shot) -> dict[str, Any]:
    """Return what the fields show: for each its choices, and what is set."""
    people = cast_of(shot)
    players = shot.blocking.get("players", {})
    found = stage_availability()
    return {
        "blocking_seen": document_hash(shot.blocking),
        "blocking_by_hand": bool(shot.blocking),
        "blocking_absence": "" if found.is_available else found.lacking,
        "blocking_refused": _refused(shot, people),
        "blocking_lines": [
            _line("set", "Set", [(name, name) for name in SETS], shot.blocking.get("set")),
            _line("mood", "Light", [(name, name) for name in MOODS], shot.blocking.get("mood")),
        ],
        "blocking_people": [
            {"name": person.name, "lines": _lines(person, people, players.get(person.key, {}))}
            for person in people
        ],
    }


def _refused(shot: Shot, people: Any) -> list[str]:
    """Return what previz does not draw of a shot: people of it, and others its action speaks of."""
    told = [why for person in people if (why := refusal_of(person))]
    names = tuple(person.name for person in people)
    words = not_drawn(shot.action, names=names)
    # Who is refused is the whole picture's end; what else is missing from it is then no news.
    if words and not told:
        told.append(f"Left out of the picture: {', '.join(words)}")
    return told


def _lines(person: Any, people: Any, told: dict[str, str]) -> list[dict[str, Any]]:
    looks = [(p.key, p.name) for p in people if p.key != person.key]
    looks += [(name, LOOKS[name]) for name in (CAMERA, AHEAD)]
    poses = [(name, name.replace("_", " ")) for name in POSES]
    faces = [(name, name) for name in EMOTIONS]
    return [
        _line(f"{person.key}.pose", "Pose", poses, told.get("pose")),
        _line(f"{person.key}.looks_at", "Looks at", looks, told.get("looks_at")),
        _line(f"{person.key}.expression", "Face", faces, told.get("expression")),
    ]


def _line(
    name: str, label: str, choices: list[tuple[str, str]], value: str | None
) -> dict[str, Any]:
    return {"name": name, "label": label, "choices": choices, "value": value or ""}


def _document(data: QueryDict, shot: Shot) -> dict[str, Any]:
    return {
        "set": data.get("set", ""),
        "mood": data.get("mood", ""),
        "players": {
            person.key: {
                name: data.get(f"{person.key}.{name}", "")
                for name in ("pose", "looks_at", "expression")
            }
            for person in cast_of(shot)
        },
    }
