"""The administration's form for a look: the same sheet as its page, whole documents in and out, swatches to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html, format_html_join

from apexsite.kit.errors import ApexError
from projects.engine.bibleschema import BY_NAME
from projects.engine.biblesheet import FIELDS, in_words, swatches_of, value_of
from projects.models import StyleBibleVersion
from projects.services.bibles import bible_publish
from projects.web.lookform import as_given, document_sent, groups_of, raw_of, read_form

if TYPE_CHECKING:
    Room = admin.ModelAdmin
else:
    Room = object


class BibleSheet(Room):
    """Gives the room of looks a form that publishes the next one."""

    change_form_template = "admin/projects/bible_change_form.html"

    @admin.display(description="Palette")
    def palette(self, row: StyleBibleVersion) -> str:
        """Show the palette as swatches."""
        swatches = swatches_of(row.document, BY_NAME["color_palette.primary_colors"])
        return format_html_join(
            "",
            '<span title="{} {}" style="display:inline-block;width:28px;height:20px;background:{}"></span>',
            ((name, colour, colour) for colour, name in swatches),
        )

    @admin.display(description="Look")
    def look(self, row: StyleBibleVersion) -> str:
        """Show every field with the word people use."""
        said = ((f.label, in_words(f, value_of(row.document, f))) for f in FIELDS)
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", said))

    def get_urls(self) -> list[Any]:
        """Add the form's address before the room's own."""
        sheet = self.admin_site.admin_view(self.sheet_view)
        own = [path("<uuid:object_id>/sheet/", sheet, name="projects_stylebibleversion_sheet")]
        return [*own, *super().get_urls()]

    def sheet_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Show a look as a form; what is sent becomes the project's next look."""
        row = get_object_or_404(StyleBibleVersion.objects.select_related("project"), pk=object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        raw = raw_of(request) if request.method == "POST" else None
        whole = "document" in request.POST or "file" in request.FILES
        faults: dict[str, str] = {}
        paths: Any = {}
        status, error = 200, ""
        if raw is not None:
            try:
                document, faults = (document_sent(request), {}) if whole else read_form(raw, row)
                status = 400 if faults else 200
                if not faults:
                    version = None if whole else row.version
                    return self._published(request, row, document, version)
            except ApexError as err:
                error, status = err.message, err.http_status
                paths = err.facts.get("fields", {})
        context = {
            **self.admin_site.each_context(request),
            "title": f"Look of {row.project}, from version {row.version}",
            "opts": self.model._meta,
            "original": row,
            "groups": groups_of(as_given(row), raw, faults),
            "faults": faults,
            "error": error,
            "paths": paths,
            "document": request.POST.get("document", ""),
        }
        return TemplateResponse(request, "admin/projects/bible_sheet.html", context, status=status)

    def _published(
        self, request: HttpRequest, row: StyleBibleVersion, document: Any, version: int | None
    ) -> HttpResponse:
        new = bible_publish(
            user=request.user, project=row.project, document=document, version=version
        )
        self.log_change(request, new, f"Published as version {new.version}.")
        self.message_user(request, f"Published as version {new.version}.")
        return redirect("admin:projects_stylebibleversion_change", new.pk)
