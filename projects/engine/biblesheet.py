"""The style bible as a sheet to fill in: every field of its schema with the word people use, its kind and its range."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apexsite.kit.documents import Document
from projects.engine.bible import COMPOSITION_RULES, DEFAULTS, HEX_COLOUR
from projects.engine.colour_names import colour_name
from projects.engine.framing import LENSES_MM

MOST_COLOURS = 12
MOST_LENSES = 12
LONGEST = 300
LENS = re.compile(r"(\d{1,3})\s*(?:mm)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `path` leads to it in the document; `kind` is line, colours, lenses, choice or number."""

    path: tuple[str, ...]
    label: str
    kind: str
    group: str
    least: float = 0.0
    most: float = 0.0
    unit: str = ""
    hint: str = ""

    @property
    def name(self) -> str:
        """Return the field's name in a form: `grade.tint`."""
        return ".".join(self.path)


FIELDS: tuple[Field, ...] = (
    Field(("color_palette", "primary_colors"), "Palette", "colours", "Palette"),
    Field(("color_palette", "skin_tones"), "Skin tones", "colours", "Palette"),
    Field(("overall_style", "visual_style"), "Visual style", "line", "Style"),
    Field(("overall_style", "color_grading"), "Colour in words", "line", "Style"),
    Field(("overall_style", "lighting_style"), "Light", "line", "Style"),
    Field(("mood",), "Mood", "line", "Style"),
    Field(("genre",), "Genre", "genre", "Style"),
    Field(("project_name",), "Title it was written for", "line", "Style"),
    Field(("camera_profile", "preferred_lenses"), "Lenses", "lenses", "Camera", unit="mm",
          hint="such as 24, 35, 85"),
    Field(("camera_profile", "aperture_range"), "Aperture", "line", "Camera"),
    Field(("composition", "rule"), "Composition", "choice", "Camera"),
    Field(("grade", "exposure_stops"), "Exposure", "number", "Grade", -8, 8, "stops"),
    Field(("grade", "contrast_percent"), "Contrast", "number", "Grade", -100, 300, "%"),
    Field(("grade", "brightness_percent"), "Brightness", "number", "Grade", -100, 300, "%"),
    Field(("grade", "saturation_percent"), "Saturation", "number", "Grade", -100, 300, "%"),
    Field(("grade", "temperature_kelvin"), "White balance", "number", "Grade", 2000, 20000, "K",
          "5600 is neutral"),
    Field(("grade", "tint"), "Tint", "number", "Grade", -150, 150, "", "minus is green, plus is magenta"),
    Field(("grade", "gamma"), "Gamma", "number", "Grade", 0.1, 10, "", "1 changes nothing"),
    Field(("film_grain",), "Film grain", "number", "Grade", 0, 1, "", "from 0 to 1"),
)  # fmt: skip
BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(field.group for field in FIELDS))
RULE_WORDS = {"thirds": "on the thirds", "symmetry": "symmetrical", "centred": "centred"}


def value_of(document: Mapping[str, Any], field: Field) -> Any:
    """Return a field's value in a document; the schema's default where it says nothing."""
    for source in (document, DEFAULTS):
        value: Any = source
        for key in field.path:
            value = value.get(key) if isinstance(value, Mapping) else None
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
        return RULE_WORDS.get(str(value), str(value))
    if field.kind == "genre":
        return str(value).replace("_", " ") or "nothing"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or "nothing"
    if field.kind == "number":
        return f"{value:g} {field.unit}".strip() if isinstance(value, int | float) else str(value)
    return str(value) or "nothing"


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
        else:
            told.append(f"{field.label}: {in_words(field, was)} → {in_words(field, now)}")
    if names_of(before) != names_of(after):
        told.append("Names of colours")
    if others(before) != others(after):
        told.append(f"Other values: {', '.join(sorted({**others(before), **others(after)}))}")
    return told


def others(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a document holds beyond the schema, by dotted name; it is kept as it is."""
    known = {*BY_NAME, "schema", "color_palette.names"}
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
        given = [text.replace("\x00", "").strip() for text in raw[field.name]]
        value, fault = _READERS[field.kind](field, given)
        if fault:
            faults[field.name] = f"{field.label}: {fault}"
        elif value != _as_read(field, value_of(base, field)):
            _put(document, field.path, value)
    _read_names(document, raw)
    return document, faults


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
        _put(document, ("color_palette", "names"), names)
        if not names:
            del document["color_palette"]["names"]


def _put(document: Document, path: tuple[str, ...], value: Any) -> None:
    place = document
    for key in path[:-1]:
        place = place.setdefault(key, {})
    place[path[-1]] = value


def _as_read(field: Field, value: Any) -> Any:
    # A document may say 5 where the sheet reads 5.0, or #aabbcc for #AABBCC: that is no change.
    if field.kind == "colours":
        return [str(colour).upper() for colour in value]
    return float(value) if field.kind == "number" else value


def _line(field: Field, given: list[str]) -> tuple[Any, str]:
    text = " ".join((given[-1] if given else "").split())
    if len(text) > LONGEST:
        return None, f"{len(text):,} letters; at most {LONGEST} fit."
    return text, ""


def _choice(field: Field, given: list[str]) -> tuple[Any, str]:
    text = given[-1] if given else ""
    if text in COMPOSITION_RULES:
        return text, ""
    return None, f"“{text[:40]}” is not one of {', '.join(RULE_WORDS.values())}."


def _number(field: Field, given: list[str]) -> tuple[Any, str]:
    text = (given[-1] if given else "").replace(",", ".").replace("−", "-")
    if (
        re.fullmatch(r"[+-]?\d{1,6}(?:\.\d{1,6})?", text)
        and field.least <= float(text) <= field.most
    ):
        return float(text), ""
    return None, f"“{text[:40]}” must be a number from {field.least:g} to {field.most:g}."


def _colours(field: Field, given: list[str]) -> tuple[Any, str]:
    found = [text.upper() for text in given if text]
    wrong = next((text for text in found if not HEX_COLOUR.fullmatch(text)), None)
    if wrong is not None:
        return None, f"“{wrong[:40]}” must look like #RRGGBB."
    if not 1 <= len(found) <= MOST_COLOURS:
        return None, f"{len(found)} colours; there must be 1 to {MOST_COLOURS}."
    return found, ""


def _lenses(field: Field, given: list[str]) -> tuple[Any, str]:
    parts = [part for part in re.split(r"[,;\s]+(?!mm)", " ".join(given)) if part]
    found = [LENS.fullmatch(part) for part in parts]
    if not parts or len(parts) > MOST_LENSES or not all(f and 8 <= int(f[1]) <= 400 for f in found):
        valid = ", ".join(str(lens) for lens in LENSES_MM)
        return (
            None,
            f"“{' '.join(given)[:40]}” must be 1 to {MOST_LENSES} lenses of 8 to 400 mm, such as {valid}.",
        )
    return [f"{int(f[1])}mm" for f in found if f], ""


_READERS = {
    "line": _line, "genre": _line, "choice": _choice, "number": _number, "colours": _colours, "lenses": _lenses,
}  # fmt: skip
