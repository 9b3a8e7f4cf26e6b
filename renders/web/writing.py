"""A script from a topic: asked for at home or for a film, and the page where its draft is read, edited and used."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apexsite.base.formkeys import form_key
from apexsite.kit.errors import ApexError, InputError, StaleEdit
from apexsite.kit.seeds import seed_from_name
from characters.services.scriptdrafts import draft_use
from projects import access
from projects.engine.outline import title_of
from projects.engine.writing.wish import ScriptWish, wish_of
from projects.models import Event, ScriptDraft, Writer
from projects.readings.writing import draft_for
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from projects.services.writing import draft_edit
from renders.readings.drafts import draft_page, drafts_shown, writing_choices
from renders.services.scriptwriting import script_request
from renders.web.home import home_with

SECONDS_BETWEEN = 1


@require_POST
@login_required
def project_from_topic(request: HttpRequest) -> HttpResponse:
    """Start a project whose script is written from a topic; a form sent twice starts one."""
    key = form_key(request)
    standing = access.projects_visible_to(request.user).filter(pk=key).first() if key else None
    if standing is not None:
        draft = ScriptDraft.objects.filter(episode__project=standing).last()
        return redirect("draft", draft.pk) if draft else redirect("board", standing.pk)
    try:
        wish = _wish(request)
        name = request.POST.get("name", "").strip() or title_of(wish.topic)
        with transaction.atomic():
            project = project_create(user=request.user, name=name, key=key)
            draft = script_request(
                user=request.user,
                episode=episode_first(project),
                wish=wish,
                writer=_writer(request),
            )
    except ApexError as err:
        return home_with(request, topic_error=err.message, status=err.http_status)
    return redirect("draft", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def write_page(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the form of a topic for a film, and what was written for it; POST asks for a draft."""
    right = "make" if request.method == "POST" else "view"
    episode = access.episode_for(request.user, episode_id, right=right)
    error, status = "", 200
    if request.method == "POST":
        try:
            draft = script_request(
                user=request.user,
                episode=episode,
                wish=_wish(request),
                writer=_writer(request),
                key=form_key(request),
            )
            return redirect("draft", draft.pk)
        except ApexError as err:
            error, status = err.message, err.http_status
    context = _around(request, episode) | {
        "drafts": drafts_shown(episode),
        "form_key": uuid4(),
        "topic_error": error,
        "given": request.POST,
        **writing_choices(),
    }
    return render(request, "renders/write.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show a draft while it is written and when it is; POST saves what was edited, and makes it the script if asked."""
    right = "make" if request.method == "POST" else "view"
    row = draft_for(request.user, draft_id, right=right)
    if request.method == "POST":
        try:
            return _kept(request, row)
        except ApexError as err:
            row.refresh_from_db()
            conflict = isinstance(err, StaleEdit) and "text" in request.POST
            return _draft(
                request, row, error=err.message, status=err.http_status, conflict=conflict
            )
    return _draft(request, row)


def _kept(request: HttpRequest, row: ScriptDraft) -> HttpResponse:
    try:
        # Words of somebody else are overwritten only where that was asked for, by the version that goes.
        version = int(request.POST.get("over") or request.POST.get("version", ""))
    except ValueError:
        raise InputError("version must be a whole number; open the draft again") from None
    if "text" in request.POST:
        row = draft_edit(user=request.user, draft=row, text=request.POST["text"], version=version)
        version = row.version
    if request.POST.get("act") != "use":
        messages.success(request, "Your changes are saved.")
        return redirect("draft", row.pk)
    episode = draft_use(user=request.user, draft=row, version=version)
    messages.success(request, "The draft is the script now, and is broken down into shots.")
    return redirect("script", episode.pk)


def _draft(
    request: HttpRequest,
    row: ScriptDraft,
    *,
    error: str = "",
    status: int = 200,
    conflict: bool = False,
) -> HttpResponse:
    page, began = draft_page(row), request.POST.get("version", "")
    context = _around(request, row.episode) | {
        "page": page,
        "draft": row,
        "error": error,
        "conflict": conflict,
        "began": began if conflict and began.isdecimal() else row.version,
        "text": request.POST.get("text", row.text),
        "form_key": uuid4(),
        "every": SECONDS_BETWEEN,
    }
    if "HX-Request" in request.headers and page.is_on_its_way:
        return render(request, "renders/_draft_waits.html", context)
    answer = render(request, "renders/draft.html", context, status=status)
    if "HX-Request" in request.headers:
        answer["HX-Refresh"] = "true"
    return answer


def _around(request: HttpRequest, episode: Any) -> dict[str, Any]:
    return {
        "project": episode.project,
        "episode": episode,
        "may_make": access.may(request.user, episode.project, "make"),
        "seq": Event.objects.filter(project=episode.project).count(),
        "here": "script",
    }


def _wish(request: HttpRequest) -> ScriptWish:
    given = request.POST
    topic = given.get("topic", "")
    try:
        shots = int(given.get("shots", "") or 10)
    except ValueError:
        raise InputError(f"shots={given.get('shots', '')[:20]!r} must be a whole number") from None
    return wish_of(
        topic=topic,
        style=given.get("style", "courtroom_drama"),
        shots=shots,
        language=given.get("language", "en"),
        seed=seed_from_name(topic) if topic.strip() else 0,
    )


def _writer(request: HttpRequest) -> str:
    return request.POST.get("writer") or Writer.AUTO
