"""The only way to load a character by id: a stranger gets 404, a member without the right 403."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError

from apexsite.kit.errors import NotFound
from characters.models import Character
from projects import access


def character_for(user: access.User, id_: UUID | str, *, right: str) -> Character:
    """Return a character if the person may."""
    try:
        found = Character.objects.select_related("project").filter(pk=id_).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise NotFound("there is no such character for you")
    access.require(user, found.project, right, what="character")
    return found
