"""People of a project: who is here, who is invited; and the page an invitation's link opens."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apexsite.base.formkeys import form_key
from apexsite.kit.errors import ApexError, NotFound
from projects import access
from projects.models import Event, Invitation, Membership, Project, Role
from projects.services.invitations import (
    account_create,
    invitation_accept,
    invitation_create,
    invitation_open,
    invitation_withdraw,
)
from projects.services.projects import member_add, member_remove

ROLE_WORDS = {
    Role.OWNER: "manages people, and may do everything below",
    Role.DIRECTOR: "approves, rejects, sends to retake; and makes",
    Role.ARTIST: "asks for variants, edits shots, builds cuts and films",
    Role.REVIEWER: "comments and recommends",
    Role.VIEWER: "looks",
}
INVITED = "apex-invited"


@login_required
def people_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show members and open invitations; owners also invite."""
    project = access.project_for(request.user, project_id, right="view")
    return _page(request, project)


def _page(
    request: HttpRequest, project: Project, *, error: str = "", status: int = 200
) -> HttpResponse:
    may_manage = access.may(request.user, project, "manage")
    members = Membership.objects.filter(project=project).select_related("user")
    order = list(Role.values)
    context = {
        "project": project,
        "episode": project.episodes.first(),
        "members": sorted(
            members, key=lambda m: (order.index(m.role), m.user.get_username().lower())
        ),
        "invitations": Invitation.objects.filter(
            project=project, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        if may_manage
        else [],
        "roles": [(value, label, ROLE_WORDS[Role(value)]) for value, label in Role.choices],
        "link": request.session.pop(f"{INVITED}:{project.pk}", None),
        "may_manage": may_manage,
        "error": error,
        "given": request.POST,
        "form_key": uuid4(),
        "seq": Event.objects.filter(project=project).count(),
        "here": "people",
    }
    return render(request, "projects/people.html", context, status=status)


@require_POST
@login_required
def invite(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Invite somebody; the link is shown once on the page that follows."""
    project = access.project_for(request.user, project_id, right="manage")
    try:
        invitation, secret = invitation_create(
            user=request.user,
            project=project,
            role=request.POST.get("role", ""),
            for_whom=request.POST.get("for_whom", ""),
            key=form_key(request),
        )
    except ApexError as err:
        return _page(request, project, error=err.message, status=err.http_status)
    if secret:
        address = request.build_absolute_uri(reverse("join", args=[secret]))
        told = {"for": invitation.for_whom, "address": address}
        request.session[f"{INVITED}:{project.pk}"] = told
    return redirect("people", project.pk)


@require_POST
@login_required
def withdraw(request: HttpRequest, project_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Withdraw an open invitation."""
    project = access.project_for(request.user, project_id, right="manage")
    invitation_withdraw(user=request.user, project=project, invitation_id=invitation_id)
    messages.info(request, "The invitation is withdrawn; its link leads nowhere now.")
    return redirect("people", project.pk)


@require_POST
@login_required
def change_role(request: HttpRequest, project_id: UUID, user_id: int) -> HttpResponse:
    """Give a member another role."""
    project, member = _member(request, project_id, user_id)
    role = request.POST.get("role", "")
    try:
        member_add(user=request.user, project=project, member=member, role=role)
    except ApexError as err:
        return _page(request, project, error=err.message, status=err.http_status)
    messages.success(request, f"{_name(member)} is {Role(role).label.lower()} now.")
    return redirect("people", project.pk)


@require_POST
@login_required
def remove(request: HttpRequest, project_id: UUID, user_id: int) -> HttpResponse:
    """Take a member off the project: open pages of theirs stop at once."""
    project, member = _member(request, project_id, user_id)
    try:
        member_remove(user=request.user, project=project, member=member)
    except ApexError as err:
        return _page(request, project, error=err.message, status=err.http_status)
    messages.info(request, f"{_name(member)} is off the project.")
    return redirect(
        "people" if member != request.user else "home", *_args(project, member, request)
    )


def _args(project: Project, member: AbstractUser, request: HttpRequest) -> list[UUID]:
    return [project.pk] if member != request.user else []


def _member(request: HttpRequest, project_id: UUID, user_id: int) -> tuple[Project, AbstractUser]:
    project = access.project_for(request.user, project_id, right="manage")
    member = get_user_model().objects.filter(pk=user_id, memberships__project=project).first()
    if member is None:
        raise NotFound("there is no such member of this project")
    return project, member


def _name(person: AbstractUser) -> str:
    return person.first_name or person.get_username()


@never_cache
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Open an invitation: join with one button, or make an account first."""
    invitation = invitation_open(secret)
    error, status = "", 200
    if request.method == "POST":
        try:
            _join(request, secret)
        except ApexError as err:
            error, status = err.message, err.http_status
        else:
            return redirect("board", invitation.project_id)
    context = {
        "invitation": invitation,
        "words": ROLE_WORDS[Role(invitation.role)],
        "error": error,
        "given": request.POST,
    }
    answer = render(request, "projects/join.html", context, status=status)
    # The secret stands in the address: it must not travel to another site in a referrer.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _join(request: HttpRequest, secret: str) -> None:
    if request.user.is_authenticated:
        invitation_accept(user=request.user, secret=secret)
        return
    made = account_create(
        secret=secret,
        username=request.POST.get("username", ""),
        password=request.POST.get("password", ""),
        first_name=request.POST.get("first_name", ""),
    )
    login(request, made)
