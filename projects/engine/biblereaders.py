"""What people type into a look's sheet, read by kind of field: a value, or a sentence that says what is valid."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from projects.engine.bibleschema import HEX_COLOUR, Field
from projects.engine.framing import LENSES_MM

MOST_COLOURS = 12
MOST_LENSES = 12
MOST_ELEMENTS = 24
LONGEST = 300
LENS = re.compile(r"(\d{1,3})\s*(?:mm)?", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,6})?")

WORDS: dict[str, dict[str, str]] = {
    "composition.rule": {
        "": "as the director or genre has it",
        "thirds": "on the thirds",
        "symmetry": "symmetrical",
        "centred": "centred",
    },
    "image_style": {"photorealistic": "photorealistic", "artistic": "artistic"},
    "realism_level": {"high": "high", "ultra": "ultra", "photoreal": "as a photograph"},
}
"""What people read for a value that is one of a few."""

Read = tuple[Any, str]


def _line(field: Field, given: Sequence[str]) -> Read:
    text = " ".join((given[-1] if given else "").split())
    if len(text) > LONGEST:
        return None, f"{len(text):,} letters; at most {LONGEST} fit."
    return text, ""


def _choice(field: Field, given: Sequence[str]) -> Read:
    text = given[-1] if given else ""
    if text in field.valid:
        return text, ""
    return None, f"“{text[:40]}” is not one of {', '.join(WORDS[field.name].values())}."


def _number(field: Field, given: Sequence[str]) -> Read:
    text = (given[-1] if given else "").replace(",", ".").replace("−", "-")
    if NUMBER.fullmatch(text) and field.least <= float(text) <= field.most:
        return float(text), ""
    return None, f"“{text[:40]}” must be a number from {field.least:g} to {field.most:g}."


def _whole(field: Field, given: Sequence[str]) -> Read:
    value, fault = _number(field, given)
    if not fault and value == int(value):
        return int(value), ""
    text = given[-1][:40] if given else ""
    return None, f"“{text}” must be a whole number from {field.least:g} to {field.most:g}."


def _colours(field: Field, given: Sequence[str]) -> Read:
    found = [text.upper() for text in given if text]
    wrong = next((text for text in found if not HEX_COLOUR.fullmatch(text)), None)
    if wrong is not None:
        return None, f"“{wrong[:40]}” must look like #RRGGBB."
    if not 1 <= len(found) <= MOST_COLOURS:
        return None, f"{len(found)} colours; there must be 1 to {MOST_COLOURS}."
    return found, ""


def _lenses(field: Field, given: Sequence[str]) -> Read:
    parts = [part for part in re.split(r"[,;\s]+(?!mm)", " ".join(given)) if part]
    found = [LENS.fullmatch(part) for part in parts]
    if not parts or len(parts) > MOST_LENSES or not all(f and 8 <= int(f[1]) <= 400 for f in found):
        valid = ", ".join(str(lens) for lens in LENSES_MM)
        return (
            None,
            f"“{' '.join(given)[:40]}” must be 1 to {MOST_LENSES} lenses of 8 to 400 mm, such as {valid}.",
        )
    return [f"{int(f[1])}mm" for f in found if f], ""


def read_elements(raw: Mapping[str, Sequence[str]], field: Field) -> Read:
    """Return the elements typed as rows of name, value and weight; a row without name and value is no element."""
    columns = [list(raw.get(field.name + part, ())) for part in ("", ".values", ".weights")]
    rows = max(len(column) for column in columns)
    found = []
    for row in range(rows):
        name, value, weight = (
            " ".join(column[row].split()) if row < len(column) else "" for column in columns
        )
        if not name and not value:
            continue
        if not name or not value:
            return None, f"“{(name or value)[:40]}” needs both a name and a value."
        if len(name) > LONGEST or len(value) > LONGEST:
            return None, f"“{name[:40]}” is too long; at most {LONGEST} letters fit."
        text = weight.replace(",", ".") or "1"
        if not NUMBER.fullmatch(text) or not 0 <= float(text) <= 1:
            return (
                None,
                f"The weight of “{name[:40]}” is “{weight[:40]}”; it must be a number from 0 to 1.",
            )
        found.append({"name": name, "value": value, "weight": float(text)})
    if len(found) > MOST_ELEMENTS:
        return None, f"{len(found)} elements; at most {MOST_ELEMENTS} fit."
    return found, ""


READERS: dict[str, Callable[[Field, Sequence[str]], Read]] = {
    "line": _line, "key": _line, "choice": _choice, "number": _number, "whole": _whole,
    "colours": _colours, "lenses": _lenses,
}  # fmt: skip
