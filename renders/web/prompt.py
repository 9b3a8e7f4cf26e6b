"""The prompt on the shot page: part by part, edited, tried as it stands in the form, and saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from apexsite.kit.errors import ApexError
from projects import access
from projects.models import Event, Shot
from renders.engine.imaging.base import ImageRequest
from renders.engine.prompting.edits import edits_read
from renders.readings.prompts import DIALECTS, PromptSheet, Row, prompt_sheet
from renders.services.prompts import prompt_request, shot_prompt_edit
from renders.web.board import tier_of

ADDED = {"parts": "added", "negative": "added_negative"}
SHOWN = "dialect"


@require_POST
@login_required
def save(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Keep what was written over the parts; what cannot be kept is said, and is still in the form."""
    shot = access.shot_for(request.user, shot_id, right="make")
    asked = prompt_request(shot)
    sheet = prompt_sheet(shot, asked, dialect=dialect_of(request))
    try:
        _, said = shot_prompt_edit(
            user=request.user,
            shot=shot,
            edits=_typed(request.POST, shot, sheet),
            seen=request.POST.get("seen"),
        )
    except ApexError as err:
        project = shot.scene.episode.project
        seq = Event.objects.filter(project=project).count()
        context = prompt_context(request, shot, asked, typed=request.POST)
        context |= {
            "shot": shot,
            "project": project,
            "seq": seq,
            "problem": _named(err.message, sheet),
        }
        context |= {"here": "board", "episode": shot.scene.episode}
        return render(request, "renders/prompt.html", context, status=err.http_status)
    messages.success(request, f"The prompt of {shot.code} is saved.")
    for words in said:
        messages.warning(request, f"{_named(words, sheet)}.")
    told = urlencode({"tier": tier_of(request), SHOWN: sheet.dialect})
    return redirect(f"{reverse('shot', args=[shot.pk])}?{told}#prompt")


@require_POST
@login_required
def tried(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Return the meter and the rows of the prompt as it stands in the form; nothing is kept."""
    shot = access.shot_for(request.user, shot_id, right="view")
    asked, dialect = prompt_request(shot), dialect_of(request)
    stored = prompt_sheet(shot, asked, dialect=dialect)
    try:
        edits, said = edits_read(_typed(request.POST, shot, stored))
    except ApexError as err:
        return JsonResponse({"problem": _named(err.message, stored)}, status=err.http_status)
    sheet = prompt_sheet(shot, asked, edits=edits, dialect=dialect)
    return JsonResponse(
        {
            "meter": render_to_string("renders/_prompt_meter.html", _meter(sheet)),
            "rows": {
                row.field: {"tokens": row.tokens, "state": row.state, "said": row.said}
                for row in (*sheet.rows, *sheet.negative_rows)
            },
            "said": [_named(words, stored) for words in said],
        }
    )


def _named(words: str, sheet: PromptSheet) -> str:
    """Return what is said of a field with the name the page has for it."""
    where, _, rest = words.partition(" " if " has " in words else ":")
    for row in (*sheet.rows, *sheet.negative_rows):
        if row.field == where:
            return f"{row.label}{words[len(where) :]}"
    return f"What you added{words[len(where) :]}" if where.startswith("added") and rest else words


def dialect_of(request: HttpRequest) -> str:
    """Return the dialect a page is looked at in; an unknown one is the first."""
    given = request.POST.get(SHOWN) or request.GET.get(SHOWN) or ""
    return given if given in DIALECTS else next(iter(DIALECTS))


def prompt_context(
    request: HttpRequest,
    shot: Shot,
    asked: ImageRequest | None = None,
    *,
    typed: QueryDict | None = None,
) -> dict[str, Any]:
    """Return what the section shows; `typed` is what stands in the form where it could not be saved."""
    sheet = prompt_sheet(shot, asked or prompt_request(shot), dialect=dialect_of(request))
    rows = [_with(row, typed) for row in sheet.rows]
    return {
        "prompt": sheet,
        "prompt_groups": [
            ("What it shows", "parts", [row for row in rows if not row.is_look], True),
            ("How it looks", "", [row for row in rows if row.is_look], False),
            ("Not to be shown", "negative", [_with(r, typed) for r in sheet.negative_rows], True),
        ],
        "prompt_added": {
            group: _more(typed.getlist(field)) if typed else [] for group, field in ADDED.items()
        },
        "dialects": DIALECTS,
        "tier": tier_of(request),
        "may_make": access.may(request.user, shot.scene.episode.project, "make"),
        **_meter(sheet),
    }


def _meter(sheet: PromptSheet) -> dict[str, Any]:
    """Return the texts of the dialect looked at, with each part's share of the places there are."""
    said = sheet.spoken[sheet.dialect]
    rows = {row.name: row for row in sheet.rows}
    titles = {
        "prompt": "First encoder" if said.prompt_2 else "Prompt",
        "prompt_2": "Second encoder",
        "negative": "Not to be shown",
    }
    meters = []
    for text in (said.prompt, said.prompt_2, said.negative):
        if text is None or not text.text:
            continue
        ends = 0 if text.is_estimate else 2
        total = max(text.limit, text.tokens) + ends
        shown = [rows[name] for name in text.parts if name in rows]
        scale = text.tokens / max(1, sum(row.tokens for row in shown))
        cut = {left.name: left for left in text.left}
        meters.append(
            {
                "title": titles[text.name],
                "text": text,
                "used": text.tokens + ends,
                "places": text.limit + ends,
                "shares": [
                    (row, round(100 * scale * row.tokens / total, 2), row.name in cut)
                    for row in shown
                ]
                if text.name != "negative"
                else [],
                "whole": round(100 * (text.tokens + ends) / total, 1),
            }
        )
    return {
        "meters": meters,
        "left_out": [(rows[one.name], one) for one in said.dropped if one.name in rows],
        "left_negative": said.negative.left,
    }


def _with(row: Row, typed: QueryDict | None) -> Row:
    if typed is None or row.field not in typed:
        return row
    return replace(row, words=typed[row.field])


def _more(words: list[str]) -> list[str]:
    return [one for one in words if one.strip()]


def _typed(data: QueryDict, shot: Shot, sheet: PromptSheet) -> dict[str, Any]:
    """Return the edits a form asks for: words that are not the built ones, emptied fields as taken out.

    Edits of parts the form did not show stay as they are stored.
    """
    restored = data.get("restore", "")
    if restored == "all":
        return {}
    edits: dict[str, Any] = {}
    for group, rows in (("parts", sheet.rows), ("negative", sheet.negative_rows)):
        over = dict(shot.prompt_edits.get(group, {}))
        added = [words for words in data.getlist(ADDED[group]) if words.strip()]
        for row in rows:
            if row.field not in data:
                added += [row.words] if row.is_added else []
                continue
            words = "" if row.field == restored and row.is_added else data[row.field]
            if row.is_added:
                added.insert(int(row.name.removeprefix("added_")) - 1, words)
                continue
            over.pop(row.name, None)
            if row.field != restored and " ".join(words.split()) != row.built:
                over[row.name] = words if words.strip() else None
        edits[group] = over
        edits[ADDED[group]] = added
    return edits
