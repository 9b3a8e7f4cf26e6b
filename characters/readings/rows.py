"""Rows of the cast as lists are made of them, and shots with who is in them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apexsite.kit.errors import NotFound
from characters.models import Casting, Character
from projects import access
from projects.models import Episode, Project, Shot
from projects.readings.rows import shots_of

IN_FRAME = Prefetch(
    "castings", Casting.objects.select_related("character").order_by("position", "pk")
)


def character_for(user: access.User, id_: UUID | str, *, right: str) -> Character:
    """Return a character if the person may; raises `NotFound` or `NotAllowed`."""
    found = Character.objects.select_related("project").filter(pk=id_).first()
    if found is None:
        raise NotFound("there is no such character for you")
    access.require(user, found.project, right, what="character")
    return found


def characters_of(project: Project) -> QuerySet[Character]:
    """Return the cast of a production."""
    return Character.objects.filter(project=project)


def castings_of(episode: Episode) -> QuerySet[Casting]:
    """Return who is in which shot of a film."""
    return Casting.objects.filter(shot__scene__episode=episode).select_related(
        "character", "shot__scene"
    )


def shots_with_cast(episode: Episode) -> QuerySet[Shot]:
    """Return the shots of a film, each with who is in it, in three queries however many."""
    return shots_of(episode).prefetch_related(IN_FRAME)
