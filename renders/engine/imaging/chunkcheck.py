"""Whether a recipe found inside a picture is one: checked part by part, the JSON path of a fault in its message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apexsite.kit.documents import Document, stable_json
from apexsite.kit.errors import InputError
from apexsite.kit.seeds import SEED_MAX
from renders.engine.imaging.base import QUALITIES
from renders.engine.imaging.options import (
    MOST_GUIDANCE,
    MOST_MORE_STEPS,
    MOST_STEPS,
    PictureOptions,
)

MOST_TEXT = 20_000
MOST_SHOWN = 120
MOST_DEPTH = 32
"""House choices: far above what Apex writes, far below what would keep a machine busy."""


def _text(most: int = MOST_TEXT) -> dict[str, Any]:
    return {"type": "string", "maxLength": most}


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _number(least: float, most: float) -> dict[str, Any]:
    return {"type": "number", "minimum": least, "maximum": most}


VALUE: dict[str, Any] = {"type": ["string", "number", "boolean", "null"], "maxLength": MOST_TEXT}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": [
        "schema",
        "backend",
        "engine",
        "seed",
        "variant_index",
        "width",
        "height",
        "brief",
    ],
    "properties": {
        "schema": {"type": "string", "pattern": r"^apex\.recipe/[0-9]{1,5}$"},
        "backend": {"type": "string", "pattern": r"^[a-z0-9_.-]{1,40}$"},
        "engine": _text(200),
        "engine_version": _text(40),
        "licence": _text(400),
        "is_commercial": {"type": "boolean"},
        "quality": {"enum": ["", *QUALITIES]},
        "seed": _whole(0, SEED_MAX),
        "variant_index": _whole(0, 100_000),
        "width": _whole(16, 8192),
        "height": _whole(16, 8192),
        "bible_version": _whole(0, 1_000_000),
        "brief": {
            "type": "object",
            "required": ["code", "place", "action"],
            "maxProperties": 60,
            "properties": {"code": _text(40), "place": _text(), "action": _text()},
            "additionalProperties": {
                "anyOf": [VALUE, {"type": "array", "maxItems": 64, "items": VALUE}]
            },
        },
        "cast": {
            "type": "array",
            "maxItems": 64,
            "items": {
                "type": "object",
                "required": ["key", "name"],
                "properties": {"key": _text(200), "name": _text(200)},
            },
        },
        "models": {
            "type": "array",
            "maxItems": 32,
            "items": {
                "type": "object",
                "required": ["id"],
                "properties": {"id": _text(80), "licence": {"type": ["string", "null"]}},
            },
        },
        "bible": {"type": "object"},
        "prompt": {"type": "object"},
        "blocking": {"type": "object"},
        "references": {"type": "array", "maxItems": 64, "items": {"type": "object"}},
        "options": {
            "type": "object",
            "properties": {
                "model": _text(80),
                "steps": _whole(1, MOST_STEPS),
                "more_steps": _whole(0, MOST_MORE_STEPS),
                "guidance": _number(0, MOST_GUIDANCE),
                "strength": _number(0, 1),
                "tightness": _number(0, 1),
                "loras": {
                    "type": "array",
                    "maxItems": 8,
                    "items": {
                        "type": "object",
                        "required": ["model"],
                        "properties": {"model": _text(80), "scale": _number(0, 2)},
                        "additionalProperties": False,
                    },
                },
                "finish": {
                    "type": "object",
                    "maxProperties": 16,
                    "additionalProperties": {"type": "number"},
                },
            },
        },
        "pixels_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    },
}
"""Closed where Apex acts on it, open where it only shows or leaves it."""


def checked_recipe(document: Mapping[str, Any]) -> Document:
    """Return a recipe that may be shown and asked with; raises `InputError` with the JSON path of the first fault."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    if deepest(document) > MOST_DEPTH:
        raise InputError(f"$ of how this picture was made is nested deeper than {MOST_DEPTH}")
    try:
        text = stable_json(document)
        text.encode("utf-8")
    except ValueError as err:
        raise InputError("$ of how this picture was made holds half a character") from err
    if "\\u0000" in text:
        raise InputError("$ of how this picture was made holds NUL")
    fault = best_match(Draft202012Validator(SCHEMA).iter_errors(document))
    if fault is not None:
        words = (
            fault.message if len(fault.message) <= MOST_SHOWN else f"{fault.message[:MOST_SHOWN]}…"
        )
        raise InputError(f"{fault.json_path} of how this picture was made: {words}")
    try:
        PictureOptions.from_document(document.get("options", {}))
    except (InputError, TypeError, ValueError) as err:
        raise InputError(f"$.options of how this picture was made: {err}") from err
    return dict(document)


def deepest(value: object) -> int:
    """Return how many levels a JSON value has, counted without calling itself."""
    levels, layer = 0, [value]
    while layer:
        levels += 1
        inner: list[object] = []
        for one in layer:
            if isinstance(one, dict):
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        layer = inner
    return levels
