"""The description of the API: what every operation may answer besides, and how a problem looks."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import OpenApiExample
from drf_spectacular.utils import OpenApiParameter

PROBLEMS = {
    "400": "Something given cannot be used.",
    "401": "No token or session, or one that is not good.",
    "403": "The role or the token's scopes do not allow it.",
    "404": "There is no such thing for you.",
    "409": "Right request, wrong moment.",
    "412": "Edited on an older version; `ETag` names the present one.",
    "422": "The Idempotency-Key was used for another request.",
    "428": "An edit needs `If-Match`.",
    "429": "Too often; `Retry-After` says when again.",
    "503": "A tool or engine is missing here.",
}
OF_METHOD = {
    "get": ("400", "401", "403", "404", "429"),
    "post": ("400", "401", "403", "404", "409", "422", "429", "503"),
    "patch": ("400", "401", "403", "404", "409", "412", "428", "429"),
    "put": ("400", "401", "403", "404", "409", "429"),
    "delete": ("400", "401", "403", "404", "409", "429"),
}
EXAMPLE = {
    "type": "urn:apex:problem:state",
    "title": "Conflict",
    "status": 409,
    "code": "state",
    "detail": "2 shots have no approved storyboard variant: 1A, 2C",
    "facts": {"missing": ["1A", "2C"]},
}
TEXT = {"type": "string"}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457. `code` is stable; `detail` is for people.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "code": TEXT,
        "detail": TEXT,
        "facts": {"type": "object", "additionalProperties": True},
        "errors": {"description": "Field → its faults.", "additionalProperties": True},
    },
    "example": EXAMPLE,
}
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="The same key and body is done once and answered alike for 24 hours.",
)
MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the representation the edit was made on.",
)


def example(values: Any) -> list[OpenApiExample]:
    """Return the example of a serializer."""
    return [OpenApiExample("Example", value=values, status_codes=["200", "201", "202"])]


def add_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the problem to the schema, and to every operation those it may answer."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status in OF_METHOD.get(method, ()):
                operation["responses"].setdefault(
                    status, {"description": PROBLEMS[status], "content": content}
                )
    return result
