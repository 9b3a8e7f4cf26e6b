"""The grade page: four stages of numbers, the picture before and after, scopes, tables in and out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_POST, require_safe

from apexsite.kit.errors import ApexError, InputError
from projects import access
from projects.models import Episode, Event, Shot
from renders.engine.grading.grade import Grade, grade_from
from renders.engine.grading.presets import PRESETS, preset_named
from renders.models import ColourTable, GradeVersion, Tier
from renders.readings.board import cards_in
from renders.readings.grading import (
    CUBE_SIZES,
    cube_of,
    fold_of,
    picture_after,
    picture_before,
    proposal_for,
    scope_png,
    scopes_of,
    source_of,
    variant_shown,
)
from renders.services.grades import (
    Place,
    current_version,
    grade_reset,
    grade_save,
    layers_of,
    project_of,
    table_import,
    versions_of,
    words_of,
)
from renders.web.board import tier_of
from renders.web.gradeform import asked_place, asked_shot, grade_sent, groups_of, query_of, spaces

SCOPES = (
    ("parade", "Red, green, blue"),
    ("waveform", "Luma"),
    ("vectorscope", "Colour and skin"),
    ("histogram", "Levels"),
)


@require_safe
@login_required
def grade_page(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the grade of the film, a scene or a shot; numbers in the address are tried, not saved."""
    episode = access.episode_for(request.user, episode_id, right="view")
    shot = asked_shot(request, episode, request.GET)
    word, place = asked_place(request.GET, shot)
    try:
        tried, note = _tried(request, place, shot)
    except ApexError as err:
        begins = layers_of(episode.project).of(place)
        return _page(request, episode, shot, (word, place), begins, error=err.message, status=400)
    return _page(request, episode, shot, (word, place), tried, note=note)


def _tried(request: HttpRequest, place: Place, shot: Shot) -> tuple[Grade, str]:
    """Return the grade the address asks to try, and what is said about it."""
    layers = layers_of(project_of(place))
    begins = layers.of(place)
    if "preset" in request.GET:
        preset = preset_named(request.GET["preset"])
        table = {"lut": begins.lut, "lut_space": str(begins.lut_space)} if begins.lut else {}
        return grade_from({**preset.values, **table}), f"{preset.name}: tried, not saved yet."
    tried = grade_sent(request.GET, begins)
    if "balance" in request.GET:
        proposed = proposal_for(source_of(shot, tier=tier_of(request)))
        words = "Balanced by the greys of this picture: tried, not saved yet."
        return grade_from(tried.to_document(), proposed), words
    return tried, "" if tried == begins else "Tried, not saved yet."


def _page(
    request: HttpRequest,
    episode: Episode,
    shot: Shot,
    at: tuple[str, Place],
    grade: Grade,
    *,
    note: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    word, place = at
    project, tier = episode.project, tier_of(request)
    seq = Event.objects.filter(project=project).count()
    layers = layers_of(project)
    variant = variant_shown(shot, tier=tier)
    numbers = scopes_of(variant.media.sha256, grade=grade).numbers() if variant else {}
    cards = cards_in(episode, tier=tier)
    graded = set(
        GradeVersion.objects.filter(project=project, is_current=True, shot__isnull=False)
        .exclude(document={"schema": "apex.grade/1"})
        .values_list("shot_id", flat=True)
    )
    context: dict[str, Any] = {
        "project": project,
        "episode": episode,
        "shot": shot,
        "word": word,
        "places": [
            ("film", "Whole film"),
            ("scene", f"Scene {shot.scene.number}"),
            ("shot", shot.code),
        ],
        "place_words": words_of(place),
        "cards": [(card, card.pk in graded) for card in cards],
        "groups": groups_of(grade, layers.above(place)),
        "grade": grade,
        "is_saved": grade == layers.of(place),
        "says_something": len(layers.own(place)) > 1,
        "query": query_of(grade),
        "version": current_version(place),
        "history": versions_of(place),
        "variant": variant,
        "numbers": numbers,
        "fold": fold_of(grade),
        "scopes": SCOPES,
        "presets": PRESETS,
        "tables": ColourTable.objects.filter(project=project).select_related("media"),
        "spaces": spaces(),
        "cube_sizes": CUBE_SIZES,
        "tiers": Tier.choices,
        "tier": tier,
        "seq": seq,
        "note": note,
        "error": error,
        "may_make": access.may(request.user, project, "make"),
        "here": "cut",
    }
    return render(request, "renders/grade.html", context, status=status)


@require_POST
@login_required
def save(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Save the numbers of the form for the film, the scene or the shot."""
    episode = access.episode_for(request.user, episode_id, right="make")
    shot = asked_shot(request, episode, request.POST)
    word, place = asked_place(request.POST, shot)
    version = request.POST.get("version", "")
    grade = layers_of(episode.project).of(place)
    try:
        grade = grade_sent(request.POST, grade)
        grade_save(
            user=request.user,
            place=place,
            document=grade.to_document(),
            version=int(version) if version.isdigit() else None,
        )
    except ApexError as err:
        said = f"{err.message[:1].upper()}{err.message[1:]}. Nothing was saved."
        return _page(
            request, episode, shot, (word, place), grade, error=said, status=err.http_status
        )
    messages.success(request, f"The grade of {words_of(place)} is saved; the next film has it.")
    return _back(request, episode, shot, word)


@require_POST
@login_required
def reset(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Let the film, the scene or the shot say nothing itself."""
    episode = access.episode_for(request.user, episode_id, right="make")
    shot = asked_shot(request, episode, request.POST)
    word, place = asked_place(request.POST, shot)
    grade_reset(user=request.user, place=place)
    messages.success(request, f"The grade of {words_of(place)} begins anew.")
    return _back(request, episode, shot, word)


def _back(
    request: HttpRequest, episode: Episode, shot: Shot, word: str, **more: str
) -> HttpResponse:
    query = {"tier": tier_of(request), "for": word, "shot": str(shot.pk), **more}
    return redirect(f"{reverse('grade', args=[episode.pk])}?{urlencode(query)}")


@require_POST
@login_required
def table(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Import a .cube file and try it on the shot."""
    episode = access.episode_for(request.user, episode_id, right="make")
    shot = asked_shot(request, episode, request.POST)
    word, place = asked_place(request.POST, shot)
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise InputError("no file came with the form; choose a .cube file")
        row = table_import(
            user=request.user, project=episode.project, content=sent.read(), name=sent.name or ""
        )
    except ApexError as err:
        said = f"{err.message[:1].upper()}{err.message[1:]}. Nothing was imported."
        grade = layers_of(episode.project).of(place)
        return _page(
            request, episode, shot, (word, place), grade, error=said, status=err.http_status
        )
    messages.success(request, f"{row.title} is imported: {row.size} points a side.")
    return _back(request, episode, shot, word, lut=f"sha256:{row.media.sha256}")


def _asked(request: HttpRequest, episode_id: UUID) -> tuple[str, Grade]:
    """Return the picture and the grade an address of a picture names."""
    episode = access.episode_for(request.user, episode_id, right="view")
    shot = asked_shot(request, episode, request.GET)
    _, place = asked_place(request.GET, shot)
    grade = grade_sent(request.GET, layers_of(episode.project).of(place))
    return source_of(shot, tier=tier_of(request)), grade


def _sent(content: bytes, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@login_required
def picture(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Draw the shot with the grade of the address, or as it was with `stage=before`."""
    try:
        sha256, grade = _asked(request, episode_id)
        if request.GET.get("stage") == "before":
            return _sent(picture_before(sha256), "image/jpeg")
        return _sent(picture_after(sha256, grade=grade), "image/jpeg")
    except InputError as err:
        return HttpResponse(err.message, status=400, content_type="text/plain")


@require_safe
@login_required
def scope(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Draw a scope of the shot with the grade of the address."""
    try:
        sha256, grade = _asked(request, episode_id)
        kind = request.GET.get("kind", "parade")
        return _sent(scope_png(sha256, grade=grade, kind=kind), "image/png")
    except InputError as err:
        return HttpResponse(err.message, status=400, content_type="text/plain")


@require_safe
@login_required
def cube(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Send stages 1 to 3 of the grade as a .cube file."""
    episode = access.episode_for(request.user, episode_id, right="view")
    shot = asked_shot(request, episode, request.GET)
    _, place = asked_place(request.GET, shot)
    grade = grade_sent(request.GET, layers_of(episode.project).of(place))
    size = request.GET.get("size", "33")
    if size not in map(str, CUBE_SIZES):
        raise InputError(f"size={size[:20]!r} must be one of 17, 33, 65")
    title = f"{episode.project.name}, {words_of(place)}"
    text = cube_of(grade, size=int(size), title=title)
    answer = _sent(text.encode("utf-8"), "text/plain; charset=utf-8")
    letters = "".join(c if c.isalnum() and c.isascii() else " " for c in title.lower())
    name = "-".join(letters.split())[:80] or "grade"
    answer["Content-Disposition"] = str(content_disposition_header(True, f"{name}.cube"))
    return answer
