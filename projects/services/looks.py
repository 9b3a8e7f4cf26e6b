"""The look of one scene or shot: what it says otherwise than its project, by weight, kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import Document, document_hash
from apexsite.kit.errors import StaleEdit
from projects import access
from projects.engine.bible import StyleBible
from projects.engine.biblefaults import require_sound
from projects.engine.biblelayers import Layer, look_from
from projects.engine.biblemerge import style_of_scene
from projects.engine.bibleoverrides import override_changes
from projects.events import event_record
from projects.models import Scene, Shot
from projects.readings.terms import bible_names_check
from projects.services.shots import scene_look_hash, shot_brief_hash

Place = Scene | Shot


def layers_of(place: Place, document: Mapping[str, Any]) -> list[Layer]:
    """Return what is laid over a project's document for a scene or a shot, in order; layers that say nothing are left out.

    A document may bring `scene_styles` of its own; the scene's own word is laid over them.
    """
    scene = place.scene if isinstance(place, Shot) else place
    found = [
        Layer("scene", style_of_scene(document, number=scene.number, heading=scene.heading)),
        Layer("scene", scene.bible_override),
    ]
    if isinstance(place, Shot):
        found.append(Layer("shot", place.bible_override))
    return [layer for layer in found if layer.override]


def look_of(place: Place, document: Mapping[str, Any]) -> StyleBible:
    """Return the look of a scene or a shot in a project whose document this is."""
    return look_from(document, layers_of(place, document))


def override_version(place: Place) -> str:
    """Return what tells one override from another: what an editor began with."""
    return document_hash(place.bible_override)


@transaction.atomic
def scene_look_set(
    *, user: AbstractUser, scene: Scene, override: Mapping[str, Any], seen: str | None = None
) -> Scene:
    """Say what a scene's look has otherwise than the project's; an empty override lets the project's hold again.

    The same again changes nothing. `seen` is `override_version` of what the person looked at: `StaleEdit` when it changed
    since. Raises `InputError` that names every wrong field by its path.
    """
    access.require(user, scene.episode.project, "make")
    checked = _checked(override)
    stored = Scene.objects.select_for_update().get(pk=scene.pk)
    before = stored.bible_override
    if before == checked:
        return stored
    _same_as_seen(stored, seen)
    stored.bible_override = checked
    stored.look_hash = scene_look_hash(stored)
    stored.save(update_fields=["bible_override", "look_hash", "updated_at"])
    changes = override_changes(before, checked)
    payload = {"scene": stored.number, "changes": changes}
    event_record(scene.episode.project, "scene.look", stored, actor=user, payload=payload)
    return stored


@transaction.atomic
def shot_look_set(
    *, user: AbstractUser, shot: Shot, override: Mapping[str, Any], seen: str | None = None
) -> Shot:
    """Say what a shot's look has otherwise than its scene's; as `scene_look_set`, and approvals of the shot show stale."""
    project = shot.scene.episode.project
    access.require(user, project, "make")
    checked = _checked(override)
    # The scene's row is the lock of its shots' briefs: the hash below reads them all.
    Scene.objects.select_for_update().get(pk=shot.scene_id)
    stored = Shot.objects.select_for_update().get(pk=shot.pk)
    before = stored.bible_override
    if before == checked:
        return stored
    _same_as_seen(stored, seen)
    stored.bible_override = checked
    stored.brief_hash = shot_brief_hash(stored)
    stored.save(update_fields=["bible_override", "brief_hash", "updated_at"])
    changes = override_changes(before, checked)
    payload = {"shot": str(shot.pk), "code": shot.code, "changes": changes}
    event_record(project, "shot.look", stored, actor=user, payload=payload)
    return stored


def _checked(override: Mapping[str, Any]) -> Document:
    require_sound(override, override=True)
    bible_names_check(override)
    return {key: value for key, value in override.items() if value not in ({}, [], None)}


def _same_as_seen(stored: Place, seen: str | None) -> None:
    if seen is not None and seen != override_version(stored):
        name = stored.code if isinstance(stored, Shot) else f"scene {stored.number}"
        raise StaleEdit(f"the look of {name} changed while you were editing it; look again")
