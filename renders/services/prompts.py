"""Edit a shot's prompt part by part: read, cleaned and said, kept with the shot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import StaleEdit
from projects import access
from projects.models import Scene, Shot
from projects.services.prompts import shot_prompt_store
from renders.engine.imaging.base import ImageRequest
from renders.engine.prompting.edits import edits_read
from renders.models import Tier
from renders.readings.prompts import prompt_seen
from renders.services.engines import engine_likely
from renders.services.lessons import options_learnt
from renders.services.sketches import sketch_request


def prompt_request(shot: Shot) -> ImageRequest:
    """Return the request whose prompt people look at: the shot's, with what its rejections taught for final pictures."""
    backend = engine_likely(shot.scene.episode.project, Tier.FINAL)
    learnt = options_learnt(shot, None, tier=Tier.FINAL, backend=backend)
    return replace(sketch_request(shot, {}), options=learnt)


@transaction.atomic
def shot_prompt_edit(
    *, user: AbstractUser, shot: Shot, edits: Mapping[str, Any], seen: str | None = None
) -> tuple[Shot, list[str]]:
    """Keep the whole of a shot's edits; returns the shot, and what was cleaned out of the words.

    `seen` is the hash of the prompt the person looked at; raises `StaleEdit` when brief, look or edits changed since.
    Raises `InputError` naming the part for words that are too long, and then keeps nothing.
    """
    access.require(user, shot.scene.episode.project, "make")
    document, said = edits_read(edits)
    Scene.objects.select_for_update().get(pk=shot.scene_id)
    locked = Shot.objects.select_for_update().get(pk=shot.pk)
    if locked.prompt_edits == document:
        return locked, said
    if seen is not None and seen != prompt_seen(locked, prompt_request(locked)):
        raise StaleEdit(
            f"the prompt of {shot.code} changed while you were writing; nothing of yours was stored yet"
        )
    return shot_prompt_store(user=user, shot=locked, edits=document), said
