"""Colours of a picture shown beside the look's, and the form that takes some of them into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from apexsite.kit.colour import lab_of_hex
from apexsite.kit.errors import ApexError, InputError
from apexsite.kit.maincolours import MOST_COLOURS, MainColour
from apexsite.kit.pixels import read_picture
from projects import access
from projects.engine.bible import bible_from
from projects.engine.bibleschema import HEX_COLOUR
from projects.engine.biblesheet import swatches_of
from projects.engine.bibletakes import GROUP_OF, PALETTE, SKIN
from projects.engine.palettereport import PaletteReport, palette_report, report_of
from projects.models import Event, Project, StyleBibleVersion
from projects.services.bibles import bible_take_colours

MOST_BYTES = 32 * 1024 * 1024
"""Largest picture read here. House choice: a 60-megapixel JPEG passes."""
TAKE = "take."
"""What the choice for a colour is called in the form: `take.#2C3E50`."""
PAIR, SHARE = "pair", re.compile(r"[01]\.\d{1,6}")
"""What a colour of the picture is called in the form, and how its share is written."""
TAKEN = "The look is published as version {}, with the colours taken. Approvals made on the old one show stale."


def takes_of(request: HttpRequest) -> dict[str, str]:
    """Return where each colour of the form goes; those left out are not in it."""
    return {
        name.removeprefix(TAKE): where
        for name, where in request.POST.items()
        if name.startswith(TAKE) and where
    }


def version_of(request: HttpRequest) -> int:
    """Return the version of the look the form began with; raises `InputError` when it names none."""
    text = request.POST.get("version", "")
    if not text.isdecimal() or len(text) > 8:
        raise InputError("the form names no version of the look; open the page again")
    return int(text)


def pairs_of(request: HttpRequest) -> list[MainColour]:
    """Return the picture's colours as the form carries them, `#RRGGBB share`; the picture itself is kept nowhere."""
    found = []
    for words in request.POST.getlist(PAIR)[:MOST_COLOURS]:
        colour, _, share = words.partition(" ")
        if HEX_COLOUR.fullmatch(colour) and SHARE.fullmatch(share):
            lab = lab_of_hex([colour])[0]
            found.append(MainColour(colour, (lab[0], lab[1], lab[2]), float(share)))
    return found


def taking(
    current: StyleBibleVersion, report: PaletteReport, *, chosen: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what the form needs: the pairs each with the place chosen for it, and the places a colour may go to."""
    given = chosen or {}
    places: list[tuple[str, list[tuple[str, str]]]] = [
        ("Add", [(PALETTE, "to the palette"), (SKIN, "to the skin tones")])
    ]
    for field in GROUP_OF.values():
        swatches = swatches_of(current.document, field)
        options = [(colour, f"in place of {name} {colour}") for colour, name in swatches]
        places.append((field.label, options))
    takes = [(pair, given.get(pair.colour, "")) for pair in report.pairs]
    return {"report": report, "takes": takes, "places": places, "bible": current}


def colours_take(request: HttpRequest, project: Project, *, source: str) -> StyleBibleVersion:
    """Publish the look with the colours of the form and say so."""
    row = bible_take_colours(
        user=request.user,
        project=project,
        takes=takes_of(request),
        version=version_of(request),
        source=source,
    )
    messages.success(request, TAKEN.format(row.version))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def look_colours(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the colours of a picture somebody brings, kept nowhere; take some of them into the look."""
    right = "approve" if request.method == "POST" else "view"
    project = access.project_for(request.user, project_id, right=right)
    if request.method != "POST":
        return _page(request, project, {})
    try:
        if "picture" not in request.FILES:
            colours_take(request, project, source="a picture brought")
            return redirect("look", project.pk)
        upload = request.FILES["picture"]
        if (upload.size or 0) > MOST_BYTES:
            raise InputError(
                f"{upload.name} is {upload.size:,} bytes; at most {MOST_BYTES:,} are read"
            )
        pixels = read_picture(upload.read())
    except ApexError as err:
        more = {"error": err.message, **_kept(request, project)}
        return _page(request, project, more, status=err.http_status)
    current = StyleBibleVersion.objects.get(project=project, is_current=True)
    report = palette_report(pixels, bible=bible_from(current.document))
    return _page(request, project, {**taking(current, report), "file_name": upload.name})


def _kept(request: HttpRequest, project: Project) -> dict[str, Any]:
    """Return the report and the choices a refused form carried, against the look as it is now."""
    found = pairs_of(request)
    if not found:
        return {}
    current = StyleBibleVersion.objects.get(project=project, is_current=True)
    report = report_of(found, bible=bible_from(current.document))
    return {
        **taking(current, report, chosen=takes_of(request)),
        "file_name": request.POST.get("file_name", "")[:200] or "a picture",
    }


def _page(
    request: HttpRequest, project: Project, more: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {
        "project": project,
        "episode": project.episodes.first(),
        "may_approve": access.may(request.user, project, "approve"),
        "seq": Event.objects.filter(project=project).count(),
        "here": "look",
        **more,
    }
    return render(request, "projects/look_colours.html", context, status=status)
