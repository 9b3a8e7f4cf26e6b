"""How the cast and the shots look from outside, and what may be sent to them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Document, Given, sheet_fields
from characters.engine.profilesheet import RULED, TRAITS
from characters.models import Casting, Character
from characters.services.briefs import MOST_CAST
from projects.api.script_serializers import OVERRIDE, Object
from projects.api.serializers import AT, UUID, choice_of
from projects.engine.briefsheet import FIELDS, SCENE_NAMES
from projects.models import Shot

ROW = ("id", "scene", "scene_number", "code", "order", "status")
BRIEF = tuple(field.name for field in FIELDS if field.name not in SCENE_NAMES)
SHEET = [field for field in FIELDS if field.name in BRIEF]
BRIEF_EXAMPLE = {
    "size": "MCU", "angle": "eye", "coverage": "single", "lens_mm": 75, "move": "static",
    "duration_frames": 96, "action": "Mara looks up.", "speaker": "mara_voss",
    "dialogue": "You were there.", "prop": "",
}  # fmt: skip


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "scene": UUID, "scene_number": 1, "code": "1A", "order": 0,
         "status": "active", **BRIEF_EXAMPLE, "cast": ["mara_voss"],
         "bible_override": {"grade": {"exposure_stops": -0.5}, "weights": {"grade": 0.5}},
         "updated_at": AT}
    )
)  # fmt: skip
class ShotShown(serializers.ModelSerializer[Shot]):
    """A shot with its brief; `cast` names who is seen, from left to right; `bible_override` is its word on the look."""

    scene_number = serializers.IntegerField(source="scene.number")
    cast = serializers.SerializerMethodField()
    bible_override = Object()

    class Meta:
        model = Shot
        fields = (*ROW, *BRIEF, "cast", "bible_override", "updated_at")
        read_only_fields = fields

    def get_cast(self, shot: Shot) -> list[str]:
        """Return the keys of who is seen."""
        found = sorted(shot.castings.all(), key=lambda casting: casting.position)
        return [casting.character.key for casting in found]


@extend_schema_serializer(examples=example({"size": "CU", "cast": ["mara_voss"]}))
class ShotGiven(Given):
    """What changes of a shot; approvals made on the old brief show stale."""

    def get_fields(self) -> dict[str, Any]:
        """Return the lines of the sheet that stand in a shot, and who is seen."""
        person = serializers.CharField(max_length=80)
        cast = serializers.ListField(child=person, max_length=MOST_CAST, required=False)
        look = Document(required=False, help_text=OVERRIDE)
        return {**sheet_fields(SHEET), "cast": cast, "bible_override": look}


@extend_schema_serializer(examples=example({"reason": "She should not look at the door yet."}))
class RetakeGiven(Given):
    """Why a shot is to be made again."""

    reason = serializers.CharField(max_length=400)


class ShotsAsked(Given):
    """Which shots."""

    scene = serializers.UUIDField(required=False)
    status = choice_of(Shot.Status.choices)
    size = sheet_fields(SHEET)["size"]
    speaker = serializers.CharField(max_length=100, required=False)


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "project": UUID, "key": "mara_voss", "name": "Mara Voss", "version": 1,
         "profile": {"hair_colour": "#C9CDD2"}, "profile_sources": {"hair_colour": "said: silver"},
         "body": {}, "body_sources": {"apart": "nearest is Ivo, 4.10 mm apart"},
         "updated_at": AT}
    )
)  # fmt: skip
class CharacterShown(serializers.ModelSerializer[Character]):
    """A person of the story; `profile_sources` says which rule gave each trait.

    `body` is who they are on the previz stage, empty until they are cast; `body_sources` says which rule gave each part,
    from whom the face was spread apart (`apart`), or why the stage does not draw them (`refused`).
    """

    profile = Object()
    profile_sources = Object()
    body = Object()
    body_sources = Object()

    class Meta:
        model = Character
        fields = (
            "id", "project", "key", "name", "version", "profile", "profile_sources", "body",
            "body_sources", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_serializer(
    examples=example({"hair_colour": "#101010", "age_years": [50, 59], "give_back": ["build"]})
)
class CharacterGiven(Given):
    """Traits set by hand; `give_back` returns traits to the rule that gave them."""

    def get_fields(self) -> dict[str, Any]:
        """Return the lines of the sheet."""
        trait = serializers.ChoiceField(choices=RULED)
        back = serializers.ListField(child=trait, required=False, max_length=len(RULED))
        return {**sheet_fields(TRAITS), "give_back": back}


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "shot": UUID, "code": "1A", "character": UUID, "key": "mara_voss",
         "position": 0}
    )
)  # fmt: skip
class CastingShown(serializers.ModelSerializer[Casting]):
    """A character in a shot, at a place from left to right."""

    code = serializers.CharField(source="shot.code")
    key = serializers.CharField(source="character.key")

    class Meta:
        model = Casting
        fields = ("id", "shot", "code", "character", "key", "position")
        read_only_fields = fields


class CastingsAsked(Given):
    """Whose, and where."""

    shot = serializers.UUIDField(required=False)
    character = serializers.UUIDField(required=False)
