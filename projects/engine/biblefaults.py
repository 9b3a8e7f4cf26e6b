"""Every fault of a bible document at once, each with its JSON path (`$.grade.tint`) and what would be valid."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apexsite.kit.errors import InputError, listed
from projects.engine.bibleschema import (
    BY_NAME,
    DEEPEST,
    HEX_COLOUR,
    MOST_LETTERS,
    MOST_PARTS,
    OBJECTS,
    SCHEMA,
    Field,
    value_at,
)

PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
UNKEPT = re.compile("[\x00\ud800-\udfff]")
"""What JSON can write and a database cannot keep as text."""
MOST_SAID = 6
"""Faults told in one message; the error's facts hold all of them. House choice: a screenful."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be used: where it stands, what stands there, and what is valid."""

    path: str
    given: str
    valid: str

    def __str__(self) -> str:
        return f"{self.path}={self.given} must be {self.valid}"


Faults = Iterator[Fault]


def step(path: str, key: str | int) -> str:
    """Return a JSON path one step further: `$.grade` and `tint` give `$.grade.tint`. Source: RFC 9535, 2.7."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if PLAIN_KEY.fullmatch(key) else f"{path}[{json.dumps(key)}]"


def bible_faults(document: Mapping[str, Any], *, override: bool = False) -> list[Fault]:
    """Return all faults of a document as somebody wrote it; what it does not say is no fault.

    An override may also say `weights`, a number from 0 to 1 for any field or group of fields.
    """
    found = list(_objects(document))
    for field in SCHEMA:
        if _reaches(document, field.path):
            path = "$" + "".join(f".{key}" for key in field.path)
            found.extend(_CHECKS[field.kind](value_at(document, field.path), path, field))
    palette = document.get("color_palette")
    if isinstance(palette, Mapping) and "names" in palette:
        found.extend(_names(palette["names"], "$.color_palette.names"))
    if "scene_styles" in document:
        found.extend(_scene_styles(document["scene_styles"], "$.scene_styles"))
    if override and "weights" in document:
        found.extend(_weights(document["weights"], "$.weights"))
    told = {fault.path for fault in found}
    found.extend(fault for fault in _everywhere(document, "$") if fault.path not in told)
    return found


def require_sound(document: Mapping[str, Any], *, override: bool = False) -> None:
    """Raise `InputError` that names every fault of a document by its path, if it has any."""
    found = bible_faults(document, override=override)
    if not found:
        return
    said = "; ".join(str(fault) for fault in found[:MOST_SAID])
    more = f"; and {len(found) - MOST_SAID} more" if len(found) > MOST_SAID else ""
    fields = {fault.path: f"{fault.given} must be {fault.valid}" for fault in found}
    raise InputError(said + more, fields=fields)


def _reaches(document: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    place: Any = document
    for key in path:
        if not isinstance(place, Mapping) or key not in place:
            return False
        place = place[key]
    return True


def _objects(document: Mapping[str, Any]) -> Faults:
    for key in OBJECTS:
        if key in document and not isinstance(document[key], Mapping):
            yield _fault(document[key], step("$", key), "an object")


def _line(value: Any, path: str, field: Field | None = None) -> Faults:
    valid = f"words of at most {MOST_LETTERS:,} letters"
    if not isinstance(value, str):
        yield _fault(value, path, valid)
    elif len(value) > MOST_LETTERS:
        yield Fault(
            path, f"{json.dumps(value[:40], ensure_ascii=False)}… ({len(value):,} letters)", valid
        )


def _choice(value: Any, path: str, field: Field) -> Faults:
    if value not in field.valid:
        named = listed(word for word in field.valid if word)
        empty = ", or empty" if "" in field.valid else ""
        yield _fault(value, path, f"one of {named}{empty}")


def _number(value: Any, path: str, field: Field) -> Faults:
    yield from _within(value, path, field.least, field.most)


def _whole(value: Any, path: str, field: Field) -> Faults:
    if not _is_number(value) or value != int(value) or not field.least <= value <= field.most:
        yield _fault(value, path, f"a whole number from {field.least:g} to {field.most:g}")


def _within(value: Any, path: str, least: float, most: float) -> Faults:
    if not _is_number(value) or not least <= value <= most:
        yield _fault(value, path, f"a number from {least:g} to {most:g}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _colours(value: Any, path: str, field: Field | None = None) -> Faults:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_PARTS:
        yield _fault(value, path, f"a list of 1 to {MOST_PARTS} colours such as #2C3E50")
        return
    for at, colour in enumerate(value):
        if not isinstance(colour, str) or not HEX_COLOUR.fullmatch(colour):
            yield _fault(colour, step(path, at), "a colour that looks like #RRGGBB")


def _lenses(value: Any, path: str, field: Field) -> Faults:
    if not isinstance(value, list) or len(value) > MOST_PARTS:
        yield _fault(value, path, f"a list of at most {MOST_PARTS} lenses such as 35mm")
        return
    for at, lens in enumerate(value):
        if not isinstance(lens, str):
            yield _fault(lens, step(path, at), "words such as 35mm")


def _elements(value: Any, path: str, field: Field | None = None) -> Faults:
    valid = f"a list of at most {MOST_PARTS} objects with name, value and weight"
    if not isinstance(value, list) or len(value) > MOST_PARTS:
        yield _fault(value, path, valid)
        return
    for at, element in enumerate(value):
        here = step(path, at)
        if not isinstance(element, Mapping):
            yield _fault(element, here, "an object with name, value and weight")
            continue
        for key in ("name", "value"):
            if not isinstance(element.get(key), str) or not element[key].strip():
                yield _fault(element.get(key), step(here, key), "words")
            else:
                yield from _line(element[key], step(here, key))
        yield from _within(element.get("weight", 1.0), step(here, "weight"), 0, 1)


def _names(value: Any, path: str) -> Faults:
    if not isinstance(value, Mapping):
        yield _fault(value, path, "an object of #RRGGBB and a name")
        return
    for colour, name in value.items():
        if not HEX_COLOUR.fullmatch(str(colour)):
            yield _fault(
                colour, step(path, str(colour)), "called by a colour that looks like #RRGGBB"
            )
        yield from _line(name, step(path, str(colour)))


def _scene_styles(value: Any, path: str) -> Faults:
    """Seed S1's `SceneStyle`: scene_id, style_elements, lighting_setup, color_palette."""
    if not isinstance(value, list):
        yield _fault(value, path, "a list of scene styles")
        return
    for at, style in enumerate(value):
        here = step(path, at)
        if not isinstance(style, Mapping):
            yield _fault(style, here, "an object with scene_id")
            continue
        scene = style.get("scene_id")
        if isinstance(scene, bool) or not isinstance(scene, str | int) or scene == "":
            yield _fault(scene, step(here, "scene_id"), "a scene's number or heading")
        if "style_elements" in style:
            yield from _elements(style["style_elements"], step(here, "style_elements"))
        if "color_palette" in style:
            yield from _colours(style["color_palette"], step(here, "color_palette"))
        if "lighting_setup" in style:
            yield from _setup(style["lighting_setup"], step(here, "lighting_setup"))


def _setup(value: Any, path: str) -> Faults:
    if not isinstance(value, Mapping):
        yield _fault(value, path, "an object of words")
        return
    for key, words in value.items():
        yield from _line(words, step(path, str(key)))


def _weights(value: Any, path: str) -> Faults:
    if not isinstance(value, Mapping):
        yield _fault(value, path, "an object of fields and numbers from 0 to 1")
        return
    for name, weight in value.items():
        if name not in BY_NAME and name not in OBJECTS:
            yield _fault(
                name,
                step(path, str(name)),
                "called by a field, such as grade.tint, or a group, such as grade",
            )
        yield from _within(weight, step(path, str(name)), 0, 1)


def _everywhere(document: Any, path: str) -> Faults:
    """Faults of any value, known or not: what no database keeps, and what has no bottom. Without recursion."""
    waiting: list[tuple[Any, str, int]] = [(document, path, 0)]
    while waiting:
        value, here, deep = waiting.pop()
        if deep > DEEPEST:
            yield Fault(here, "a value", f"nested at most {DEEPEST} deep")
            return
        if isinstance(value, Mapping):
            for key, inner in value.items():
                yield from _keepable(str(key), f"a key of {here}")
                waiting.append((inner, step(here, str(key)), deep + 1))
        elif isinstance(value, list):
            waiting.extend((inner, step(here, at), deep + 1) for at, inner in enumerate(value))
        else:
            yield from _keepable(value, here)


def _keepable(value: Any, path: str) -> Faults:
    if isinstance(value, str) and UNKEPT.search(value):
        yield _fault(value, path, "words without NUL characters and broken surrogates")
    elif isinstance(value, float) and not math.isfinite(value):
        yield _fault(value, path, "a finite number")


def _fault(value: Any, path: str, valid: str) -> Fault:
    return Fault(path, _said(value), valid)


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"an object of {len(value)}"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=isinstance(value, str) and bool(UNKEPT.search(value)))
    return text if len(text) <= 60 else text[:59] + "…"


_CHECKS: dict[str, Callable[[Any, str, Field], Faults]] = {
    "line": _line, "key": _line, "choice": _choice, "number": _number, "whole": _whole,
    "colours": _colours, "lenses": _lenses, "elements": _elements,
}  # fmt: skip
