"""The cast: who they are, where they stand and speak, which rule gave each trait, how they changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from characters.engine.profilesheet import TRAITS, in_words
from characters.models import Casting, Character, CharacterVersion
from projects.models import Project, Shot


@dataclass(slots=True)
class Person:
    """A character on the cast page."""

    character: Character
    shots: int
    lines: int

    @property
    def age(self) -> str:
        """Return the age in words."""
        return in_words("age_years", self.character.profile.get("age_years"))


@dataclass(slots=True)
class Appearance:
    """A shot somebody stands or speaks in."""

    shot: Shot
    is_seen: bool
    is_heard: bool


@dataclass(slots=True)
class Step:
    """A version of a character beside the one before it."""

    row: CharacterVersion
    changes: list[str] = field(default_factory=list)

    @property
    def who(self) -> str:
        """Return who made the version."""
        by = self.row.created_by
        return str(by.first_name or by.get_username()) if by else "before versions were kept"


def people_of(project: Project) -> list[Person]:
    """Return everybody in the cast with how much they are seen and heard, most first."""
    shots = Shot.objects.filter(scene__episode__project=project).exclude(status=Shot.Status.OMITTED)
    seen: Counter[UUID] = Counter(
        Casting.objects.filter(shot__in=shots).values_list("character_id", flat=True)
    )
    heard = Counter(shots.exclude(dialogue="").values_list("speaker", flat=True))
    people = [
        Person(character, seen[character.pk], heard[character.key])
        for character in Character.objects.filter(project=project)
    ]
    return sorted(people, key=lambda p: (-p.shots - p.lines, p.character.name))


def appearances_of(character: Character) -> list[Appearance]:
    """Return the shots a character is seen or heard in, in the order of the film."""
    shots = (
        Shot.objects.filter(scene__episode__project=character.project_id)
        .exclude(status=Shot.Status.OMITTED)
        .select_related("scene")
        .order_by("scene__episode__number", "scene__number", "order")
    )
    seen = set(Casting.objects.filter(character=character).values_list("shot_id", flat=True))
    found = [
        Appearance(shot, shot.pk in seen, bool(shot.dialogue) and shot.speaker == character.key)
        for shot in shots
    ]
    return [one for one in found if one.is_seen or one.is_heard]


def steps_of(character: Character) -> list[Step]:
    """Return the kept versions, newest first, each with what changed since the one before."""
    rows = list(character.versions.select_related("created_by").order_by("-version"))
    steps = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        steps.append(Step(row, _changes(before.profile, row.profile) if before else []))
    return steps


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [
        f"{trait.label}: {in_words(trait.name, before.get(trait.name))}"
        f" → {in_words(trait.name, after.get(trait.name))}"
        for trait in TRAITS
        if before.get(trait.name) != after.get(trait.name)
    ]
