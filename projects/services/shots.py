"""Shots and scenes: what a director fills in, and the hashes that tell when an approval no longer fits."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError, StaleEdit, StateError, listed
from projects import access
from projects.engine.biblemerge import effective
from projects.engine.briefsheet import SCENE_NAMES, in_words, sheet_read
from projects.engine.prose import prose
from projects.events import event_record
from projects.models import Event, Scene, Shot

SHOT_FIELDS = (
    "size",
    "angle",
    "coverage",
    "lens_mm",
    "move",
    "transition_in",
    "duration_frames",
    "action",
    "speaker",
    "dialogue",
    "prop",
)
PICTURE_FIELDS = tuple(
    name
    for name in SHOT_FIELDS
    if name not in ("move", "transition_in", "duration_frames", "dialogue")
)
"""What changes the picture. The move, the length and the words spoken change the film, not the still."""
SCENE_FIELDS = ("setting", "place", "time_of_day", "mood", "lighting", "weather", "bible_override")

LONGEST_RETAKE = 600
"""A paragraph. House choice."""
MOST_TOLD = 200
"""Letters of a value kept in the log. House choice: enough to know it again."""


def shot_brief_hash(shot: Shot) -> str:
    """Return the hash of everything the shot itself says of its picture."""
    told = {name: getattr(shot, name) for name in PICTURE_FIELDS}
    # Without anything by hand or a look of its own the hash is what it was before there was such a thing.
    if shot.blocking:
        told["blocking"] = shot.blocking
    if look := effective(shot.bible_override):
        told["bible_override"] = look
    if shot.prompt_edits:
        told["prompt_edits"] = shot.prompt_edits
    return document_hash(told)


def scene_look_hash(scene: Scene) -> str:
    """Return the hash of everything the scene says of its look."""
    told = {name: getattr(scene, name) for name in SCENE_FIELDS}
    return document_hash({**told, "bible_override": effective(scene.bible_override)})


def shot_locked(shot: Shot) -> None:
    """Lock a shot's brief and bring the row in hand up to date with it; call it inside a transaction.

    1. The scene's row first, then the shot's, in every edit: two editors wait for each other and never in a ring.
    2. Each edit hashes the whole brief, so an older copy in hand would hash away what another wrote meanwhile.
    """
    Scene.objects.select_for_update().get(pk=shot.scene_id)
    shot.refresh_from_db(
        fields=[*SHOT_FIELDS, "blocking", "bible_override", "prompt_edits", "brief_hash"],
        from_queryset=Shot.objects.select_for_update(),
    )


def scene_brought_up(scene: Scene) -> None:
    """Lock a scene's row and bring the one in hand up to date with it, as `shot_locked` does."""
    scene.refresh_from_db(
        fields=[*SCENE_FIELDS, "look_hash"], from_queryset=Scene.objects.select_for_update()
    )


@transaction.atomic
def shot_update(*, user: AbstractUser, shot: Shot, changes: dict[str, object]) -> Shot:
    """Change fields of a shot's brief; approvals made on the old brief show stale from here on."""
    project = shot.scene.episode.project
    access.require(user, project, "make")
    unknown = set(changes) - set(SHOT_FIELDS)
    if unknown:
        raise InputError(
            f"fields={listed(sorted(unknown))} are not known; valid: {listed(SHOT_FIELDS)}"
        )
    shot_locked(shot)
    told = _apply(shot, changes)
    if not told:
        return shot
    shot.brief_hash = shot_brief_hash(shot)
    shot.save(update_fields=[*told, "brief_hash", "updated_at"])
    event_record(
        project,
        "shot.updated",
        shot,
        actor=user,
        payload={
            "shot": str(shot.pk),
            "code": shot.code,
            "fields": sorted(told),
            "changes": told,
        },
    )
    return shot


@transaction.atomic
def shot_block(*, user: AbstractUser, shot: Shot, document: dict[str, object], seen: str) -> Shot:
    """Set a shot's blocking by hand, checked already; an empty document lets its words decide again.

    `seen` is the hash of the blocking the person looked at; raises `StaleEdit` when it changed since.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    Scene.objects.select_for_update().get(pk=shot.scene_id)
    stored = Shot.objects.select_for_update().get(pk=shot.pk)
    if stored.blocking == document:
        return stored
    if seen != document_hash(stored.blocking):
        raise StaleEdit(f"the blocking of {shot.code} changed while you were looking; look again")
    before, stored.blocking = stored.blocking, document
    stored.brief_hash = shot_brief_hash(stored)
    stored.save(update_fields=["blocking", "brief_hash", "updated_at"])
    event_record(
        project,
        "shot.updated",
        stored,
        actor=user,
        payload={
            "shot": str(shot.pk),
            "code": shot.code,
            "fields": ["blocking"],
            "changes": {
                "blocking": ["by hand" if d else "from the words" for d in (before, document)]
            },
        },
    )
    return stored


@transaction.atomic
def scene_update(*, user: AbstractUser, scene: Scene, changes: dict[str, object]) -> Scene:
    """Change where, when and in what light a scene plays; it holds for all its shots."""
    project = scene.episode.project
    access.require(user, project, "make")
    unknown = set(changes) - set(SCENE_NAMES)
    if unknown:
        raise InputError(
            f"fields={listed(sorted(unknown))} are not known; valid: {listed(SCENE_NAMES)}"
        )
    scene_brought_up(scene)
    told = _apply(scene, changes)
    if not told:
        return scene
    scene.look_hash = scene_look_hash(scene)
    scene.save(update_fields=[*told, "look_hash", "updated_at"])
    event_record(
        project,
        "scene.updated",
        scene,
        actor=user,
        payload={"scene": scene.number, "fields": sorted(told), "changes": told},
    )
    return scene


def _apply(row: Shot | Scene, changes: dict[str, object]) -> dict[str, list[str]]:
    """Set what differs and return it as field → [before, after] in words; raises `InputError` for a bad value."""
    values, faults = sheet_read({name: str(value) for name, value in changes.items()})
    if faults:
        raise InputError(" ".join(faults.values()), fields=faults)
    told = {}
    for name, value in values.items():
        before = getattr(row, name)
        if value != before:
            told[name] = [in_words(name, before)[:MOST_TOLD], in_words(name, value)[:MOST_TOLD]]
            setattr(row, name, value)
    return told


@transaction.atomic
def shot_retake(*, user: AbstractUser, shot: Shot, reason: str) -> Shot:
    """Ask for new variants of a shot; the same words again change nothing, so a double click does no harm."""
    project = shot.scene.episode.project
    access.require(user, project, "approve")
    reason = prose(reason, what="the reason of a retake", longest=LONGEST_RETAKE)
    locked = Shot.objects.select_for_update().get(pk=shot.pk)
    if locked.status == Shot.Status.OMITTED:
        raise StateError(f"shot {shot.code} is omitted from the cut")
    payload = {"shot": str(shot.pk), "code": shot.code, "reason": reason}
    last = Event.objects.filter(project=project, verb="shot.retake", target_id=str(shot.pk)).last()
    if locked.status == Shot.Status.RETAKE and last is not None and last.payload == payload:
        return shot
    Shot.objects.filter(pk=shot.pk).update(status=Shot.Status.RETAKE)
    shot.refresh_from_db()
    event_record(project, "shot.retake", shot, actor=user, payload=payload)
    return shot
