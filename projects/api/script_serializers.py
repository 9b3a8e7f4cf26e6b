"""How films, scenes, looks and the log look from outside, and what may be sent to them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Document, Given, sheet_fields, whole
from projects.api.serializers import AT, UUID
from projects.engine.briefsheet import BY_NAME, SCENE_NAMES
from projects.models import Episode, Event, Scene, StyleBibleVersion

OVERRIDE = (
    "What the look has otherwise here, as in `style_bible.json`; `weights` says how much a field or a group of fields "
    'counts, such as {"grade": 0.5}: 0 changes nothing, 1 replaces. Empty: as above.'
)


@extend_schema_field({"type": "object", "additionalProperties": True})
class Object(serializers.JSONField):
    """A document as it is kept."""


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "project": UUID, "number": 1, "title": "Night Bus",
         "script_name": "night_bus.fountain", "created_at": AT, "updated_at": AT}
    )
)  # fmt: skip
class EpisodeShown(serializers.ModelSerializer[Episode]):
    """A film of a production."""

    class Meta:
        model = Episode
        fields = ("id", "project", "number", "title", "script_name", "created_at", "updated_at")
        read_only_fields = fields


@extend_schema_serializer(
    examples=example(
        {"text": "INT. COURTROOM - DAY\n\nMARA looks up.\n", "name": "night_bus.fountain"}
    )
)
class ScriptGiven(Given):
    """A screenplay, Fountain or plain text; a second draft meets the first, no picture is lost."""

    text = serializers.CharField(max_length=2_000_000, trim_whitespace=False)
    name = serializers.CharField(max_length=200, default="script.fountain")


SCENE = {"setting": "EXT", "place": "street", "time_of_day": "night", "mood": "tense",
         "lighting": "neon", "weather": "rain"}  # fmt: skip


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "episode": UUID, "number": 2, "heading": "EXT. STREET - NIGHT", **SCENE,
         "first_line": 14, "last_line": 17, "bible_override": {"mood": "dread"}, "updated_at": AT}
    )
)  # fmt: skip
class SceneShown(serializers.ModelSerializer[Scene]):
    """A scene; its place, time and air hold for all its shots. `bible_override` is its own word on the look."""

    bible_override = Object()

    class Meta:
        model = Scene
        fields = (
            "id", "episode", "number", "heading", "setting", "place", "time_of_day", "mood",
            "lighting", "weather", "first_line", "last_line", "bible_override", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_serializer(examples=example({"weather": "fog", "mood": "lonely"}))
class SceneGiven(Given):
    """What changes of a scene; approvals made on the old air show stale."""

    def get_fields(self) -> dict[str, Any]:
        """Return the lines of the sheet that stand in a scene, and its word on the look."""
        look = Document(required=False, help_text=OVERRIDE)
        return {**sheet_fields(BY_NAME[name] for name in SCENE_NAMES), "bible_override": look}


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "project": UUID, "version": 2, "is_current": True, "bible_hash": "9f2c…",
         "document": {"style_name": "noir", "mood": "tense"}, "created_by": "dora",
         "created_at": AT}
    )
)  # fmt: skip
class BibleShown(serializers.ModelSerializer[StyleBibleVersion]):
    """A version of a production's look, never changed once published."""

    document = Object()
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)

    class Meta:
        model = StyleBibleVersion
        fields = (
            "id", "project", "version", "is_current", "bible_hash", "document", "created_by",
            "created_at",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_serializer(
    examples=example({"document": {"style_name": "noir", "mood": "tense"}, "version": 1})
)
class BibleGiven(Given):
    """A look to publish; with `version`, only if that one is still current."""

    document = Document()
    version = whole(least=1, required=False)


@extend_schema_serializer(
    examples=example(
        {"seq": 41, "verb": "variant.approved", "target_kind": "variant", "target_id": UUID,
         "actor": "dora", "payload": {"code": "1A", "number": 2}, "at": AT}
    )
)  # fmt: skip
class EventShown(serializers.ModelSerializer[Event]):
    """One thing that happened; `seq` has no gaps."""

    actor = serializers.CharField(source="actor.username", default=None, allow_null=True)
    payload = Object()

    class Meta:
        model = Event
        fields = ("seq", "verb", "target_kind", "target_id", "actor", "payload", "at")
        read_only_fields = fields


class EventsAsked(Given):
    """Which part of the log."""

    since = whole(most=2**53, required=False, help_text="Only what happened after this `seq`.")
    verb = serializers.CharField(max_length=64, required=False)


class BiblesAsked(Given):
    """Which versions."""

    is_current = serializers.BooleanField(required=False, allow_null=True, default=None)
