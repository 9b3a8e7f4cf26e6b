"""The two readings a board's page spends most on, in SQL of our own.

As querysets they cost three times as much CPU, most of it in writing the SQL and in values nobody looks at
(`make bench WHAT=desk`). Both are plain SQL that SQLite and PostgreSQL read alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, models

from projects.models import Episode

VARIANTS = """
SELECT shot_id, id, number, verdict, score_total, inputs_hash
FROM renders_variant WHERE tier = %s AND shot_id IN ({})
"""
TOTALS = """
SELECT COUNT(*), SUM(shot.duration_frames), MAX(scene.number),
  SUM(CASE WHEN EXISTS (SELECT 1 FROM renders_variant v
    WHERE v.shot_id = shot.id AND v.tier = %s) THEN 1 ELSE 0 END),
  SUM(CASE WHEN EXISTS (SELECT 1 FROM renders_variant v
    WHERE v.shot_id = shot.id AND v.tier = %s AND v.verdict = 'approved') THEN 1 ELSE 0 END)
FROM projects_shot shot JOIN projects_scene scene ON scene.id = shot.scene_id
WHERE scene.episode_id = %s AND shot.status <> 'omitted'
"""
# The word approved stands in the SQL itself: only so may SQLite use the index of approved variants.
AT_ONCE = 500
"""Shots of one question: SQLite takes no more than 999 values in the oldest versions Django knows."""
KEY = models.UUIDField()
BEST_FIRST = {"approved": 0, "rejected": 2}


@dataclass(slots=True)
class Shown:
    """The variant a shot is shown with, and how many it has and how many of them wait."""

    rank: tuple[int, float, int]
    pk: UUID
    number: int
    verdict: str
    score: float | None
    inputs_hash: str
    count: int = 0
    waiting: int = 0


def shown_variants(shots: Sequence[UUID], *, tier: str) -> dict[UUID, Shown]:
    """Return for each shot the variant shown: the approved one, else the best not rejected, else the best."""
    found: dict[object, Shown] = {}
    for start in range(0, len(shots), AT_ONCE):
        some = [KEY.get_db_prep_value(pk, connection) for pk in shots[start : start + AT_ONCE]]
        with connection.cursor() as cursor:
            cursor.execute(VARIANTS.format(", ".join(["%s"] * len(some))), [tier, *some])
            for row in cursor.fetchall():
                _take(found, row)
    for shown in found.values():
        shown.pk = _uuid(shown.pk)
    return {_uuid(key): shown for key, shown in found.items()}


def _take(found: dict[object, Shown], row: tuple[object, ...]) -> None:
    shot, pk, number, verdict, score, inputs_hash = row
    rank = (BEST_FIRST.get(verdict, 1), -(score or 0.0), number)  # type: ignore[operator, arg-type]
    shown = found.get(shot)
    if shown is None:
        shown = found[shot] = Shown(rank, pk, number, verdict, score, inputs_hash)  # type: ignore[arg-type]
    elif rank < shown.rank:
        shown.rank, shown.pk, shown.number = rank, pk, number  # type: ignore[assignment]
        shown.verdict, shown.score, shown.inputs_hash = verdict, score, inputs_hash  # type: ignore[assignment]
    shown.count += 1
    shown.waiting += verdict == "waiting"


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


def counted(episode: Episode, *, tier: str) -> tuple[int, int, int, int, int]:
    """Return how many shots, their frames, the last scene, how many have variants and how many an approved one."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, [tier, tier, KEY.get_db_prep_value(episode.pk, connection)])
        shots, frames, last_scene, drawn, approved = (value or 0 for value in cursor.fetchone())
    return int(shots), int(frames), int(last_scene), int(drawn), int(approved)
