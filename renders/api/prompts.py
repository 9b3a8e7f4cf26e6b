"""A shot's prompt from outside: its parts, every dialect's text with tokens, and edits of it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from apexsite.base.api.schema import example
from apexsite.base.api.values import Document, Given
from projects import access
from projects.api.doors import One
from projects.api.script_serializers import Object
from projects.api.serializers import UUID
from projects.models import Shot
from renders.readings.prompts import prompt_sheet
from renders.services.prompts import prompt_request, shot_prompt_edit

EDITS = {"parts": {"light": "one bare bulb", "mood": None}, "added": ["a red umbrella"]}
PART = {"name": "light", "words": "one bare bulb", "source": "written by hand", "rank": 100,
        "weight": 1.0, "is_edited": True, "tokens": 3}  # fmt: skip
TEXT = {"text": "ultra-realistic portrait of a human, Mara, woman in her 50s, …", "tokens": 75,
        "limit": 75, "is_estimate": False}  # fmt: skip


@extend_schema_serializer(
    examples=example(
        {
            "id": UUID,
            "edits": EDITS,
            "parts": [PART],
            "negative": [],
            "dialects": {
                "clip": {
                    "prompt": TEXT,
                    "prompt_2": None,
                    "negative": TEXT,
                    "dropped": [{"name": "mood", "kept": "", "dropped": "tense mood"}],
                }
            },
        }
    )
)
class PromptShown(serializers.Serializer[Any]):
    """The prompt of a shot as the next picture would be asked with.

    `edits` is what was written by hand; `dialects` holds each text with its tokens (without begin and end), its limit
    and what did not fit. CLIP has 77 places, begin and end among them.
    """

    id = serializers.UUIDField(help_text="The shot.")
    edits = Object()
    parts = serializers.ListField(child=Object(), help_text="In the order of importance.")
    negative = serializers.ListField(child=Object(), help_text="What must not be shown.")
    dialects = Object()

    def to_representation(self, instance: Shot) -> dict[str, Any]:
        """Return it from the rows."""
        sheet = prompt_sheet(instance, prompt_request(instance))
        tokens = {(row.group, row.name): row.tokens for row in (*sheet.rows, *sheet.negative_rows)}
        document = sheet.prompt.to_document()
        return {
            "id": str(instance.pk),
            "edits": instance.prompt_edits,
            **{
                group: [{**part, "tokens": tokens[group, part["name"]]} for part in parts]
                for group, parts in document.items()
            },
            "dialects": {name: spoken.to_document() for name, spoken in sheet.spoken.items()},
        }


@extend_schema_serializer(examples=example({"edits": EDITS}))
class PromptGiven(Given):
    """The whole of a shot's edits as they shall be; `{}` takes all of them back."""

    edits = Document(
        help_text="`parts` and `negative`: part name → words, or null to take it out. "
        "`added` and `added_negative`: lists of words. At most 2000 letters a part."
    )


class ShotPrompt(One):
    """What the next picture of a shot is asked with; edits need `If-Match`."""

    noun, shows, accepts = "shot_prompts", PromptShown, PromptGiven
    find = staticmethod(access.shot_for)

    def change(self, row: Shot, values: dict[str, Any]) -> None:
        """Keep the edits."""
        shot, _ = shot_prompt_edit(user=self.request.user, shot=row, edits=values["edits"])
        row.prompt_edits = shot.prompt_edits
