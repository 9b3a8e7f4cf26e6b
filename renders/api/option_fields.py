"""The options of a picture as a field of the API: a document, described step by step."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field

from apexsite.base.api.values import Document
from renders.engine.finish.ranges import RANGES
from renders.engine.imaging.options import MOST_GUIDANCE, MOST_MORE_STEPS, MOST_STEPS


def _number(least: float, most: float) -> dict[str, Any]:
    return {"type": "number", "minimum": least, "maximum": most}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "What is asked of the making of a picture; what is left out is the engine's own.",
    "additionalProperties": False,
    "properties": {
        "model": {"type": "string"},
        "steps": {"type": "integer", "minimum": 1, "maximum": MOST_STEPS},
        "more_steps": {
            "type": "integer",
            "description": "Steps over the model's own number, as far as it takes them.",
            "minimum": 0,
            "maximum": MOST_MORE_STEPS,
        },
        "guidance": _number(0, MOST_GUIDANCE),
        "strength": _number(0, 1),
        "tightness": _number(0, 1),
        "loras": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["model"],
                "additionalProperties": False,
                "properties": {"model": {"type": "string"}, "scale": _number(0, 2)},
            },
        },
        "finish": {
            "type": "object",
            "description": "Steps after drawing; 0 leaves a picture alone.",
            "additionalProperties": False,
            "properties": {name: _number(least, most) for name, (least, most) in RANGES.items()},
        },
        "because": {"type": "array", "items": {"type": "string"}},
    },
    "example": {"tightness": 0.4, "finish": {"sharpen": 0.3, "grain": 0.2}},
}


@extend_schema_field(SCHEMA)
class Options(Document):
    """Options of one picture."""
