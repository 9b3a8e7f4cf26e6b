"""The readings a board's page spends most on, in SQL of our own.

As querysets they cost three times as much CPU, most of it in writing the SQL and in values nobody looks at
(`make bench WHAT=desk`). All are plain SQL that SQLite and PostgreSQL read alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models

from projects.models import Episode

VARIANTS = """
SELECT shot_id, id, number, verdict, score_total, inputs_hash, engine, quality
FROM renders_variant WHERE tier = %s AND shot_id IN ({})
"""
CASTS = """
SELECT casting.shot_id, person.cast_hash
FROM characters_casting casting JOIN characters_character person ON person.id = casting.character_id
WHERE casting.shot_id IN ({}) ORDER BY casting.shot_id, casting.position
"""
APPROVALS = """
SELECT variant_id, actor_kind FROM renders_review
WHERE verdict = 'approved' AND variant_id IN ({}) ORDER BY created_at
"""
DRIFTS = """
SELECT reading.variant_id, reading.distance
FROM renders_driftreading reading JOIN projects_stylebibleversion look ON look.id = reading.bible_id
WHERE look.is_current AND reading.variant_id IN ({})
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

    rank: tuple[int, bool, float, int]
    pk: UUID
    number: int
    verdict: str
    score: float | None
    inputs_hash: str
    engine: str
    quality: str
    count: int = 0
    waiting: int = 0


def shown_variants(shots: Sequence[UUID], *, tier: str) -> dict[UUID, Shown]:
    """Return for each shot the variant shown: the approved one, else the best not rejected, else the best.

    A sketch of the stage comes after all that is no sketch.
    """
    found: dict[object, Shown] = {}
    for row in _rows(VARIANTS, shots, tier):
        _take(found, row)
    for shown in found.values():
        shown.pk = _uuid(shown.pk)
    return {pk: found[key] for pk, key in _keys(shots) if key in found}


def cast_hashes(shots: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return for each shot that has a cast the hashes of its people from left to right."""
    found: dict[object, list[str]] = {}
    for shot, cast_hash in _rows(CASTS, shots):
        found.setdefault(shot, []).append(cast_hash)
    return {pk: tuple(found[key]) for pk, key in _keys(shots) if key in found}


def drift_distances(variants: Sequence[UUID]) -> dict[UUID, float]:
    """Return how far each measured picture lies from the present look."""
    found = dict(_rows(DRIFTS, variants))
    return {pk: float(found[key]) for pk, key in _keys(variants) if key in found}


def policy_approved(variants: Sequence[UUID]) -> set[UUID]:
    """Return those approved variants whose newest approval was given by a policy."""
    newest = dict(_rows(APPROVALS, variants))
    return {pk for pk, key in _keys(variants) if newest.get(key) == "policy"}


def _rows(sql: str, keys: Sequence[UUID], *before: str) -> Iterator[Any]:
    for start in range(0, len(keys), AT_ONCE):
        some = [key for _, key in _keys(keys[start : start + AT_ONCE])]
        with connection.cursor() as cursor:
            cursor.execute(sql.format(", ".join(["%s"] * len(some))), [*before, *some])
            yield from cursor.fetchall()


def _keys(keys: Sequence[UUID]) -> Iterator[tuple[UUID, object]]:
    """Yield each key with the form it has in the rows: making UUIDs of rows costs more than reading them."""
    is_native = connection.features.has_native_uuid_field
    return ((pk, pk if is_native else pk.hex) for pk in keys)


def _take(found: dict[object, Shown], row: Any) -> None:
    shot, pk, number, verdict, score, inputs_hash, engine, quality = row
    rank = (BEST_FIRST.get(verdict, 1), quality == "sketch", -(score or 0.0), number)
    shown = found.get(shot)
    if shown is None:
        shown = found[shot] = Shown(rank, pk, number, verdict, score, inputs_hash, engine, quality)
    elif rank < shown.rank:
        shown.rank, shown.pk, shown.number = rank, pk, number
        shown.verdict, shown.score, shown.inputs_hash = verdict, score, inputs_hash
        shown.engine, shown.quality = engine, quality
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
