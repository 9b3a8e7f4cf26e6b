"""A person as a sheet to fill in: the fields of a profile in words, read one by one, every fault told at its own field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from characters.engine import appearance_tables as tables
from characters.engine.profile import HAIR_STYLES

HEX_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
VARIANTS = tuple(dict.fromkeys(v for names in tables.VOICE_VARIANTS.values() for v in names))
GENDERS = tuple(gender for gender, _ in tables.GENDER_WORDS)
BUILDS = ("average", *(build for build, _ in tables.BUILDS))


@dataclass(frozen=True, slots=True)
class Trait:
    """One line of the sheet. `kind` is line, text, choice, number, colour or years; `group` is where it stands."""

    name: str
    label: str
    kind: str
    group: str
    choices: tuple[str, ...] = ()
    least: int = 0
    longest: int = 0
    unit: str = ""


TRAITS: tuple[Trait, ...] = (
    Trait("name", "Name", "line", "who", longest=120, least=1),
    Trait("role", "Role", "line", "who", longest=120),
    Trait("personality", "Character", "line", "who", longest=300),
    Trait("description", "Described in the script as", "text", "who", longest=2000),
    Trait("age_years", "Age", "years", "looks", least=0, longest=120, unit="years"),
    Trait("gender", "Gender", "choice", "looks", choices=("", *GENDERS)),
    Trait("build", "Build", "choice", "looks", choices=BUILDS),
    Trait("height_cm", "Height", "number", "looks", least=50, longest=250, unit="cm"),
    Trait("skin_colour", "Skin", "colour", "looks"),
    Trait("hair_style", "Hair", "choice", "looks", choices=HAIR_STYLES),
    Trait("hair_colour", "Hair colour", "colour", "looks"),
    Trait("expression", "Expression", "line", "looks", longest=120),
    Trait("clothing", "Clothes", "line", "wardrobe", longest=200),
    Trait("wardrobe_colour", "Colour of the clothes", "colour", "wardrobe"),
    Trait("voice_variant", "Voice", "choice", "voice", choices=("", *VARIANTS)),
    Trait("voice_pitch", "Pitch", "number", "voice", least=0, longest=99, unit="of 99"),
    Trait("voice_words_per_minute", "Pace", "number", "voice", least=80, longest=450, unit="words a minute"),
)  # fmt: skip
BY_NAME: dict[str, Trait] = {trait.name: trait for trait in TRAITS}
HEARD = ("voice_variant", "voice_pitch", "voice_words_per_minute")
"""What is heard and not seen: a change of it makes no picture stale."""
RULED = tuple(trait.name for trait in TRAITS if trait.group != "who")
"""What a rule can give where nobody says otherwise."""


def in_words(name: str, value: object) -> str:
    """Return a trait's value as people say it."""
    if value in ("", None):
        return "nothing"
    if isinstance(value, list | tuple):
        return " to ".join(str(part) for part in dict.fromkeys(value))
    if name == "voice_variant":
        kind = {"f": "woman", "m": "man"}.get(str(value)[:1], "voice")
        return f"{kind} {str(value)[1:]}"
    unit = BY_NAME[name].unit if name in BY_NAME else ""
    return f"{value} {unit}".strip() if unit in ("cm", "words a minute") else str(value)


def traits_read(raw: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a filled-in sheet, and a sentence for each trait that cannot be used.

    Years come as `34` or `50-59`. Only traits that were given are read.
    """
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for trait in TRAITS:
        if trait.name not in raw:
            continue
        text = raw[trait.name].replace("\r\n", "\n").replace("\x00", "").strip()
        value, fault = _READERS[trait.kind](trait, text)
        if fault:
            faults[trait.name] = f"{trait.label}: {fault}"
        else:
            values[trait.name] = value
    return values, faults


def _words(trait: Trait, text: str) -> tuple[Any, str]:
    if len(text) > trait.longest:
        return None, f"{len(text):,} letters; at most {trait.longest:,} fit."
    if len(text) < trait.least:
        return None, "must not be empty."
    return (text if trait.kind == "text" else " ".join(text.split())), ""


def _choice(trait: Trait, text: str) -> tuple[Any, str]:
    if text in trait.choices:
        return text, ""
    return None, f"“{text[:40]}” is not one of {', '.join(c for c in trait.choices if c)}."


def _number(trait: Trait, text: str) -> tuple[Any, str]:
    if text.isdecimal() and len(text) < 6 and trait.least <= int(text) <= trait.longest:
        return int(text), ""
    return None, f"“{text[:40]}” must be a whole number from {trait.least} to {trait.longest}."


def _colour(trait: Trait, text: str) -> tuple[Any, str]:
    if HEX_COLOUR.fullmatch(text):
        return text.upper(), ""
    return None, f"“{text[:40]}” must look like #RRGGBB."


def _years(trait: Trait, text: str) -> tuple[Any, str]:
    found = re.fullmatch(r"(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3}))?", text)
    if found:
        low, high = int(found[1]), int(found[2] or found[1])
        if low <= high <= trait.longest:
            return [low, high], ""
    return None, f"“{text[:40]}” must be years such as 34 or 50-59, at most {trait.longest}."


_READERS = {
    "line": _words, "text": _words, "choice": _choice, "number": _number, "colour": _colour,
    "years": _years,
}  # fmt: skip
