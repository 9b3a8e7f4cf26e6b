"""Home: my projects, what is running, and the one-button way from a pasted page to a board."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apexsite.kit.errors import ApexError, InputError, NotFound
from characters.services.scripts import script_import
from projects import access
from projects.models import Event
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from renders.models import RenderJob
from renders.readings.jobs import jobs_asked_by, jobs_of
from renders.readings.waiting import waits_for
from renders.selectors import project_rows
from renders.services.animatics import animatic_request
from renders.services.jobs import job_cancel, job_retry


@login_required
def home_page(request: HttpRequest) -> HttpResponse:
    """Show the projects of a person, or how to begin."""
    return _home(request)


def _home(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "rows": project_rows(access.projects_visible_to(request.user)),
        "waits": waits_for(request.user),
        "running": jobs_asked_by(request.user),
        "error": error,
        "given": request.POST,
        "here": "home",
    }
    return render(request, "renders/home.html", context, status=status)


@require_POST
@login_required
def project_new(request: HttpRequest) -> HttpResponse:
    """Start a project, with a script when one was given; a script that cannot be read starts nothing."""
    content, name = _script_of(request, title=request.POST.get("name", ""))
    wants_animatic = "animatic" in request.POST
    try:
        with transaction.atomic():
            project = project_create(user=request.user, name=request.POST.get("name", ""))
            episode = episode_first(project)
            if content.strip():
                script_import(user=request.user, episode=episode, content=content, name=name)
            if wants_animatic:
                animatic_request(user=request.user, episode=episode)
    except ApexError as err:
        return _home(request, error=err.message, status=err.http_status)
    if wants_animatic:
        return redirect(f"{reverse('cut', args=[episode.pk])}?play=1")
    return redirect("board", project.pk)


@login_required
def script_page(request: HttpRequest, episode_id: UUID) -> HttpResponse:
    """Show the screenplay beside its breakdown; take a new draft."""
    right = "make" if request.method == "POST" else "view"
    episode = access.episode_for(request.user, episode_id, right=right)
    error, status = "", 200
    if request.method == "POST":
        content, name = _script_of(request, title=str(episode))
        try:
            if not content.strip():
                raise InputError("paste a script, or choose a .fountain or .txt file")
            script_import(user=request.user, episode=episode, content=content, name=name)
        except ApexError as err:
            error, status = err.message, err.http_status
        else:
            messages.success(request, "The script is broken down into shots.")
            return redirect("script", episode.pk)
    scenes = episode.scenes.prefetch_related("shots__castings__character")
    context = {
        "project": episode.project,
        "episode": episode,
        "scenes": scenes,
        "lines": episode.script_text.splitlines(),
        "error": error,
        "given": request.POST.get("script", ""),
        "may_make": access.may(request.user, episode.project, "make"),
        "seq": Event.objects.filter(project=episode.project).count(),
        "here": "script",
    }
    return render(request, "renders/script.html", context, status=status)


@login_required
def jobs_drawer(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Return the newest jobs of a project."""
    project = access.project_for(request.user, project_id, right="view")
    context = {
        "jobs": jobs_of(project),
        "project": project,
        "may_make": access.may(request.user, project, "make"),
    }
    return render(request, "renders/_jobs.html", context)


@require_POST
@login_required
def job_stop(request: HttpRequest, project_id: UUID, job_id: UUID) -> HttpResponse:
    """Cancel a job."""
    job_cancel(user=request.user, job=_job(request, project_id, job_id))
    return jobs_drawer(request, project_id)


@require_POST
@login_required
def job_again(request: HttpRequest, project_id: UUID, job_id: UUID) -> HttpResponse:
    """Run what failed in a job again."""
    job_retry(user=request.user, job=_job(request, project_id, job_id))
    return jobs_drawer(request, project_id)


def _job(request: HttpRequest, project_id: UUID, job_id: UUID) -> RenderJob:
    project = access.project_for(request.user, project_id, right="make")
    job = RenderJob.objects.filter(project=project, pk=job_id).first()
    if job is None:
        raise NotFound("there is no such job in this project")
    return job


def _script_of(request: HttpRequest, *, title: str) -> tuple[bytes, str]:
    """Return the script given and its file name; a pasted page without a title page takes `title`."""
    upload = request.FILES.get("file")
    if upload is not None:
        return upload.read(), upload.name or "script"
    stem = title.strip().replace("/", " ").replace("\\", " ")[:150] or "Untitled"
    return request.POST.get("script", "").encode("utf-8", "replace"), f"{stem}.fountain"
