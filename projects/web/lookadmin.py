"""The administration's form for the look of one scene or shot: the same sheet as its page, saved by the same services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from projects.web.lookplace import Answer, name_of, place_act, sheet_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Room = ModelAdmin
else:
    Room = object


class LookSheet(Room):
    """Gives a room of scenes or shots a form for their word on the look."""

    change_form_template = "admin/projects/place_change_form.html"
    up = "episode__project"
    """The way from a row to its project."""

    def get_urls(self) -> list[Any]:
        """Add the form's address before the room's own."""
        name = f"projects_{self.model._meta.model_name}_look"
        view = self.admin_site.admin_view(self.look_view)
        return [path("<uuid:object_id>/look/", view, name=name), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the row with a way to its look."""
        look = f"admin:projects_{self.model._meta.model_name}_look"
        extra = {**(extra_context or {}), "look_address": look}
        return super().change_view(request, object_id, form_url, extra)

    def look_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Show what a row says of the look as a form; what is sent is saved by the service."""
        row = get_object_or_404(self.model.objects.select_related(self.up), pk=object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        done = place_act(request, row) if request.method == "POST" else Answer(sheet_of(row))
        if done.saved:
            self.log_change(request, row, done.saved)
            self.message_user(request, done.saved)
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            **done.sheet,
            "title": f"Look of {name_of(row)}",
            "opts": self.model._meta,
            "original": row,
            "may_make": True,
        }
        return TemplateResponse(
            request, "admin/projects/place_look.html", context, status=done.status
        )
