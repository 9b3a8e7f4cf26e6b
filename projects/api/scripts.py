"""Doors to films, scenes, looks and the log."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from projects import access
from projects.api.doors import One, Rows
from projects.api.script_serializers import (
    BibleGiven,
    BiblesAsked,
    BibleShown,
    EpisodeShown,
    EventsAsked,
    EventShown,
    SceneGiven,
    SceneShown,
)
from projects.models import Episode, Event, Project, Scene, StyleBibleVersion
from projects.readings.rows import bibles_of, episodes_of, events_of, scenes_of
from projects.services.bibles import bible_publish
from projects.services.looks import scene_look_set
from projects.services.scripts import episode_first
from projects.services.shots import scene_update


class Episodes(Rows):
    """Films of a production; the first is there from the beginning."""

    noun, shows, find, order = (
        "episodes",
        EpisodeShown,
        staticmethod(access.project_for),
        ("number",),
    )

    def rows(self, parent: Project) -> QuerySet[Episode]:
        """Return them by number."""
        episode_first(parent)
        return episodes_of(parent)


class EpisodeOne(One):
    """A film of a production."""

    noun, shows, find = "episodes", EpisodeShown, staticmethod(access.episode_for)


class Scenes(Rows):
    """Scenes of a film."""

    noun, shows, find, order = "scenes", SceneShown, staticmethod(access.episode_for), ("number",)

    def rows(self, parent: Episode) -> QuerySet[Scene]:
        """Return them in the order of the script."""
        return scenes_of(parent)


class SceneOne(One):
    """A scene; edits need `If-Match`."""

    noun, shows, find, accepts = "scenes", SceneShown, staticmethod(access.scene_for), SceneGiven

    def change(self, row: Scene, values: dict[str, Any]) -> None:
        """Change its air, and what it says of the look."""
        override = values.pop("bible_override", None)
        scene_update(user=self.request.user, scene=row, changes=values)
        if override is not None:
            scene_look_set(user=self.request.user, scene=row, override=override)


class Bibles(Rows):
    """Versions of a production's look, newest first; adding one publishes it."""

    noun, shows, accepts, filters = "style_bibles", BibleShown, BibleGiven, BiblesAsked
    find, right, order = staticmethod(access.project_for), "approve", ("-version",)

    def rows(self, parent: Project) -> QuerySet[StyleBibleVersion]:
        """Return every version."""
        return bibles_of(parent)

    def add(self, parent: Project, values: dict[str, Any]) -> StyleBibleVersion:
        """Publish a look."""
        return bible_publish(user=self.request.user, project=parent, **values)


class BibleOne(One):
    """A version of a look."""

    noun, shows, find = "style_bibles", BibleShown, staticmethod(access.bible_for)


class Events(Rows):
    """The log of a production, from the beginning or `since` a place in it."""

    noun, shows, filters = "events", EventShown, EventsAsked
    find, order = staticmethod(access.project_for), ("seq",)

    def rows(self, parent: Project) -> QuerySet[Event]:
        """Return the whole log."""
        return events_of(parent)

    def narrowed(self, rows: QuerySet[Event], wanted: dict[str, Any]) -> QuerySet[Event]:
        """Return what happened after `since`."""
        return super().narrowed(rows.filter(seq__gt=wanted.pop("since", 0)), wanted)
