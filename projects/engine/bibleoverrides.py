"""A scene's or a shot's own word on the look as a sheet: only the fields it changes, each with how much it counts."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apexsite.kit.documents import Document
from projects.engine.biblemerge import ALL, weight_of
from projects.engine.biblereaders import NUMBER
from projects.engine.bibleschema import BY_NAME, OBJECTS, SCHEMA, Field, put_at, value_at
from projects.engine.biblesheet import in_words, others, read_field
from projects.engine.colour_names import colour_name

ABOVE = "as above"
"""What is said of a field that an override leaves alone."""
WEIGHT = ".weight"
"""What a field's weight is called in a form: `grade.tint.weight`."""


def overridden(override: Mapping[str, Any]) -> list[Field]:
    """Return the fields an override speaks of, in the sheet's order."""
    return [field for field in SCHEMA if value_at(override, field.path) is not None]


def override_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what is not the same in two overrides: label → [before, after] in words."""
    told = {}
    for field in SCHEMA:
        was, now = _said(before, field), _said(after, field)
        if was != now:
            told[field.label] = [was, now]
    if _rest(before) != _rest(after):
        told["Other values"] = [
            ", ".join(sorted(_rest(part))) or "none" for part in (before, after)
        ]
    return told


def _said(override: Mapping[str, Any], field: Field) -> str:
    value = value_at(override, field.path)
    if value is None:
        return ABOVE
    weight = weight_of(override, field)
    words = in_words(field, value)[:160]
    if field.kind == "colours":
        words = ", ".join(f"{colour} {colour_name(colour)}" for colour in value)
    return words if weight == ALL else f"{words} (weight {weight:g})"


def _rest(override: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in others(override).items() if _is_unknown(name)}


def _is_unknown(name: str) -> bool:
    return name.split(".")[0] != "weights"


def override_read(
    raw: Mapping[str, Sequence[str]], *, base: Mapping[str, Any]
) -> tuple[Document, dict[str, str]]:
    """Return the override of a filled-in sheet, and a sentence for each field that cannot be used.

    A field that was not sent is left to the layers above; what the sheet does not know of `base` is kept.
    """
    override = _only_unknown(base)
    faults: dict[str, str] = {}
    for field in SCHEMA:
        if field.name not in raw:
            continue
        value, fault = read_field(field, raw)
        weight, weight_fault = _weight(raw.get(field.name + WEIGHT, ()))
        if fault or weight_fault:
            faults[field.name] = f"{field.label}: {fault or weight_fault}"
            continue
        put_at(override, field.path, value)
        if weight != ALL:
            put_at(override, ("weights", field.name), weight)
    return override, faults


def without(override: Mapping[str, Any], names: Iterable[str]) -> Document:
    """Return an override that no longer speaks of these fields."""
    kept: Document = _only_unknown(override)
    for field in overridden(override):
        if field.name not in names:
            put_at(kept, field.path, copy.deepcopy(value_at(override, field.path)))
            if (weight := weight_of(override, field)) != ALL:
                put_at(kept, ("weights", field.name), weight)
    return kept


def _only_unknown(base: Mapping[str, Any]) -> Document:
    kept = copy.deepcopy({key: value for key, value in base.items() if key != "weights"})
    for name in BY_NAME:
        place, path = kept, BY_NAME[name].path
        for key in path[:-1]:
            place = place.get(key, {})
        place.pop(path[-1], None)
    return {key: value for key, value in kept.items() if key not in OBJECTS or value}


def _weight(given: Sequence[str]) -> tuple[float, str]:
    text = (given[-1] if given else "").strip().replace(",", ".") or "1"
    if NUMBER.fullmatch(text) and 0 <= float(text) <= 1:
        return float(text), ""
    return ALL, f"the weight “{text[:20]}” must be a number from 0 to 1."
