"""Measure how far pictures lie from their look, and keep it: when one is made, and again when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from apexsite.kit.errors import InputError, NotAvailable
from apexsite.kit.pixels import Bytes3, read_picture
from projects.engine.bible import StyleBible
from projects.engine.framing import TimeOfDay
from projects.models import Episode, StyleBibleVersion
from renders.bridge import bible_of, current_bible
from renders.engine.drift.asked import asked_of
from renders.engine.drift.baseline import LEAST_APPROVED
from renders.engine.drift.distance import drift_of, joined, with_embedding
from renders.engine.drift.embedding import availability, embedding_away, embedding_of
from renders.engine.drift.features import measured
from renders.engine.imaging.base import ImageRequest
from renders.models import DriftReading, Variant, Verdict
from renders.services.media import media_path

MOST_MEASURED = 60
"""Pictures measured by one press; house choice: some seconds, and the button stays for the rest."""
STYLE_WORDS = "another style than the approved pictures', says the style model"
STYLE_SILENT = "not held to the approved pictures' style: the style model gave nothing"
LONGEST_TOLD = 300
STYLE_TOLD_FROM = 0.5
"""How far off the style model's part is said in words. House choice."""


def drift_measured(pixels: Bytes3, request: ImageRequest) -> dict[str, Any]:
    """Return what a reading keeps of a picture just drawn; heavy, so before any lock."""
    brief = request.brief
    return _values(pixels, request.bible, brief.time_of_day, brief.mood)


def drift_kept(variant: Variant, version: StyleBibleVersion, values: dict[str, Any]) -> Variant:
    """Write a variant's reading against a version of the look; returns the variant."""
    kept = _joined(values, variant, version)
    DriftReading.objects.update_or_create(variant=variant, bible=version, defaults=kept)
    return variant


def drift_measure(variant: Variant, version: StyleBibleVersion) -> None:
    """Measure a stored picture against a version of the look and its shot's present scene."""
    shot = variant.shot
    pixels = read_picture(media_path(variant.media))
    hour = TimeOfDay(shot.scene.time_of_day)
    values = _values(pixels, bible_of(shot, version), hour, shot.scene.mood)
    drift_kept(variant, version, values)


def drift_unmeasured(episode: Episode, *, tier: str) -> QuerySet[Variant]:
    """Return the pictures of an episode that have no reading against the present look, approved ones first."""
    version = current_bible(episode.project)
    return _ordered(episode, tier).exclude(drifts__bible=version)


def drift_candidates(episode: Episode, *, tier: str) -> QuerySet[Variant]:
    """Return the pictures that are measured: all but rejected ones, of shots that are in the cut."""
    return (
        Variant.objects.filter(shot__scene__episode=episode, tier=tier)
        .exclude(verdict=Verdict.REJECTED)
        .exclude(shot__status="omitted")
        .select_related("shot__scene__episode__project", "media")
    )


def drift_recompute(
    episode: Episode, *, tier: str, only_missing: bool = False, most: int | None = None
) -> int:
    """Measure an episode's pictures against the present look; returns how many. Approved ones come first.

    So they are the centroid that a style model holds the others to, where one is here.
    """
    version = current_bible(episode.project)
    found = drift_unmeasured(episode, tier=tier) if only_missing else _ordered(episode, tier)
    wanted = list(found[:most])
    for variant in wanted:
        drift_measure(variant, version)
    if wanted and availability(str(settings.APEX_STYLE_ONNX)).is_available:
        _rejoin(wanted, version)
    return len(wanted)


def _ordered(episode: Episode, tier: str) -> QuerySet[Variant]:
    found = drift_candidates(episode, tier=tier)
    return found.order_by("verdict", "shot__scene__number", "shot__order", "number")


def _rejoin(variants: Iterable[Variant], version: StyleBibleVersion) -> None:
    """Hold pictures to the centroid once all of the approved ones have their embeddings."""
    for variant in variants:
        reading = DriftReading.objects.get(variant=variant, bible=version)
        values = {
            name: getattr(reading, name)
            for name in ("features", "issues", "embedding", "model_name", "parts")
        }
        drift_kept(variant, version, values)


def _values(pixels: Bytes3, bible: StyleBible, hour: TimeOfDay, mood: str) -> dict[str, Any]:
    asked = asked_of(bible, time_of_day=hour, mood=mood)
    found = measured(pixels, asked)
    drift = drift_of(found, asked)
    embedding, name, told = _embedded(pixels)
    return {
        "features": found,
        "parts": dict(drift.parts),
        "issues": [*drift.issues, *told],
        "embedding": embedding,
        "model_name": name,
    }


def _embedded(pixels: Bytes3) -> tuple[list[float] | None, str, list[str]]:
    """Return the style model's vector, its name, and what is told where it is here and gives none.

    The picture is drawn, and perhaps paid for: a model that cannot read it must not lose it.
    """
    path = str(settings.APEX_STYLE_ONNX)
    if not availability(path).is_available:
        return None, "", []
    try:
        vector = embedding_of(pixels, path)
    except (InputError, NotAvailable) as err:
        return None, "", [f"{STYLE_SILENT}: {err.message}"[:LONGEST_TOLD]]
    return list(vector), path.rsplit("/", 1)[-1][:200], []


def _joined(values: dict[str, Any], variant: Variant, version: StyleBibleVersion) -> dict[str, Any]:
    """Return the values with their distance, and with the style model's part in it once there is a centroid.

    The centroid needs enough approved pictures with embeddings of the same model.
    """
    parts = {name: part for name, part in values["parts"].items() if name != "embedding"}
    issues = [words for words in values["issues"] if words != STYLE_WORDS]
    distance = joined(parts)
    vectors = _approved_vectors(values, variant, version)
    if len(vectors) >= LEAST_APPROVED:
        away = embedding_away(tuple(values["embedding"]), vectors)
        parts["embedding"] = round(away, 4)
        distance = with_embedding(distance, away)
        issues += [STYLE_WORDS] * (away >= STYLE_TOLD_FROM)
    return {**values, "distance": distance, "parts": parts, "issues": issues}


def _approved_vectors(
    values: dict[str, Any], variant: Variant, version: StyleBibleVersion
) -> list[tuple[float, ...]]:
    if values["embedding"] is None:
        return []
    approved = DriftReading.objects.filter(
        bible=version,
        model_name=values["model_name"],
        variant__tier=variant.tier,
        variant__verdict=Verdict.APPROVED,
    ).exclude(variant=variant)
    found = approved.exclude(embedding=None).values_list("embedding", flat=True)
    # A file replaced under its name may give vectors of another length: those are of another model.
    return [tuple(vector) for vector in found if len(vector) == len(values["embedding"])]
