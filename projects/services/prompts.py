"""What people write over a shot's prompt, checked already by the wing that knows prompts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from projects import access
from projects.events import event_record
from projects.models import Scene, Shot
from projects.services.shots import shot_brief_hash


@transaction.atomic
def shot_prompt_store(*, user: AbstractUser, shot: Shot, edits: dict[str, Any]) -> Shot:
    """Keep a shot's edits; the same again changes nothing, none lets brief and look say all again.

    Pictures made before show stale from here on. Who holds the shot's row locked must hold its scene's too.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    Scene.objects.select_for_update().get(pk=shot.scene_id)
    stored = Shot.objects.select_for_update().get(pk=shot.pk)
    if stored.prompt_edits == edits:
        return stored
    before, stored.prompt_edits = stored.prompt_edits, edits
    stored.brief_hash = shot_brief_hash(stored)
    stored.save(update_fields=["prompt_edits", "brief_hash", "updated_at"])
    payload = {
        "shot": str(shot.pk),
        "code": shot.code,
        "fields": ["prompt_edits"],
        "changes": {"prompt_edits": [_in_words(before), _in_words(edits)]},
    }
    event_record(project, "shot.updated", stored, actor=user, payload=payload)
    return stored


def _in_words(edits: dict[str, Any]) -> str:
    """Return how much was written by hand, for the log."""
    count = sum(len(over) for over in edits.values())
    return f"{count} {'part' if count == 1 else 'parts'} by hand" if count else "from the brief"
