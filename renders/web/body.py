"""A character's body on the stage: cast on the page, and its sketch as a picture."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apexsite.kit.errors import ApexError
from characters.access import character_for
from characters.models import Character
from characters.readings.bodies import parts_of, refusal_of
from renders.engine.stage.environment import stage_availability
from renders.services.embodying import bodies_cast, body_sketch


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def body(request: HttpRequest, character_id: UUID) -> HttpResponse:
    """Send the sketch of a body (GET), or cast everybody who has none yet (POST); asked twice it casts once."""
    right = "make" if request.method == "POST" else "view"
    character = character_for(request.user, character_id, right=right)
    if request.method == "POST":
        made = bodies_cast(user=request.user, project=character.project)
        people = "person is" if made == 1 else "people are"
        messages.success(request, f"{made} {people} cast for the stage now.")
        return redirect(f"{reverse('character', args=[character.pk])}?sketch=1#stage")
    try:
        picture = body_sketch(user=request.user, character=character)
    except ApexError as err:
        return HttpResponse(err.message, status=err.http_status, content_type="text/plain")
    if picture is None:
        words = f"{character.name} is not cast for the stage yet"
        return HttpResponse(words, status=409, content_type="text/plain")
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


def body_context(request: HttpRequest, character: Character) -> dict[str, Any]:
    """Return what the section shows: the parts, why there are none, and whether a sketch was asked for."""
    found = stage_availability()
    return {
        "body_parts": parts_of(character),
        "body_refused": refusal_of(character),
        "body_absence": "" if found.is_available else found.lacking,
        "body_sketch": "sketch" in request.GET and bool(character.body) and found.is_available,
    }
