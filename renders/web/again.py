"""Pictures made again: a proof by a button, and a picture brought back whose recipe is read and asked with."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apexsite.base.formkeys import form_key
from apexsite.kit.errors import ApexError, InputError
from projects import access
from projects.models import Event, Shot
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.upload import MOST_BYTES
from renders.readings.rows import variant_for
from renders.services.again import ReadPicture, picture_recipe_read, variant_again
from renders.services.rerenders import rerender_request

MOST_ASKING = 20_000


@require_POST
@login_required
def prove(request: HttpRequest, variant_id: UUID) -> HttpResponse:
    """Ask for a proof: the picture made again from its recipe alone."""
    variant = variant_for(request.user, variant_id, right="make")
    rerender_request(user=request.user, variant=variant)
    messages.info(
        request,
        f"Variant {variant.number} of {variant.shot.code} is made again as it was made then; what comes of it stands "
        "under “How it was made”.",
    )
    room = reverse("review", args=[variant.shot_id])
    return redirect(f"{room}?tier={variant.tier}&variant={variant.number}")


@require_POST
@login_required
def read(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Read the recipe inside a brought PNG and show it; nothing is kept."""
    shot = access.shot_for(request.user, shot_id, right="view")
    given = request.FILES.get("picture")
    if given is None:
        return _page(request, shot, error="Choose a PNG that was downloaded from Apex.", status=400)
    if given.size and given.size > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        return _page(
            request, shot, error=f"The file is too large; at most {most} MB are read.", status=400
        )
    try:
        found = picture_recipe_read(
            user=request.user, shot=shot, content=given.read(), name=given.name or ""
        )
    except ApexError as err:
        return _page(request, shot, error=err.message, status=err.http_status)
    return _page(request, shot, found)


@require_POST
@login_required
def ask_again(request: HttpRequest, shot_id: UUID) -> HttpResponse:
    """Ask for a variant with what a brought picture was made with."""
    shot = access.shot_for(request.user, shot_id, right="make")
    job = variant_again(
        user=request.user, shot=shot, asking=_asking(request), key=form_key(request)
    )
    messages.info(request, f"Asked for {job.title}.")
    tier = job.tasks.all()[0].request["tier"]
    return redirect(f"{reverse('shot', args=[shot.pk])}?tier={tier}")


def _asking(request: HttpRequest) -> dict[str, Any]:
    given = request.POST.get("asking", "")
    if len(given) > MOST_ASKING:
        raise InputError(f"asking has {len(given)} letters; at most {MOST_ASKING} are taken")
    try:
        asking = json.loads(given)
    except (ValueError, RecursionError) as err:
        raise InputError(f"asking is no JSON: {err}") from err
    if not isinstance(asking, dict):
        raise InputError("asking must be an object")
    return asking


def _page(
    request: HttpRequest,
    shot: Shot,
    found: ReadPicture | None = None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    project = shot.scene.episode.project
    context: dict[str, Any] = {
        "project": project,
        "episode": shot.scene.episode,
        "shot": shot,
        "found": found,
        "error": error,
        "may_make": access.may(request.user, project, "make"),
        "seq": Event.objects.filter(project=project).count(),
        "form_key": uuid4(),
        "here": "board",
    }
    if found is not None:
        recipe = found.recipe
        context |= {
            "recipe": recipe,
            "asking": json.dumps(found.asking),
            "people": [person["name"] for person in recipe.get("cast", [])],
            "title": BACKENDS.get(recipe["backend"]).capabilities.title
            if recipe["backend"] in BACKENDS
            else recipe["backend"],
            "whole": json.dumps(recipe, indent=2, ensure_ascii=False, sort_keys=True),
        }
    return render(request, "renders/read_picture.html", context, status=status)
