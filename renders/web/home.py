"""Home: my projects, what is running, and the one-button way from a pasted page to a board."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apexsite.base.formkeys import form_key
from apexsite.kit.errors import ApexError, NotFound
from characters.services.scripts import script_import
from projects import access
from projects.models import Episode, Project
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from renders.models import RenderJob
from renders.readings.drafts import writing_choices
from renders.readings.jobs import jobs_asked_by, jobs_of
from renders.readings.waiting import waits_for
from renders.selectors import project_rows
from renders.services.animatics import animatic_request
from renders.services.jobs import job_cancel, job_retry
from renders.web.script import script_of


@login_required
def home_page(request: HttpRequest) -> HttpResponse:
    """Show the projects of a person, or how to begin."""
    return home_with(request)


def home_with(
    request: HttpRequest, *, error: str = "", topic_error: str = "", status: int = 200
) -> HttpResponse:
    """Show the home page with what was wrong in one of its forms."""
    context = {
        "rows": project_rows(access.projects_visible_to(request.user)),
        "waits": waits_for(request.user),
        "running": jobs_asked_by(request.user),
        "form_key": uuid4(),
        "error": error,
        "topic_error": topic_error,
        "topic_key": uuid4(),
        **writing_choices(),
        "given": request.POST,
        "here": "home",
    }
    return render(request, "renders/home.html", context, status=status)


@require_POST
@login_required
def project_new(request: HttpRequest) -> HttpResponse:
    """Start a project, with a script when one was given; a script that cannot be read starts nothing."""
    wants_animatic = "animatic" in request.POST
    key = form_key(request)
    standing = access.projects_visible_to(request.user).filter(pk=key).first() if key else None
    if standing is not None:
        return _begun(standing, episode_first(standing), wants_animatic)
    try:
        content, name = script_of(request, title=request.POST.get("name", ""))
        with transaction.atomic():
            project = project_create(user=request.user, name=request.POST.get("name", ""), key=key)
            episode = episode_first(project)
            if content.strip():
                script_import(user=request.user, episode=episode, content=content, name=name)
            if wants_animatic:
                animatic_request(user=request.user, episode=episode)
    except ApexError as err:
        return home_with(request, error=err.message, status=err.http_status)
    return _begun(project, episode, wants_animatic)


def _begun(project: Project, episode: Episode, wants_animatic: bool) -> HttpResponse:
    if wants_animatic:
        return redirect(f"{reverse('cut', args=[episode.pk])}?play=1")
    return redirect("board", project.pk)


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
