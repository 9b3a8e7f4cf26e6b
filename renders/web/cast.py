"""The cast page and a character's page: traits with the rule that gave each, voice, portrait, versions, appearances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apexsite.kit.errors import ApexError, InputError, StaleEdit
from characters.access import character_for
from characters.engine.profilesheet import RULED, TRAITS, in_words, traits_read
from characters.models import Character
from characters.services.characters import character_add
from characters.services.profiles import EXPLICIT, character_restore, character_update
from projects import access
from projects.models import Event, Shot
from renders.models import Media
from renders.readings.cast import appearances_of, people_of, steps_of
from renders.readings.staleness import stale_approvals
from renders.services.media import media_path
from renders.services.samples import (
    portrait,
    portrait_variant,
    sample_text,
    voice_named,
    voice_sample,
)
from renders.web.body import body_context

GROUPS = (
    ("who", "Who"),
    ("looks", "Looks"),
    ("wardrobe", "Wardrobe"),
    ("voice", "Voice"),
)
MOST_NAMED = 6


@dataclass(slots=True)
class Entry:
    """One trait on the page."""

    name: str
    label: str
    kind: str
    value: Any
    choices: list[tuple[str, str]]
    unit: str
    longest: int
    rule: str
    is_by_hand: bool
    fault: str


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cast_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show everybody in the film; put somebody new into it."""
    right = "make" if request.method == "POST" else "view"
    project = access.project_for(request.user, project_id, right=right)
    error, status = "", 200
    if request.method == "POST":
        name, told = request.POST.get("name", ""), request.POST.get("description", "")
        try:
            made = character_add(user=request.user, project=project, name=name, description=told)
        except ApexError as err:
            error, status = err.message, err.http_status
        else:
            return redirect("character", made.pk)
    context = {
        "project": project,
        "episode": project.episodes.first(),
        "people": people_of(project),
        "error": error,
        "given": request.POST,
        "may_make": access.may(request.user, project, "make"),
        "seq": Event.objects.filter(project=project).count(),
        "here": "cast",
    }
    return render(request, "renders/cast.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def character_page(request: HttpRequest, character_id: UUID) -> HttpResponse:
    """Show a character; save their sheet."""
    right = "make" if request.method == "POST" else "view"
    character = character_for(request.user, character_id, right=right)
    if request.method != "POST":
        return _page(request, character)
    typed = {trait.name: request.POST[trait.name] for trait in TRAITS if trait.name in request.POST}
    values, faults = traits_read(typed)
    if faults:
        return _page(request, character, typed=typed, faults=faults, status=400)
    version = request.POST.get("version", "")
    try:
        saved = character_update(
            user=request.user,
            character=character,
            changes=values,
            give_back=request.POST.getlist("give_back"),
            version=int(version) if version.isdecimal() and len(version) < 9 else -1,
        )
    except StaleEdit as err:
        character.refresh_from_db()
        return _page(request, character, typed=typed, stale=err.message, status=412)
    _tell(request, saved)
    return redirect("character", saved.pk)


def _tell(request: HttpRequest, character: Character) -> None:
    messages.success(request, f"{character.name} is saved, version {character.version}.")
    shots = Shot.objects.filter(castings__character=character).exclude(status=Shot.Status.OMITTED)
    stale = stale_approvals(shots.select_related("scene__episode__project"))
    named = ", ".join(f"{s.shot.code} variant {s.variant.number}" for s in stale[:MOST_NAMED])
    if stale:
        more = f" and {len(stale) - MOST_NAMED} more" if len(stale) > MOST_NAMED else ""
        messages.warning(request, f"Approved pictures that no longer match: {named}{more}.")


def _page(
    request: HttpRequest,
    character: Character,
    *,
    typed: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    stale: str = "",
    status: int = 200,
) -> HttpResponse:
    project = character.project
    entries = [_entry(trait, character, typed or {}, faults or {}) for trait in TRAITS]
    context = {
        "project": project,
        "episode": project.episodes.first(),
        "character": character,
        "groups": [
            (title, [e for e, t in zip(entries, TRAITS, strict=True) if t.group == group])
            for group, title in GROUPS
        ],
        "faults": faults or {},
        "stale": stale,
        "differences": _differences(character, typed or {}) if stale else [],
        "said": sample_text(character),
        "voice_named": voice_named(character),
        "portrait_of": portrait_variant(character),
        "appearances": appearances_of(character),
        "steps": steps_of(character),
        **body_context(request, character),
        "may_make": access.may(request.user, project, "make"),
        "seq": Event.objects.filter(project=project).count(),
        "here": "cast",
    }
    return render(request, "renders/character.html", context, status=status)


def _entry(
    trait: Any, character: Character, typed: dict[str, str], faults: dict[str, str]
) -> Entry:
    stored = character.profile.get(trait.name, "")
    shown = in_words("years", stored).replace(" to ", "-") if trait.kind == "years" else stored
    rule = character.profile_sources.get(trait.name, "")
    choices = [(c, in_words(trait.name, c) if c else "not said") for c in trait.choices]
    if trait.kind == "choice" and stored not in trait.choices:
        choices.append((stored, str(stored)))
    return Entry(
        name=trait.name,
        label=trait.label,
        kind=trait.kind,
        value=typed.get(trait.name, shown),
        choices=choices,
        unit=trait.unit,
        longest=trait.longest,
        rule=rule if trait.name in RULED else "",
        is_by_hand=rule in EXPLICIT and trait.name in RULED,
        fault=faults.get(trait.name, ""),
    )


def _differences(character: Character, typed: dict[str, str]) -> list[tuple[str, str, str]]:
    values, _ = traits_read(typed)
    return [
        (t.label, in_words(t.name, character.profile.get(t.name)), in_words(t.name, values[t.name]))
        for t in TRAITS
        if t.name in values and values[t.name] != character.profile.get(t.name)
    ]


@require_POST
@login_required
def restore(request: HttpRequest, character_id: UUID) -> HttpResponse:
    """Bring an older version back as a new one."""
    character = character_for(request.user, character_id, right="make")
    asked = request.POST.get("version", "")
    if not asked.isdecimal() or len(asked) > 8:
        raise InputError(f"version={asked[:20]!r} must be a whole number")
    saved = character_restore(user=request.user, character=character, version=int(asked))
    _tell(request, saved)
    return redirect("character", saved.pk)


@require_safe
@login_required
def voice(request: HttpRequest, character_id: UUID) -> HttpResponse:
    """Send the character speaking, as WAV; spoken on the first listen."""
    character = character_for(request.user, character_id, right="view")
    return _file(request, voice_sample(character))


@require_safe
@login_required
def face(request: HttpRequest, character_id: UUID) -> HttpResponse:
    """Send the character's portrait."""
    character = character_for(request.user, character_id, right="view")
    return _file(request, portrait(character))


def _file(request: HttpRequest, media: Media) -> HttpResponse:
    etag = f'"{media.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(media_path(media).read_bytes(), content_type=media.content_type)
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
