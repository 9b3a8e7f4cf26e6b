"""The cards of some shots in one tier, in a fixed number of queries however many shots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from characters.models import Character
from projects.models import Episode, Shot, StyleBibleVersion
from renders.bridge import combined_hash
from renders.engine.drift.baseline import LEAST_LIMIT
from renders.models import RenderTask, Tier, Verdict
from renders.readings.drift import baseline_for
from renders.readings.quick import (
    cast_hashes,
    drift_distances,
    policy_approved,
    shown_variants,
)
from renders.readings.stagenotes import carried_reasons, hop_reasons, nearest_sets
from renders.selectors import OPEN

SKETCH = "storyboard"
"""The engine whose pictures are sketches, wherever they stand."""

SHOT_FIELDS = (
    "pk",
    "code",
    "status",
    "size",
    "lens_mm",
    "duration_frames",
    "action",
    "speaker",
    "dialogue",
    "order",
    "brief_hash",
    "scene_id",
    "scene__number",
    "scene__heading",
    "scene__mood",
    "scene__weather",
    "scene__look_hash",
)


@dataclass(slots=True)
class ShotCard:
    """A shot on the board, flat: everything its card shows and nothing that is asked for later."""

    pk: UUID
    code: str
    status: str
    size: str
    lens_mm: int
    seconds: float
    words: str
    action: str
    order: int
    scene_id: UUID
    scene_number: int
    scene_heading: str
    scene_mood: str
    scene_weather: str
    inputs_hash: str
    picture: UUID | None = None
    number: int = 0
    verdict: str = ""
    score: float | None = None
    is_stale: bool = False
    is_policy: bool = False
    is_stand_in: bool = False
    stand_in_why: str = ""
    nearest_set: str = ""
    is_sketch: bool = False
    carried_why: str = ""
    drift: float = 0.0
    """How far the picture shown lies from its look; 0 unless over the limit."""
    drift_limit: float = 0.0
    variant_count: int = 0
    waiting_count: int = 0
    tasks_open: int = 0
    progress_percent: int = 0

    @property
    def facts(self) -> str:
        """Return "CU · 85 mm · 3.0 s"."""
        return f"{self.size} · {self.lens_mm} mm · {self.seconds:.1f} s"


def cast_names(episode: Episode) -> dict[str, str]:
    """Return the names of the project's characters by their keys."""
    people = Character.objects.filter(project=episode.project_id).order_by()
    return dict(people.values_list("key", "name"))


def cards_of(
    episode: Episode,
    shots: QuerySet[Shot],
    *,
    tier: str,
    names: dict[str, str] | None = None,
    most: int | None = None,
) -> list[ShotCard]:
    """Return the cards of shots of an episode, in the order of the script, the first `most` of them.

    `names` saves a query when the caller has read `cast_names` already.
    """
    ordered = shots.order_by("scene__number", "order", "pk")[:most]
    rows = list(ordered.values_list(*SHOT_FIELDS))
    keys = [row[0] for row in rows]
    hashes = _hashes(episode, rows)
    names = cast_names(episode) if names is None else names
    rate = episode.project.rate
    seconds_a_frame = float(1 / rate.fps)
    cards = {row[0]: _card(row, names, seconds_a_frame, hashes[row[0]]) for row in rows}
    if cards:
        _add_variants(keys, tier, cards)
        _add_drift(episode, tier, {c.picture: c for c in cards.values() if c.picture})
        _add_progress(keys, tier, cards)
    return list(cards.values())


def card_of(shot: Shot, *, tier: str) -> ShotCard | None:
    """Return one shot's card, or None when it is omitted from the cut."""
    shots = Shot.objects.filter(pk=shot.pk).exclude(status=Shot.Status.OMITTED)
    found = cards_of(shot.scene.episode, shots, tier=tier)
    return found[0] if found else None


def _card(row: Any, names: dict[str, str], seconds_a_frame: float, inputs_hash: str) -> ShotCard:
    pk, code, status, size, lens_mm, frames, action, speaker, dialogue, order, _, *scene = row
    words = action
    if dialogue:
        who = names.get(speaker, speaker.title())
        words = f"{who}: “{dialogue}”" if who else f"“{dialogue}”"
    scene_id, number, heading, mood, weather, _ = scene
    return ShotCard(
        pk,
        code,
        status,
        size,
        lens_mm,
        frames * seconds_a_frame,
        words,
        action,
        order,
        scene_id,
        number,
        heading,
        mood,
        weather,
        inputs_hash,
    )


def _hashes(episode: Episode, rows: Sequence[Any]) -> dict[UUID, str]:
    bibles = StyleBibleVersion.objects.filter(project=episode.project_id, is_current=True)
    bible_hash = bibles.values_list("bible_hash", flat=True).get()
    casts = cast_hashes([row[0] for row in rows])
    return {
        row[0]: _inputs_hash(row[10], row[-1], bible_hash, casts.get(row[0], ())) for row in rows
    }


@lru_cache(maxsize=16384)
def _inputs_hash(brief: str, look: str, bible: str, cast: tuple[str, ...]) -> str:
    """Return the one hash of a picture's inputs: of the same hashes always the same, so it is kept."""
    return combined_hash(brief_hash=brief, look_hash=look, bible_hash=bible, cast_hashes=cast)


def _add_variants(keys: Sequence[UUID], tier: str, cards: dict[UUID, ShotCard]) -> None:
    approved: dict[UUID, ShotCard] = {}
    for shot_id, shown in shown_variants(keys, tier=tier).items():
        card = cards[shot_id]
        card.picture, card.number = shown.pk, shown.number
        card.verdict, card.score = shown.verdict, shown.score
        card.variant_count, card.waiting_count = shown.count, shown.waiting
        card.is_stand_in = tier == Tier.PREVIZ and shown.engine == SKETCH
        card.is_sketch = shown.quality == "sketch"
        card.is_stale = shown.inputs_hash != card.inputs_hash
        if shown.verdict == Verdict.APPROVED:
            approved[shown.pk] = card
    if tier == Tier.PREVIZ:
        _add_stage({card.picture: card for card in cards.values() if card.picture})
    for pk in policy_approved(list(approved)):
        approved[pk].is_policy = True


def _add_stage(cards: dict[UUID, ShotCard]) -> None:
    """Add what is to say of the stage's pictures: why a sketch stands in, which set is only the nearest, whose approval was carried."""
    for pk, why in hop_reasons(list(cards)).items():
        cards[pk].stand_in_why = why if cards[pk].is_stand_in else ""
    for pk, name in nearest_sets(list(cards)).items():
        cards[pk].nearest_set = name
    approved = [pk for pk, card in cards.items() if card.verdict == Verdict.APPROVED]
    for pk, why in carried_reasons(approved).items():
        cards[pk].carried_why = why


def _add_drift(episode: Episode, tier: str, cards: dict[UUID, ShotCard]) -> None:
    """Add the distance of pictures over the limit; two queries, the second only where one is far at all."""
    distances = drift_distances(list(cards))
    if not distances or max(distances.values()) <= LEAST_LIMIT:
        return
    version = StyleBibleVersion.objects.only("pk").get(project=episode.project_id, is_current=True)
    limit = baseline_for(version, tier=tier).limit
    for pk, distance in distances.items():
        if distance > limit and cards[pk].verdict != Verdict.REJECTED:
            cards[pk].drift, cards[pk].drift_limit = distance, limit


def _add_progress(keys: Sequence[UUID], tier: str, cards: dict[UUID, ShotCard]) -> None:
    tasks = RenderTask.objects.filter(job__shot__in=keys, status__in=OPEN)
    shares: dict[UUID, list[float]] = {}
    for shot_id, request, done, total in tasks.order_by().values_list(
        "job__shot_id", "request", "progress_done", "progress_total"
    ):
        if request.get("tier") == tier:
            shares.setdefault(shot_id, []).append(done / total if total else 0.0)
    for shot_id, parts in shares.items():
        cards[shot_id].tasks_open = len(parts)
        cards[shot_id].progress_percent = round(100 * sum(parts) / len(parts))
