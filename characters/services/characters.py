"""Characters of a project: made from the script's words, or cast explicitly; never re-rolled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import InputError, listed
from characters.engine.appearance import profile_from_words
from characters.engine.profile import CharacterProfile
from characters.models import Character, CharacterVersion
from projects import access
from projects.engine.people import CharacterFound, character_key
from projects.events import event_record
from projects.models import Project

FIELDS = tuple(CharacterProfile.__dataclass_fields__)


def profile_from_document(document: Mapping[str, Any]) -> CharacterProfile:
    """Return the profile of a stored document; raises `InputError` for a field that is not known."""
    unknown = set(document) - set(FIELDS)
    if unknown:
        raise InputError(
            f"profile fields {listed(sorted(unknown))} are not known; valid: {listed(FIELDS)}"
        )
    values = dict(document)
    if "age_years" in values:
        low, high = values["age_years"]
        values["age_years"] = (int(low), int(high))
    return CharacterProfile(**values)


def version_keep(character: Character, *, user: AbstractUser) -> CharacterVersion:
    """Keep the character as they stand now under their version's number."""
    return CharacterVersion.objects.create(
        character=character,
        version=character.version,
        profile=character.profile,
        profile_sources=character.profile_sources,
        body=character.body,
        created_by=user,
    )


@transaction.atomic
def character_ensure(
    *,
    user: AbstractUser,
    project: Project,
    found: CharacterFound,
    explicit: Mapping[str, Any] | None = None,
) -> Character:
    """Return the project's character of this key; make it when it is new.

    1. The script's own words give the profile, each value with the rule that gave it.
    2. Values cast explicitly win, and say so.
    3. A character that exists already stays as it is: a second draft re-rolls nobody.
    """
    access.require(user, project, "make")
    existing = Character.objects.filter(project=project, key=found.key).first()
    if existing is not None:
        return existing
    profiles = list(Character.objects.filter(project=project).values_list("profile", flat=True))
    drawn, sources = profile_from_words(
        key=found.key,
        name=found.name,
        role="",
        personality="",
        description=found.description,
        taken_wardrobe=[taken["wardrobe_colour"] for taken in profiles],
        taken_variants=[taken["voice_variant"] for taken in profiles],
    )
    chosen = {k: v for k, v in (explicit or {}).items() if k not in ("key", "name")}
    profile = profile_from_document({**drawn.to_document(), **chosen})
    sources = {**sources, **dict.fromkeys(chosen, "cast explicitly")}
    character = Character.objects.create(
        project=project,
        key=found.key,
        name=found.name[:120],
        profile=profile.to_document(),
        profile_sources=sources,
        cast_hash=profile.profile_hash,
    )
    version_keep(character, user=user)
    event_record(
        project, "character.created", character, actor=user, payload={"name": character.name}
    )
    return character


@transaction.atomic
def character_add(
    *, user: AbstractUser, project: Project, name: str, description: str = ""
) -> Character:
    """Put a person into the cast by hand; somebody of that name who is there already is answered.

    Raises `InputError` for a name without a letter or longer than 120, or a description longer than 2,000.
    """
    access.require(user, project, "make")
    words, told = " ".join(name.split()), description.strip()
    if not 1 <= len(words) <= 120 or not any(letter.isalnum() for letter in words):
        raise InputError(
            f"a name of {len(words):,} letters must have 1 to 120, and a letter among them"
        )
    if len(told) > 2000:
        raise InputError(f"a description of {len(told):,} letters must have at most 2,000")
    Project.objects.select_for_update().get(pk=project.pk)
    found = CharacterFound(
        key=character_key(words),
        name=words,
        first_words="",
        description=told,
        line_count=0,
        scene_numbers=(),
    )
    return character_ensure(user=user, project=project, found=found)
