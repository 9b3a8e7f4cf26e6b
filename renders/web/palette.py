"""The colours of a variant beside its look's: in short on the shot's and the review page, whole with a form of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apexsite.kit.errors import ApexError
from projects import access
from projects.models import Event
from projects.web.lookcolours import colours_take, takes_of, taking
from renders.bridge import current_bible
from renders.readings.rows import variant_for
from renders.services.palettes import variant_palette


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def variant_palette_page(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Show the colours of a variant against its look; take chosen ones into the look."""
    right = "approve" if request.method == "POST" else "view"
    variant = variant_for(request.user, variant_id, right=right)
    shot, project = variant.shot, variant.shot.scene.episode.project
    error, status = "", 200
    if request.method == "POST":
        try:
            colours_take(request, project, source=f"variant {variant.number} of {shot.code}")
            return redirect(reverse("variant-palette", args=[variant.pk]))
        except ApexError as err:
            error, status = err.message, err.http_status
    report = variant_palette(variant)
    if request.GET.get("part") == "1":
        return render(
            request, "renders/_palette_report.html", {"report": report, "variant": variant}
        )
    context = {
        **taking(current_bible(project), report, chosen=takes_of(request)),
        "project": project,
        "episode": shot.scene.episode,
        "shot": shot,
        "variant": variant,
        "error": error,
        "may_approve": access.may(request.user, project, "approve"),
        "seq": Event.objects.filter(project=project).count(),
        "here": "look",
    }
    return render(request, "renders/palette.html", context, status=status)
