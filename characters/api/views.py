"""Doors to the cast, to shots with who is in them, and to the script that makes both."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from apexsite.kit.errors import InputError
from characters.api.serializers import (
    CastingsAsked,
    CastingShown,
    CharacterGiven,
    CharacterShown,
    RetakeGiven,
    ShotGiven,
    ShotsAsked,
    ShotShown,
)
from characters.engine.profilesheet import traits_read
from characters.models import Casting, Character
from characters.readings.rows import castings_of, character_for, characters_of, shots_with_cast
from characters.services.briefs import brief_save
from characters.services.profiles import character_update
from characters.services.scripts import script_import
from projects import access
from projects.api.acts import Action
from projects.api.doors import One, Rows
from projects.api.script_serializers import EpisodeShown, ScriptGiven
from projects.models import Episode, Project, Scene, Shot
from projects.services.looks import shot_look_set
from projects.services.shots import shot_retake


class ScriptImport(Action):
    """Bring a screenplay into a film: scenes, shots, cast."""

    noun, verb, find = "episodes", "import_script", staticmethod(access.episode_for)
    accepts, shows = ScriptGiven, EpisodeShown

    def act(self, row: Episode, values: dict[str, Any]) -> Episode:
        """Import it."""
        content = values["text"].encode()
        return script_import(
            user=self.request.user, episode=row, content=content, name=values["name"]
        )


class Shots(Rows):
    """Shots of a film in the order of the script, omitted ones too."""

    noun, shows, filters = "shots", ShotShown, ShotsAsked
    find, order = staticmethod(access.episode_for), ("scene__number", "order")

    def rows(self, parent: Episode) -> QuerySet[Shot]:
        """Return them with who is in them."""
        return shots_with_cast(parent)


class ShotOne(One):
    """A shot with its brief; edits need `If-Match`."""

    noun, shows, find, accepts = "shots", ShotShown, staticmethod(access.shot_for), ShotGiven

    def lock(self, row: Shot) -> None:
        """Lock the scene: edits of its shots follow one another."""
        Scene.objects.select_for_update().get(pk=row.scene_id)

    def change(self, row: Shot, values: dict[str, Any]) -> None:
        """Change the brief in one go, and what the shot says of the look."""
        override = values.pop("bible_override", None)
        brief_save(user=self.request.user, shot=row, changes=values)
        if override is not None:
            shot_look_set(user=self.request.user, shot=row, override=override)


class ShotRetake(Action):
    """Ask for new variants of a shot, saying why."""

    noun, verb, find = "shots", "retake", staticmethod(access.shot_for)
    right, accepts, shows = "approve", RetakeGiven, ShotShown

    def act(self, row: Shot, values: dict[str, Any]) -> Shot:
        """Send it back."""
        return shot_retake(user=self.request.user, shot=row, reason=values["reason"])


class Characters(Rows):
    """The cast of a production."""

    noun, shows, find, order = (
        "characters",
        CharacterShown,
        staticmethod(access.project_for),
        ("name",),
    )

    def rows(self, parent: Project) -> QuerySet[Character]:
        """Return them by name."""
        return characters_of(parent)


class CharacterOne(One):
    """A person of the story; edits need `If-Match`."""

    noun, shows, find = "characters", CharacterShown, staticmethod(character_for)
    accepts = CharacterGiven

    def change(self, row: Character, values: dict[str, Any]) -> None:
        """Set traits by hand, or give them back."""
        give_back = values.pop("give_back", [])
        if "age_years" in values:
            values["age_years"] = "{}-{}".format(*values["age_years"])
        changes, faults = traits_read({name: str(value) for name, value in values.items()})
        if faults:
            raise InputError(" ".join(faults.values()), fields=faults)
        character_update(
            user=self.request.user, character=row, changes=changes, give_back=give_back
        )


class Castings(Rows):
    """Who is in which shot of a film."""

    noun, shows, filters = "castings", CastingShown, CastingsAsked
    find = staticmethod(access.episode_for)
    order = ("shot__scene__number", "shot__order", "position")

    def rows(self, parent: Episode) -> QuerySet[Casting]:
        """Return them shot by shot, from left to right."""
        return castings_of(parent)
