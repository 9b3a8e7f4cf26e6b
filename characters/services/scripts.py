"""The whole import: script → breakdown → scenes and shots (`projects`) → characters and castings (here)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from characters.services.castings import castings_store
from characters.services.characters import character_ensure
from projects import access
from projects.engine.bible import bible_from
from projects.engine.breakdown import break_down
from projects.engine.lenses import lenses_of, with_lenses
from projects.engine.script import parse_script
from projects.engine.script.reader import read_script
from projects.models import Episode, StyleBibleVersion
from projects.services.scripts import breakdown_store


def script_import(
    *,
    user: AbstractUser,
    episode: Episode,
    content: bytes,
    name: str,
    casting: Mapping[str, Mapping[str, Any]] | None = None,
) -> Episode:
    """Bring a Fountain or plain-text script into an episode.

    1. Read and parse outside any transaction: a broken script changes nothing. Shots get the look's own lenses.
    2. Write scenes and shots, characters and castings in one transaction.
    """
    access.require(user, episode.project, "make")
    text = read_script(content, name=name)
    project = episode.project
    look = StyleBibleVersion.objects.filter(project=project, is_current=True).first()
    preferred = lenses_of(bible_from(look.document).lenses) if look else ()
    breakdown = break_down(parse_script(content, name=name), rate=project.rate)
    breakdown = with_lenses(breakdown, preferred)
    with transaction.atomic():
        breakdown_store(user=user, episode=episode, breakdown=breakdown, text=text, name=name)
        characters = {
            found.key: character_ensure(
                user=user,
                project=episode.project,
                found=found,
                explicit=(casting or {}).get(found.key),
            )
            for found in breakdown.characters
        }
        castings_store(episode=episode, breakdown=breakdown, characters=characters)
    return episode
