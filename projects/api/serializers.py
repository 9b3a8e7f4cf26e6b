"""How a production looks from outside, and what may be sent to it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Document, Given, whole
from projects.models import Membership, Project, Role

UUID = "3f0d8a52-4f0e-4d6c-9a3e-0d6a2a0e7b11"
AT = "2026-11-21T09:00:00Z"


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "name": "Night Bus", "rate": "24000/1001", "width": 1920, "height": 1080,
         "is_commercial": False, "created_at": AT}
    )
)  # fmt: skip
class ProjectShown(serializers.ModelSerializer[Project]):
    """A production."""

    rate = serializers.SerializerMethodField(help_text="Frames a second, exact.")

    class Meta:
        model = Project
        fields = ("id", "name", "rate", "width", "height", "is_commercial", "created_at")
        read_only_fields = fields

    def get_rate(self, project: Project) -> str:
        """Return the rate as a fraction."""
        return f"{project.fps_numerator}/{project.fps_denominator}"


@extend_schema_serializer(examples=example({"is_commercial": True}))
class ProjectEdited(Given):
    """What an owner may say of a production."""

    is_commercial = serializers.BooleanField(
        help_text="Earns money: models and voices whose licence forbids it are refused."
    )


@extend_schema_serializer(
    examples=example({"name": "Night Bus", "rate": "24", "width": 1280, "height": 720})
)
class ProjectGiven(Given):
    """A new production."""

    name = serializers.CharField(max_length=200)
    rate = serializers.CharField(
        max_length=16, default="24000/1001", help_text="24, 25, 30000/1001 …"
    )
    width = whole(least=16, most=8192, default=1920)
    height = whole(least=16, most=8192, default=1080)
    bible = Document(required=False, help_text="The first style bible.")


@extend_schema_serializer(
    examples=example(
        {"user": 3, "username": "ben", "name": "Ben", "role": "artist", "created_at": AT}
    )
)
class MemberShown(serializers.ModelSerializer[Membership]):
    """A person's role in a production."""

    user = serializers.IntegerField(source="user_id")
    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.first_name")

    class Meta:
        model = Membership
        fields = ("user", "username", "name", "role", "created_at")
        read_only_fields = fields


@extend_schema_serializer(examples=example({"username": "ben", "role": "artist"}))
class MemberGiven(Given):
    """A role for somebody who has an account."""

    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=Role.choices)


def choice_of(choices: Any, **more: Any) -> serializers.ChoiceField:
    """Return an optional filter by a choice."""
    return serializers.ChoiceField(choices=choices, required=False, **more)
