"""The style bible as a sheet to fill in: every field of its schema with the word people use, its kind and its range."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from apexsite.kit.documents import Document
from projects.engine.bible import DEFAULTS
from projects.engine.biblereaders import READERS, WORDS, read_elements
from projects.engine.bibleschema import BY_NAME, HEX_COLOUR, SCHEMA, Field, put_at, value_at
from projects.engine.colour_names import colour_name
from projects.engine.terms.tables import NAMED_BY, TERMS

FIELDS = SCHEMA
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(field.group for field in FIELDS))
TABLE_OF = {".".join(path): table for path, table in NAMED_BY}
"""Fields that name a term, with the table it stands in."""
BESIDE = ("schema", "color_palette.names", "scene_styles")
"""What a document may say that is no field of the sheet, and still is known."""


def value_of(document: Mapping[str, Any], field: Field) -> Any:
    """Return a field's value in a document; the schema's default where it says nothing."""
    for source in (document, DEFAULTS):
        value = value_at(source, field.path)
        if value is not None:
            return value
    return ""


def names_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the names people gave to colours of a document: `#RRGGBB` in capitals → name."""
    names = document.get("color_palette", {}).get("names", {})
    if not isinstance(names, Mapping):
        return {}
    return {str(colour).upper(): str(name) for colour, name in names.items()}


def swatches_of(document: Mapping[str, Any], field: Field) -> list[tuple[str, str]]:
    """Return the colours of a field, each with the name given to it, else the nearest everyday name."""
    names = names_of(document)
    return [
        (colour, names.get(colour.upper()) or colour_name(colour))
        for colour in value_of(document, field)
    ]


def in_words(field: Field, value: Any) -> str:
    """Return a field's value as people say it."""
    if field.kind == "choice":
        return WORDS[field.name].get(str(value), str(value))
    if field.kind == "elements":
        return "; ".join(element_words(element) for element in value) or "nothing"
    if field.kind == "key":
        known = TERMS.get(TABLE_OF.get(field.name, ""), {}).get(str(value))
        if known is not None:
            return known.title
        return str(value).replace("_", " ") or "nothing"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "nothing"
    if field.kind in ("number", "whole"):
        return f"{value:g} {field.unit}".strip() if isinstance(value, int | float) else str(value)
    return str(value) or "nothing"


def element_words(element: Mapping[str, Any]) -> str:
    """Return an element as people say it: `lighting: dramatic volumetric, at 0.8`."""
    weight = float(element.get("weight", 1.0))
    said = f"{element['name']}: {element['value']}".replace("_", " ")
    return said if weight == 1.0 else f"{said}, at {weight:g}"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what is not the same in two documents, a phrase a field, in the sheet's order."""
    told = []
    for field in FIELDS:
        was, now = value_of(before, field), value_of(after, field)
        if was == now:
            continue
        if field.kind == "colours" and sorted(was) != sorted(now):
            gone = [f"− {c} {colour_name(c)}" for c in was if c not in now]
            come = [f"+ {c} {colour_name(c)}" for c in now if c not in was]
            told.append(f"{field.label}: {', '.join([*come, *gone])}")
        elif field.kind == "elements":
            before_words, after_words = [[element_words(e) for e in part] for part in (was, now)]
            gone = [f"− {words}" for words in before_words if words not in after_words]
            come = [f"+ {words}" for words in after_words if words not in before_words]
            told.append(f"{field.label}: {'; '.join([*come, *gone]) or 'another order'}")
        else:
            told.append(f"{field.label}: {in_words(field, was)} → {in_words(field, now)}")
    if (before.get("scene_styles") or []) != (after.get("scene_styles") or []):
        told.append("Styles of scenes")
    if names_of(before) != names_of(after):
        told.append("Names of colours")
    if others(before) != others(after):
        told.append(f"Other values: {', '.join(sorted({**others(before), **others(after)}))}")
    return told


def others(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a document holds beyond the schema, by dotted name; it is kept as it is."""
    known = {*BY_NAME, *BESIDE}
    found: dict[str, Any] = {}

    def walk(value: Any, path: tuple[str, ...]) -> None:
        name = ".".join(path)
        if name in known:
            return
        if isinstance(value, Mapping) and (
            not path or any(k.startswith(f"{name}.") for k in known)
        ):
            for key, inner in value.items():
                walk(inner, (*path, str(key)))
        else:
            found[name] = value

    walk(document, ())
    return found


def sheet_read(
    raw: Mapping[str, Sequence[str]], *, base: Mapping[str, Any]
) -> tuple[Document, dict[str, str]]:
    """Return `base` with a filled-in sheet laid over it, and a sentence for each field that cannot be used.

    Only what differs from `base` is written, so a document keeps its own keys and its own way of saying a value.
    """
    document = copy.deepcopy(dict(base))
    faults: dict[str, str] = {}
    for field in FIELDS:
        if field.name not in raw:
            continue
        value, fault = read_field(field, raw)
        if fault:
            faults[field.name] = f"{field.label}: {fault}"
        elif value != _as_read(field, value_of(base, field)):
            put_at(document, field.path, value)
    _read_names(document, raw)
    return document, faults


def read_field(field: Field, raw: Mapping[str, Sequence[str]]) -> tuple[Any, str]:
    """Return the value typed for a field, or a sentence that says what is valid."""
    clean = {
        key: [text.replace("\x00", "").strip() for text in given] for key, given in raw.items()
    }
    if field.kind == "elements":
        return read_elements(clean, field)
    return READERS[field.kind](field, clean[field.name])


def _read_names(document: Document, raw: Mapping[str, Sequence[str]]) -> None:
    names = dict(names_of(document))
    for field in FIELDS:
        pairs = zip(raw.get(field.name, ()), raw.get(f"{field.name}.names", ()), strict=False)
        for colour, name in pairs if field.kind == "colours" else ():
            key, words = colour.strip().upper(), " ".join(name.split())[:60]
            if HEX_COLOUR.fullmatch(key):
                if words and words != colour_name(key):
                    names[key] = words
                else:
                    names.pop(key, None)
    if names != names_of(document):
        put_at(document, ("color_palette", "names"), names)
        if not names:
            del document["color_palette"]["names"]


def _as_read(field: Field, value: Any) -> Any:
    # A document may say 5 where the sheet reads 5.0, or #aabbcc for #AABBCC: that is no change.
    if field.kind == "colours":
        return [str(colour).upper() for colour in value]
    if field.kind == "elements":
        return [{"weight": 1.0, **element} for element in value]
    return float(value) if field.kind == "number" else value
