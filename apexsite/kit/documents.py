"""Versioned JSON documents: a `"schema": "apex.<kind>/<version>"` label, an upgrade chain, one stable dump and hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from apexsite.kit.errors import InputError

Document = dict[str, Any]
Upgrade = Callable[[Document], Document]


def stable_json(value: object) -> str:
    """Return JSON with sorted keys and no spare white space: the same value, the same text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def document_hash(value: object) -> str:
    """Return the sha256 (hex) of the stable JSON of a value."""
    return hashlib.sha256(stable_json(value).encode("utf-8")).hexdigest()


def schema_label(kind: str, version: int) -> str:
    """Return the label of a document, for instance `apex.bible/1`."""
    return f"apex.{kind}/{version}"


def upgrade_document(
    document: Mapping[str, Any], *, kind: str, version: int, upgrades: Mapping[int, Upgrade]
) -> Document:
    """Return the document at `version`, walking `upgrades[n]` (n → n+1) as needed.

    Raises `InputError` for another kind, a newer version, or a label that cannot be read.
    """
    label = str(document.get("schema", ""))
    prefix = f"apex.{kind}/"
    number = label.removeprefix(prefix)
    if not label.startswith(prefix) or not number.isdigit():
        raise InputError(f"schema={label!r} must be {schema_label(kind, version)!r}")
    current = int(number)
    if current > version:
        raise InputError(
            f"schema={label!r} is newer than this Apex reads ({schema_label(kind, version)!r})"
        )
    result = dict(document)
    while current < version:
        result = upgrades[current](result)
        current += 1
        result["schema"] = schema_label(kind, current)
    return result
