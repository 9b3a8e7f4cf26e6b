"""Change a character: what is set by hand stands, what was read from words follows the words, every version is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError, StaleEdit, StateError, listed
from characters.engine.appearance import profile_from_words
from characters.engine.profile import CharacterProfile
from characters.engine.profilesheet import BY_NAME, HEARD, RULED, in_words
from characters.models import Character, CharacterVersion
from characters.services.bodies import bodies_taken, body_of
from characters.services.characters import profile_from_document, version_keep
from projects import access
from projects.events import event_record

BY_HAND = "set by hand"
EXPLICIT = (BY_HAND, "cast explicitly")
WORDS = ("description", "role", "personality")


@transaction.atomic
def character_update(
    *,
    user: AbstractUser,
    character: Character,
    changes: Mapping[str, Any],
    give_back: Sequence[str] = (),
    version: int | None = None,
) -> Character:
    """Change a character's profile; raises `StaleEdit` when `version` is not the stored one.

    1. A value given here is set by hand and stays when the words change; `give_back` returns fields to their rule.
    2. Other words are read again; what was drawn by seed stays drawn as it is.
    3. The same values again change nothing, so a form sent twice is one edit.
    """
    access.require(user, character.project, "make")
    stored = Character.objects.select_for_update().select_related("project").get(pk=character.pk)
    unknown = [name for name in (*changes, *give_back) if name not in BY_NAME]
    if unknown:
        raise InputError(f"traits {listed(unknown)} are not known; valid: {listed(BY_NAME)}")
    given = {
        name: value for name, value in changes.items() if not _same(stored.profile.get(name), value)
    }
    returned = [
        name for name in give_back if stored.profile_sources.get(name) in EXPLICIT and name in RULED
    ]
    if not given and not returned:
        return stored
    if version is not None and version != stored.version:
        raise StaleEdit(
            f"{stored.name} was changed while you were editing (version {stored.version} by now); "
            "nothing of yours was saved yet",
            now=dict(stored.profile),
        )
    profile = {**stored.profile, **given}
    sources = dict(stored.profile_sources)
    sources.update(dict.fromkeys((name for name in given if name in RULED), BY_HAND))
    for name in returned:
        sources.pop(name, None)
    if returned or any(name in given for name in WORDS):
        _read_again(stored, profile, sources)
    return _write(user, stored, profile, sources)


@transaction.atomic
def character_restore(*, user: AbstractUser, character: Character, version: int) -> Character:
    """Make an older version the present one again, as a new version."""
    access.require(user, character.project, "make")
    stored = Character.objects.select_for_update().select_related("project").get(pk=character.pk)
    old = CharacterVersion.objects.filter(character=stored, version=version).first()
    if old is None:
        raise StateError(f"{stored.name} has no version {version}")
    if old.profile == stored.profile:
        return stored
    return _write(user, stored, dict(old.profile), dict(old.profile_sources))


def _same(one: object, other: object) -> bool:
    # `#c9cdd2` and `#C9CDD2` are one colour.
    if isinstance(one, str) and isinstance(other, str) and one.startswith("#"):
        return one.upper() == other.upper()
    return one == other


def _read_again(character: Character, profile: dict[str, Any], sources: dict[str, str]) -> None:
    """Lay what the words say now under what was set by hand; draws that stood stay as they were drawn."""
    others = Character.objects.filter(project=character.project_id).exclude(pk=character.pk)
    taken = list(others.values_list("profile", flat=True))
    drawn, rules = profile_from_words(
        key=character.key,
        name=profile["name"],
        role=profile["role"],
        personality=profile["personality"],
        description=profile["description"],
        taken_wardrobe=[other["wardrobe_colour"] for other in taken],
        taken_variants=[other["voice_variant"] for other in taken],
    )
    fresh = drawn.to_document()
    for name in RULED:
        rule = sources.get(name, "")
        still_drawn = rule.startswith("drawn") and rules[name].startswith("drawn")
        if rule in EXPLICIT or still_drawn:
            continue
        profile[name], sources[name] = fresh[name], rules[name]


def _write(
    user: AbstractUser, character: Character, profile: dict[str, Any], sources: dict[str, str]
) -> Character:
    checked: CharacterProfile = profile_from_document(profile)
    before, after = dict(character.profile), checked.to_document()
    told = {
        name: [in_words(name, before.get(name))[:120], in_words(name, after[name])[:120]]
        for name in after
        if before.get(name) != after[name]
    }
    if any(name not in HEARD for name in told):
        seen = {name: value for name, value in after.items() if name not in HEARD}
        character.cast_hash = document_hash(seen)
    character.profile, character.profile_sources = after, sources
    character.name = checked.name[:120]
    if character.body or character.body_sources:
        character.body, character.body_sources = body_of(character, taken=bodies_taken(character))
    character.version += 1
    character.save()
    version_keep(character, user=user)
    event_record(
        character.project,
        "character.updated",
        character,
        actor=user,
        payload={"name": character.name, "version": character.version, "changes": told},
    )
    return character
