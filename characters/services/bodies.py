"""Bodies for the previz stage: cast once, when the first previz picture of a production is asked for, never re-rolled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import NotSupported
from characters.engine.human.cast import BodyCast
from characters.models import Character, CharacterVersion
from characters.services.characters import profile_from_document
from projects import access
from projects.events import event_record
from projects.models import Project


@transaction.atomic
def bodies_ensure(*, user: AbstractUser, project: Project) -> int:
    """Cast everybody of a project who has no body yet, in the order they came; returns how many.

    1. Faces keep their distance from those who are cast already; where a draw had to be repeated, the rule says so.
    2. Whom the stage does not draw (children, animals, crowds) keeps no body, and the reason as the rule.
    """
    access.require(user, project, "make")
    Project.objects.select_for_update().get(pk=project.pk)
    people = list(Character.objects.filter(project=project).order_by("created_at", "pk"))
    taken = [BodyCast.from_document(person.body) for person in people if person.body]
    made = 0
    for person in people:
        if person.body or person.body_sources:
            continue
        person.body, person.body_sources = body_of(person, taken=taken)
        person.save(update_fields=["body", "body_sources", "updated_at"])
        CharacterVersion.objects.filter(character=person, version=person.version).update(
            body=person.body
        )
        if person.body:
            taken.append(BodyCast.from_document(person.body))
            made += 1
            told = {"name": person.name, "face": person.body_sources.get("face", "")}
            event_record(project, "character.embodied", person, actor=user, payload=told)
    return made


def body_of(
    character: Character, *, taken: list[BodyCast] | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a character's body and the rule of each part; a face and an ancestry once drawn stay as they were."""
    from characters.engine.casting.rules import body_from_profile

    profile = profile_from_document(character.profile)
    try:
        body, rules = body_from_profile(profile, taken=() if character.body else taken or ())
    except NotSupported as err:
        return {}, {"refused": err.message}
    if character.body:
        stood = BodyCast.from_document(character.body)
        body = replace(body, changes=stood.changes)
        rules["face"] = character.body_sources.get("face", rules["face"])
    return body.to_document(), rules
