"""One shot of the film sketched in a look nobody has published yet."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from apexsite.kit.errors import ApexError, InputError, NotFound
from projects import access
from projects.engine.bible import bible_from
from projects.engine.bibleoverrides import override_read
from projects.models import Project, Scene, Shot, StyleBibleVersion
from projects.services.looks import Place
from projects.web.lookform import raw_of, read_form
from projects.web.lookplace import override_raw
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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def scene_look_sketch(request: HttpRequest, scene_id: UUID) -> HttpResponse:
    """Draw a shot of the scene in the scene's look, or in the one of a form."""
    scene = access.scene_for(request.user, scene_id, right="view")
    return _drawn(request, scene)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shot_look_sketch(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Draw a shot in its look, or in the one of a form."""
    return _drawn(request, access.shot_for(request.user, shot_id, right="view"))


def _drawn(request: HttpRequest, place: Place) -> HttpResponse:
    try:
        shot = place if isinstance(place, Shot) else _sample(place.episode.project, scene=place)
        held = shot if isinstance(place, Shot) else shot.scene
        if request.method == "POST":
            override, faults = override_read(override_raw(request), base=held.bible_override)
            if faults:
                raise InputError(" ".join(faults.values()))
            held.bible_override = override  # in hand only, never saved
        picture = sketch_draw(user=request.user, shot=shot, values={})
    except ApexError as err:
        return HttpResponse(err.message, status=err.http_status, content_type="text/plain")
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _sample(project: Project, *, scene: Scene | None = None) -> Shot:
    """Return the first shot with somebody in it, else the first one."""
    within = {"scene": scene} if scene else {"scene__episode__project": project}
    shots = (
        Shot.objects.filter(**within)
        .exclude(status=Shot.Status.OMITTED)
        .select_related("scene__episode__project")
        .order_by("scene__episode__number", "scene__number", "order")
    )
    found = shots.filter(castings__isnull=False).first() or shots.first()
    if found is None:
        raise NotFound("there is no shot yet to sketch")
    return found
