"""The order of a scene's shots, and which of them are in the cut. The database holds one shot a place."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import F, Max

from apexsite.kit.errors import InputError, StateError
from projects import access
from projects.events import event_record
from projects.models import Scene, Shot


def scene_locked(scene: Scene) -> Scene:
    """Return the scene with its row locked: two changes of one scene's order follow one another."""
    return Scene.objects.select_for_update().select_related("episode__project").get(pk=scene.pk)


def shots_park(scene: Scene) -> None:
    """Move all of a scene's shots behind the places they hold, keeping their order; one place holds one shot."""
    last = Shot.objects.filter(scene=scene).aggregate(last=Max("order"))["last"]
    if last is not None:
        Shot.objects.filter(scene=scene).update(order=F("order") + last + 1)


def shots_number(scene: Scene, ordered: Sequence[Shot] | None = None) -> None:
    """Give a scene's shots the places 0, 1, 2, … in this order, or in the one they have; omitted ones keep theirs too."""
    rows = (
        list(ordered)
        if ordered is not None
        else list(Shot.objects.filter(scene=scene).order_by("order"))
    )
    shots_park(scene)
    for place, shot in enumerate(rows):
        shot.order = place
    Shot.objects.bulk_update(rows, ["order"])


@transaction.atomic
def shot_move(*, user: AbstractUser, shot: Shot, place: int) -> Shot:
    """Move a shot to a place among those of its scene that are in the cut, counted from 0.

    The place is told outright, not as a step: the same form sent twice moves once.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    scene = scene_locked(shot.scene)
    rows = list(Shot.objects.filter(scene=scene).order_by("order"))
    active = [row for row in rows if row.status != Shot.Status.OMITTED]
    moved = next((row for row in active if row.pk == shot.pk), None)
    if moved is None:
        raise StateError(f"shot {shot.code} is omitted from the cut; restore it first")
    if not 0 <= place < len(active):
        raise InputError(f"place={place} must be from 0 to {len(active) - 1}")
    before = active.index(moved)
    if before == place:
        return shot
    stands = active[place]
    rows.remove(moved)
    rows.insert(rows.index(stands) + (1 if place > before else 0), moved)
    shots_number(scene, rows)
    shot.refresh_from_db()
    event_record(
        project,
        "shot.moved",
        shot,
        actor=user,
        payload={"shot": str(shot.pk), "code": shot.code, "from": before, "to": place},
    )
    return shot


@transaction.atomic
def shot_omit(*, user: AbstractUser, shot: Shot) -> Shot:
    """Leave a shot out of the cut; its pictures and verdicts stay with it."""
    return _status(user, shot, Shot.Status.OMITTED, "shot.omitted")


@transaction.atomic
def shot_restore(*, user: AbstractUser, shot: Shot) -> Shot:
    """Bring an omitted shot back to where it was."""
    return _status(user, shot, Shot.Status.ACTIVE, "shot.restored")


def _status(user: AbstractUser, shot: Shot, status: str, verb: str) -> Shot:
    project = shot.scene.episode.project
    access.require(user, project, "make")
    scene_locked(shot.scene)
    is_out = status == Shot.Status.OMITTED
    rows = Shot.objects.filter(pk=shot.pk)
    rows = rows.exclude(status=status) if is_out else rows.filter(status=Shot.Status.OMITTED)
    moved = rows.update(status=status)
    shot.refresh_from_db()
    if moved:
        payload = {"shot": str(shot.pk), "code": shot.code}
        event_record(project, verb, shot, actor=user, payload=payload)
    return shot
