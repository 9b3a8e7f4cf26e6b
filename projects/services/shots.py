"""Shots and scenes: what a director fills in, and the hashes that tell when an approval no longer fits."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError, StateError, listed
from projects import access
from projects.engine.framing import CameraAngle, CameraMove, Coverage, ShotSize
from projects.events import event_record
from projects.models import Scene, Shot

SHOT_FIELDS = (
    "size",
    "angle",
    "coverage",
    "lens_mm",
    "move",
    "duration_frames",
    "action",
    "speaker",
    "dialogue",
    "prop",
)
PICTURE_FIELDS = tuple(
    name for name in SHOT_FIELDS if name not in ("move", "duration_frames", "dialogue")
)
"""What changes the picture. The move, the length and the words spoken change the film, not the still."""
SCENE_FIELDS = ("setting", "place", "time_of_day", "mood", "lighting", "weather", "bible_override")
CHOICES = {"size": ShotSize, "angle": CameraAngle, "coverage": Coverage, "move": CameraMove}


def shot_brief_hash(shot: Shot) -> str:
    """Return the hash of everything the shot itself says of its picture."""
    return document_hash({name: getattr(shot, name) for name in PICTURE_FIELDS})


def scene_look_hash(scene: Scene) -> str:
    """Return the hash of everything the scene says of its look."""
    return document_hash({name: getattr(scene, name) for name in SCENE_FIELDS})


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
    for name, value in changes.items():
        valid = CHOICES.get(name)
        if valid is not None and value not in list(valid):
            raise InputError(f"{name}={value!r} must be one of {listed(valid)}")
        setattr(shot, name, value)
    if not isinstance(shot.duration_frames, int) or shot.duration_frames < 1:
        raise InputError(f"duration_frames={shot.duration_frames!r} must be 1 or more")
    shot.brief_hash = shot_brief_hash(shot)
    shot.save()
    event_record(project, "shot.updated", shot, actor=user, payload={"fields": sorted(changes)})
    return shot


@transaction.atomic
def shot_retake(*, user: AbstractUser, shot: Shot, reason: str) -> Shot:
    """Ask for new variants of a shot."""
    project = shot.scene.episode.project
    access.require(user, project, "approve")
    if not reason.strip():
        raise InputError("reason of a retake must not be empty")
    if (
        not Shot.objects.filter(pk=shot.pk)
        .exclude(status=Shot.Status.OMITTED)
        .update(status=Shot.Status.RETAKE)
    ):
        raise StateError(f"shot {shot.code} is omitted from the cut")
    shot.refresh_from_db()
    event_record(project, "shot.retake", shot, actor=user, payload={"reason": reason})
    return shot
