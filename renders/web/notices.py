"""What a person was told: the page behind the bell."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from projects.services.notifications import (
    notification_read,
    notifications_read_all,
    unread_count,
)
from projects.web.bell import words_of
from renders.readings.feed import notice_address, notices_of, until_of


@login_required
def notifications_page(request: HttpRequest) -> HttpResponse:
    """Show what a person was told, newest first."""
    notices = notices_of(request.user, cursor=request.GET.get("cursor", ""))
    return render(request, "renders/notifications.html", {"notices": notices, "here": "bell"})


@login_required
def bell_count(request: HttpRequest) -> HttpResponse:
    """Return the number on the bell, for an open page."""
    return JsonResponse({"bell": words_of(unread_count(request.user))})


@login_required
def open_one(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Go where a notification leads; having gone there is having read it."""
    row = notification_read(user=request.user, id_=notification_id)
    return redirect(notice_address(row))


@require_POST
@login_required
def read_one(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Mark one read."""
    notification_read(user=request.user, id_=notification_id)
    return redirect("notifications")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark read everything that was there when the page was shown."""
    until = until_of(request.user, request.POST.get("until", ""))
    notifications_read_all(user=request.user, until=until)
    return redirect("notifications")
