"""Cut a shot in two, join two into one, say who a cue is: the script page's corrections that touch shots and people."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import InputError, StaleEdit, StateError
from characters.models import Casting, Character
from characters.services.briefs import MOST_CAST, brief_values, brief_version, cast_checked
from projects import access
from projects.engine.briefsheet import BY_NAME
from projects.engine.shotcodes import code_after
from projects.engine.splitting import cut_in_two
from projects.events import event_record
from projects.models import Episode, Shot
from projects.services.shotlist import scene_locked, shot_omit, shots_number
from projects.services.shots import SHOT_FIELDS, shot_brief_hash, shot_update


@transaction.atomic
def shot_split(*, user: AbstractUser, shot: Shot, after: int, version: str | None = None) -> Shot:
    """Cut a shot in two after its sentence `after` (0: in the middle of its length); returns the new second half.

    The first half keeps code, variants and verdicts; the second gets a free code between it and the next.
    """
    project = shot.scene.episode.project
    access.require(user, project, "make")
    scene = scene_locked(shot.scene)
    first = _active(shot)
    if version is not None and version != brief_version(brief_values(first)):
        raise StaleEdit(
            f"shot {first.code} was changed since you looked; nothing was cut. Look again"
        )
    halves = cut_in_two(
        first.action, first.dialogue, duration_frames=first.duration_frames, after=after
    )
    taken = set(Shot.objects.filter(scene__episode=scene.episode_id).values_list("code", flat=True))
    rows = list(Shot.objects.filter(scene=scene).order_by("order"))
    second = Shot(
        scene=scene,
        code=code_after(first.code, taken=taken),
        order=rows[-1].order + 1,
        first_line=first.first_line,
        last_line=first.last_line,
        bible_override=dict(first.bible_override),
        **{name: getattr(first, name) for name in SHOT_FIELDS},
    )
    second.action, second.dialogue = halves[1].action, halves[1].dialogue
    second.duration_frames = halves[1].duration_frames
    second.speaker = first.speaker if halves[1].dialogue else ""
    second.brief_hash = shot_brief_hash(second)
    second.save()
    at = next(i for i, row in enumerate(rows) if row.pk == first.pk)
    shots_number(scene, [*rows[: at + 1], second, *rows[at + 1 :]])
    Casting.objects.bulk_create(
        Casting(shot=second, character_id=casting.character_id, position=casting.position)
        for casting in Casting.objects.filter(shot=first)
    )
    shot_update(
        user=user,
        shot=first,
        changes={
            "action": halves[0].action or first.action,
            "dialogue": halves[0].dialogue,
            "duration_frames": halves[0].duration_frames,
            "speaker": first.speaker if halves[0].dialogue else "",
        },
    )
    payload = {"shot": str(first.pk), "code": first.code, "new": second.code}
    event_record(project, "shot.split", first, actor=user, payload=payload)
    return second


@transaction.atomic
def shot_merge(*, user: AbstractUser, shot: Shot, following: Shot) -> Shot:
    """Join a shot with the one after it: words and lengths are added, the second is omitted and keeps its pictures."""
    project = shot.scene.episode.project
    access.require(user, project, "make")
    scene = scene_locked(shot.scene)
    first = _active(shot)
    rows = list(
        Shot.objects.filter(scene=scene).exclude(status=Shot.Status.OMITTED).order_by("order")
    )
    at = next(i for i, row in enumerate(rows) if row.pk == first.pk)
    if at + 1 >= len(rows) or rows[at + 1].pk != following.pk:
        raise StateError(
            f"{following.code} is not the shot after {first.code} by now; nothing was joined"
        )
    second = _active(following)
    shot_update(user=user, shot=first, changes=_joined(first, second))
    _cast_joined(first, second)
    Shot.objects.filter(pk=first.pk).update(
        first_line=min(first.first_line, second.first_line) or first.first_line,
        last_line=max(first.last_line, second.last_line),
    )
    shot_omit(user=user, shot=second)
    payload = {"shot": str(first.pk), "code": first.code, "with": second.code}
    event_record(project, "shot.merged", first, actor=user, payload=payload)
    first.refresh_from_db()
    return first


@transaction.atomic
def cue_cast(*, user: AbstractUser, episode: Episode, speaker: str, key: str) -> int:
    """Say who speaks a cue, in every shot of the episode; returns in how many.

    Where the one named before stands in the frame and the new one does not, the new one takes the place.
    """
    access.require(user, episode.project, "make")
    (person,) = cast_checked(episode.project, [key])
    if speaker == key:
        return 0
    before = Character.objects.filter(project=episode.project, key=speaker).first()
    shots = Shot.objects.filter(scene__episode=episode, speaker=speaker).exclude(dialogue="")
    count = 0
    for shot in shots.select_related("scene__episode__project"):
        shot_update(user=user, shot=shot, changes={"speaker": key})
        standing = Casting.objects.filter(shot=shot)
        if before is not None and not standing.filter(character=person).exists():
            standing.filter(character=before).update(character=person)
        count += 1
    return count


def _active(shot: Shot) -> Shot:
    row = Shot.objects.select_related("scene__episode__project").get(pk=shot.pk)
    if row.status == Shot.Status.OMITTED:
        raise StateError(f"shot {row.code} is omitted from the cut; restore it first")
    return row


def _joined(first: Shot, second: Shot) -> dict[str, object]:
    if first.dialogue and second.dialogue and first.speaker != second.speaker:
        raise StateError(
            f"in {first.code} and {second.code} two people speak; one shot holds one speaker. Nothing was joined"
        )
    actions = [first.action] if first.action == second.action else [first.action, second.action]
    changes: dict[str, object] = {
        "action": " ".join(part for part in actions if part),
        "dialogue": " ".join(part for part in (first.dialogue, second.dialogue) if part),
        "speaker": first.speaker or second.speaker,
        "duration_frames": first.duration_frames + second.duration_frames,
        "prop": first.prop or second.prop,
    }
    for name, value in changes.items():
        field = BY_NAME[name]
        size = value if isinstance(value, int) else len(str(value))
        if size > field.longest:
            raise InputError(
                f"{field.label} of {first.code} and {second.code} together is {size:,}; at most {field.longest:,} fit"
            )
    return changes


def _cast_joined(first: Shot, second: Shot) -> None:
    standing = set(Casting.objects.filter(shot=first).values_list("character_id", flat=True))
    arriving = Casting.objects.filter(shot=second).exclude(character__in=standing)
    Casting.objects.bulk_create(
        Casting(shot=first, character_id=casting.character_id, position=len(standing) + index)
        for index, casting in enumerate(arriving.order_by("position"))
        if len(standing) + index < MOST_CAST
    )
