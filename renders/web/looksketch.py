"""One shot of the film sketched in a look nobody has published yet."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from apexsite.kit.errors import ApexError, InputError, NotFound
from projects import access
from projects.engine.bible import bible_from
from projects.models import Project, Shot, StyleBibleVersion
from projects.web.lookform import raw_of, read_form
from renders.services.sketches import sketch_draw


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def look_sketch(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Draw the film's sample shot in the current look, or in the one of a form."""
    project = access.project_for(request.user, project_id, right="view")
    try:
        current = StyleBibleVersion.objects.get(project=project, is_current=True)
        document, faults = read_form(raw_of(request), current)
        if faults:
            raise InputError(" ".join(faults.values()))
        bible_from(document)
        picture = sketch_draw(
            user=request.user, shot=_sample(project), values={}, document=document
        )
    except ApexError as err:
        return HttpResponse(err.message, status=err.http_status, content_type="text/plain")
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _sample(project: Project) -> Shot:
    """Return the first shot with somebody in it, else the first one."""
    shots = (
        Shot.objects.filter(scene__episode__project=project)
        .exclude(status=Shot.Status.OMITTED)
        .select_related("scene__episode__project")
        .order_by("scene__episode__number", "scene__number", "order")
    )
    found = shots.filter(castings__isnull=False).first() or shots.first()
    if found is None:
        raise NotFound("there is no shot yet to sketch")
    return found
