"""A shot's whole brief as one thing to edit: the shot, its scene's air, and who is seen in it, from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError, StaleEdit, listed
from characters.models import Casting, Character
from projects import access
from projects.engine.briefsheet import FIELDS, SCENE_NAMES
from projects.events import event_record
from projects.models import Project, Scene, Shot
from projects.services.shots import scene_update, shot_update

MOST_CAST = 8
"""People one frame can name. House choice: beyond it they are a crowd, which the action's words say."""


def brief_values(shot: Shot) -> dict[str, Any]:
    """Return everything of a shot that can be edited, as plain values; `cast` holds keys from left to right."""
    values: dict[str, Any] = {
        field.name: getattr(shot.scene if field.name in SCENE_NAMES else shot, field.name)
        for field in FIELDS
    }
    values["cast"] = [casting.character.key for casting in _castings(shot)]
    return values


def brief_version(values: Mapping[str, Any]) -> str:
    """Return the version of a brief: the hash of its values, so the same brief is the same version."""
    return document_hash(dict(values))[:32]


@transaction.atomic
def brief_save(
    *, user: AbstractUser, shot: Shot, changes: Mapping[str, Any], version: str | None = None
) -> Shot:
    """Change a brief in one go; raises `StaleEdit` when `version` is not that of the stored brief.

    1. The scene's row is the lock: two edits of shots of one scene follow one another.
    2. Values that stand already change nothing, so the same form sent twice is one edit.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    Scene.objects.select_for_update().get(pk=shot.scene_id)
    stored = Shot.objects.select_related("scene__episode__project").get(pk=shot.pk)
    now = brief_values(stored)
    wanted = {name: value for name, value in changes.items() if now.get(name) != value}
    if not wanted:
        return stored
    if version is not None and version != brief_version(now):
        raise StaleEdit(
            f"shot {stored.code} was changed while you were editing it; nothing of yours was saved yet",
            now=now,
        )
    cast = wanted.pop("cast", None)
    air = {name: wanted.pop(name) for name in SCENE_NAMES if name in wanted}
    if wanted:
        shot_update(user=user, shot=stored, changes=wanted)
    if air:
        scene_update(user=user, scene=stored.scene, changes=air)
    if cast is not None:
        shot_cast(user=user, shot=stored, keys=cast)
    return stored


@transaction.atomic
def shot_cast(*, user: AbstractUser, shot: Shot, keys: Sequence[str]) -> list[Character]:
    """Say who is seen in a shot, from left to right."""
    project = shot.scene.episode.project
    access.require(user, project, "make")
    people = cast_checked(project, keys)
    before = [casting.character.name for casting in _castings(shot)]
    after = [person.name for person in people]
    if [casting.character_id for casting in _castings(shot)] == [person.pk for person in people]:
        return people
    Casting.objects.filter(shot=shot).delete()
    Casting.objects.bulk_create(
        Casting(shot=shot, character=person, position=position)
        for position, person in enumerate(people)
    )
    event_record(
        project,
        "shot.cast",
        shot,
        actor=user,
        payload={
            "shot": str(shot.pk),
            "code": shot.code,
            "changes": {"cast": [", ".join(before) or "nobody", ", ".join(after) or "nobody"]},
        },
    )
    return people


def cast_checked(project: Project, keys: Sequence[str]) -> list[Character]:
    """Return the characters of these keys in this order; raises `InputError` for a stranger or one named twice."""
    known = {person.key: person for person in Character.objects.filter(project=project)}
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise InputError(
            f"cast={listed(unknown)[:80]} is not in this film's cast; in it: "
            + listed(sorted(person.name for person in known.values()))
        )
    if len(set(keys)) != len(keys):
        raise InputError("one person cannot stand twice in one frame")
    if len(keys) > MOST_CAST:
        raise InputError(f"cast of {len(keys)} is more than the {MOST_CAST} one frame can name")
    return [known[key] for key in keys]


def _castings(shot: Shot) -> list[Casting]:
    return list(Casting.objects.filter(shot=shot).select_related("character").order_by("position"))
