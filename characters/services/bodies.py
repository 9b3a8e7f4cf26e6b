"""Bodies for the previz stage: cast once, when the first previz picture of a production is asked for, never re-rolled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import NotSupported
from characters.engine.casting.spread import (
    SPREAD_MM,
    STEPS,
    Distance,
    Spread,
    spread,
    vertex_distance_mm,
)
from characters.engine.human.cast import BodyCast
from characters.models import Character, CharacterVersion
from characters.services.characters import profile_from_document
from projects import access
from projects.events import event_record
from projects.models import Project

MOST_ROUNDS = 3
"""Tries to cast one person while others are cast by somebody else. House choice."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How alike two faces are: a distance, the least there must be, its unit, its name on the page, the steps it is worth."""

    distance: Distance = vertex_distance_mm
    least: float = SPREAD_MM
    unit: str = "mm"
    words: str = "distance of the faces' vertices"
    steps: tuple[tuple[float, int], ...] = STEPS


def bodies_ensure(*, user: AbstractUser, project: Project, measure: Measure | None = None) -> int:
    """Cast everybody of a project who has no body yet, in the order they came; returns how many.

    1. Faces keep their distance from those who are cast already; who was too like somebody was moved, and the rule says so.
    2. Whom the stage does not draw (children, animals, crowds) keeps no body, and the reason as the rule.
    3. A face once cast stays. Measuring may take long, so nothing is locked until there is something to keep.
    """
    access.require(user, project, "make")
    people = Character.objects.filter(project=project, body={}, body_sources={})
    waiting = list(people.order_by("created_at", "pk").values_list("pk", flat=True))
    return sum(_cast(pk, user, measure or Measure()) for pk in waiting)


def _cast(pk: Any, user: AbstractUser, measure: Measure) -> int:
    for _ in range(MOST_ROUNDS):
        person = Character.objects.select_related("project").get(pk=pk)
        if person.body or person.body_sources:
            return 0
        taken = bodies_taken(person)
        made = body_of(person, taken=taken, measure=measure)
        with transaction.atomic():
            Project.objects.select_for_update().get(pk=person.project_id)
            stored = Character.objects.select_for_update().get(pk=pk)
            if stored.version != person.version or bodies_taken(stored).keys() != taken.keys():
                continue
            return _keep(stored, made, user)
    return 0


def _keep(
    person: Character, made: tuple[dict[str, Any], dict[str, str]], user: AbstractUser
) -> int:
    if person.body or person.body_sources:
        return 0
    person.body, person.body_sources = made
    person.save(update_fields=["body", "body_sources", "updated_at"])
    CharacterVersion.objects.filter(character=person, version=person.version).update(
        body=person.body
    )
    if not person.body:
        return 0
    told = {"name": person.name, "face": person.body_sources.get("face", "")}
    event_record(person.project, "character.embodied", person, actor=user, payload=told)
    return 1


def bodies_taken(person: Character) -> dict[str, BodyCast]:
    """Return the bodies of the rest of the cast by name."""
    others = Character.objects.filter(project=person.project_id).exclude(pk=person.pk)
    rows = others.exclude(body={}).order_by("created_at", "pk").values_list("name", "key", "body")
    taken: dict[str, BodyCast] = {}
    for name, key, body in rows:
        taken[f"{name} ({key})" if name in taken else name] = BodyCast.from_document(body)
    return taken


def body_of(
    character: Character,
    *,
    taken: Mapping[str, BodyCast] | None = None,
    measure: Measure | None = None,
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a character's body and the rule of each part; a face and an ancestry once drawn stay as they were."""
    from characters.engine.casting.rules import body_from_profile

    profile = profile_from_document(character.profile)
    try:
        body, rules = body_from_profile(profile)
    except NotSupported as err:
        return {}, {"refused": err.message}
    if character.body:
        stood = BodyCast.from_document(character.body)
        body = replace(body, changes=stood.changes)
        for name in ("face", "apart"):
            rules[name] = character.body_sources.get(name, rules.get(name, ""))
        return body.to_document(), {name: rule for name, rule in rules.items() if rule}
    measure = measure or Measure()
    others = {name: other for name, other in (taken or {}).items() if name != character.key}
    moved = spread(
        character.key, body, others, least=measure.least, distance=measure.distance,
        unit=measure.unit, steps=measure.steps,
    )  # fmt: skip
    rules["face"] = "drawn by seed"
    rules["apart"] = apart_words(moved, measure)
    return moved.body.to_document(), rules


def apart_words(moved: Spread, measure: Measure) -> str:
    """Return in words how near the nearest face of the cast is, and whether the newcomer was moved away from it."""

    def said(gap: float) -> str:
        return f"{gap:.2f} {measure.unit}".strip()

    how = f"by the {measure.words}, {said(measure.least)} wanted"
    if not moved.like:
        return "the first face of this cast; later ones are measured"
    if not moved.told:
        return f"nearest is {moved.like}, {said(moved.before)} apart {how}"
    end = "" if moved.after >= measure.least else ", the farthest found"
    return (
        f"spread from {moved.like}: {said(moved.before)} apart, moved to {said(moved.after)}{end}; "
        f"measured {how}"
    )
