"""The look of one scene or shot: only what it has otherwise, each with its weight, beside the look that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apexsite.kit.documents import Document
from apexsite.kit.errors import ApexError, InputError
from projects import access
from projects.engine.biblelayers import origins
from projects.engine.biblemerge import weight_of
from projects.engine.bibleoverrides import (
    WEIGHT,
    overridden,
    override_changes,
    override_read,
)
from projects.engine.bibleschema import BY_NAME, SCHEMA
from projects.engine.biblesheet import GROUPS, in_words, swatches_of, value_of
from projects.models import Event, Shot, StyleBibleVersion
from projects.readings.terms import terms_now
from projects.services.looks import (
    Place,
    layers_of,
    look_of,
    override_version,
    scene_look_set,
    shot_look_set,
)
from projects.web.lookform import Line, Raw, line_of, raw_of

ACTS = ("save", "preview", "add", "clear")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value of the merged look: what it is in words or swatches, and whose word it is."""

    label: str
    words: str
    swatches: list[tuple[str, str]]
    where: str
    origin: str


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def scene_look(request: HttpRequest, scene_id: UUID) -> HttpResponse:
    """Show or change what a scene's look has otherwise than its project's."""
    right = "make" if request.method == "POST" else "view"
    return _answer(request, access.scene_for(request.user, scene_id, right=right))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shot_look(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Show or change what a shot's look has otherwise than its scene's."""
    right = "make" if request.method == "POST" else "view"
    return _answer(request, access.shot_for(request.user, shot_id, right=right))


def _answer(request: HttpRequest, place: Place) -> HttpResponse:
    done = place_act(request, place) if request.method == "POST" else Answer(sheet_of(place))
    if done.saved:
        messages.success(request, done.saved)
        return redirect(address_of(place))
    scene = place.scene if isinstance(place, Shot) else place
    project = scene.episode.project
    context = {
        **done.sheet,
        "project": project,
        "episode": scene.episode,
        "sketch": _sketch(place),
        "may_make": access.may(request.user, project, "make"),
        "seq": Event.objects.filter(project=project).count(),
        "here": "look",
    }
    return render(request, "projects/look_place.html", context, status=done.status)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form's act came to: a sheet to show, or words that it is saved."""

    sheet: dict[str, Any]
    saved: str = ""
    status: int = 200


def place_act(request: HttpRequest, place: Place) -> Answer:
    """Do what the form asks: save, preview, add a field, or clear; a fault keeps all that was typed."""
    act = request.POST.get("act", "save")
    if act not in ACTS:
        raise InputError(f"act={act[:20]!r} must be one of {', '.join(ACTS)}")
    if act == "clear":
        return _save(request, place, {}, {})
    raw = override_raw(request)
    override, faults = override_read(raw, base=place.bible_override)
    if act == "add" and (added := request.POST.get("field", "")) in BY_NAME:
        return Answer(sheet_of(place, override, raw=raw, faults=faults, added=added))
    if faults or act != "save":
        sheet = sheet_of(place, override, raw=raw, faults=faults)
        return Answer(sheet, status=400 if faults else 200)
    return _save(request, place, override, raw)


def override_raw(request: HttpRequest) -> Raw:
    """Return what the form sent, without the fields that are ticked to be left to the layers above."""
    raw, left = raw_of(request), set(request.POST.getlist("leave"))
    return {
        name: value
        for name, value in raw.items()
        if not any(name == gone or name.startswith(f"{gone}.") for gone in left)
    }


def _save(request: HttpRequest, place: Place, override: Document, raw: Raw) -> Answer:
    seen = request.POST.get("seen", "")
    try:
        if isinstance(place, Shot):
            shot_look_set(user=request.user, shot=place, override=override, seen=seen)
        else:
            scene_look_set(user=request.user, scene=place, override=override, seen=seen)
    except ApexError as err:
        place.refresh_from_db()
        sheet = sheet_of(place, override, raw=raw, error=err.message)
        return Answer(sheet, status=err.http_status)
    said = "is kept" if override else "is as above again"
    return Answer({}, f"The look of {name_of(place)} {said}. Approvals made before show stale.")


def name_of(place: Place) -> str:
    """Return what people call a scene or a shot."""
    return f"shot {place.code}" if isinstance(place, Shot) else f"scene {place.number}"


def address_of(place: Place) -> str:
    """Return the address of its look."""
    return reverse("shot-look" if isinstance(place, Shot) else "scene-look", args=[place.pk])


def sheet_of(
    place: Place,
    override: Document | None = None,
    *,
    raw: Raw | None = None,
    faults: Mapping[str, str] | None = None,
    added: str = "",
    error: str = "",
) -> dict[str, Any]:
    """Return what the form shows: the lines of an override, and the look that would come of it, value by value."""
    scene = place.scene if isinstance(place, Shot) else place
    current = StyleBibleVersion.objects.get(project=scene.episode.project_id, is_current=True)
    stored, seen = place.bible_override, override_version(place)
    override = stored if override is None else override
    place.bible_override = override  # in hand only: the look below is the one of this form
    merged = look_of(place, current.document).document
    names = {field.name for field in overridden(override)} | set(faults or {}) | {added} - {""}
    return {
        "scene": scene,
        "shot": place if isinstance(place, Shot) else None,
        "place_name": name_of(place),
        "lines": _lines(names, merged, override, raw or {}, faults or {}),
        "fields": [(f.name, f.label, f.group) for f in SCHEMA if f.name not in names],
        "shown": _shown(place, current, merged),
        "seen": seen,
        "is_own": bool(stored),
        "is_saved": override == stored and not added and not faults,
        "theirs": override_changes(stored, override) if error else {},
        "faults": faults or {},
        "error": error,
    }


def _lines(
    names: set[str], merged: Document, override: Document, raw: Raw, faults: Mapping[str, str]
) -> list[tuple[Line, str]]:
    """Return the lines of the fields named, each with its weight; an added field begins with the look as it stands."""
    spoken, terms = {field.name for field in overridden(override)}, terms_now()
    return [
        (
            line_of(field, override if field.name in spoken else merged, raw, faults, terms=terms),
            raw.get(field.name + WEIGHT, [f"{weight_of(override, field):g}"])[-1],
        )
        for field in SCHEMA
        if field.name in names
    ]


def _shown(
    place: Place, current: StyleBibleVersion, merged: Document
) -> list[tuple[str, list[Shown]]]:
    whose = origins(current.given or current.document, layers_of(place, current.document))
    rows = [
        (
            field.group,
            Shown(
                field.label,
                in_words(field, value_of(merged, field)),
                swatches_of(merged, field) if field.kind == "colours" else [],
                whose[field.name].words,
                whose[field.name].where,
            ),
        )
        for field in SCHEMA
    ]
    return [(group, [row for at, row in rows if at == group]) for group in GROUPS]


def _sketch(place: Place) -> str:
    name = "shot-look-sketch" if isinstance(place, Shot) else "scene-look-sketch"
    return reverse(name, args=[place.pk])
