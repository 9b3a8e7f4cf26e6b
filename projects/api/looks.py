"""Doors to the look that holds for a scene or a shot: all layers laid over one another, and whose word each value is."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from projects import access
from projects.api.doors import One
from projects.api.script_serializers import Object
from projects.engine.biblelayers import origins
from projects.models import Shot, StyleBibleVersion
from projects.services.looks import Place, layers_of, look_of


@extend_schema_serializer(
    examples=example(
        {"version": 2, "bible_hash": "9f2c…", "document": {"mood": "dread", "film_grain": 0.12},
         "origins": {"mood": {"where": "shot", "weight": 1.0},
                     "film_grain": {"where": "project", "weight": 1.0}}}
    )
)  # fmt: skip
class LookShown(serializers.Serializer[Any]):
    """The look of a place: `origins` says for each field whose word it is (`default`, `project`, `scene`, `shot`)."""

    version = serializers.IntegerField(help_text="Of the production's look below the layers.")
    bible_hash = serializers.CharField()
    document = Object()
    origins = Object()


class _Look(One):
    """A place's look. It is changed by `bible_override` of the scene or shot."""

    def shown(self, row: Place) -> Any:
        """Return the merged document with its origins."""
        scene = row.scene if isinstance(row, Shot) else row
        current = StyleBibleVersion.objects.get(project=scene.episode.project_id, is_current=True)
        bible = look_of(row, current.document)
        whose = origins(current.given or current.document, layers_of(row, current.document))
        told = {name: {"where": o.where, "weight": o.weight} for name, o in whose.items()}
        return self.shows(
            {
                "version": current.version,
                "bible_hash": bible.bible_hash,
                "document": bible.document,
                "origins": told,
            }
        ).data


class SceneLook(_Look):
    """The look that holds for a scene."""

    noun, shows, find = "scene_looks", LookShown, staticmethod(access.scene_for)


class ShotLook(_Look):
    """The look that holds for a shot."""

    noun, shows, find = "shot_looks", LookShown, staticmethod(access.shot_for)
