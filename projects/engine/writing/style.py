"""A style of script: what a writer is told of tone, structure, people and places. Built in, or added by a site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apexsite.kit.errors import InputError, listed
from projects.engine.genres import GENRES
from projects.engine.writing.styletable import TABLE

NAME = re.compile(r"^[a-z][a-z0-9_]{1,39}$")
MOST_CAST = 12
LONGEST_WORDS = 400
MOST_ENTRIES = 12


@dataclass(frozen=True, slots=True)
class WritingStyle:
    """A style. `structure` are its movements in order, `places` headings to choose from, `avoid` what it must not do.

    `outline` names the tables of the template writer that stand for it; `source` says where the description is from.
    """

    name: str
    title: str
    tone: str
    structure: tuple[str, ...]
    cast_least: int
    cast_most: int
    places: tuple[str, ...]
    avoid: tuple[str, ...]
    outline: str
    source: str
    is_built_in: bool = True


def style_from(document: Mapping[str, Any], *, name: str, is_built_in: bool = True) -> WritingStyle:
    """Return a style of a document such as an admin row; raises `InputError` naming the field, what it is and what is valid."""
    if not NAME.match(name):
        raise InputError(f"name={name!r} must be 2 to 40 of a–z, 0–9 and _, such as 'space_opera'")
    least, most = _count(document, "cast_least"), _count(document, "cast_most")
    if least > most:
        raise InputError(f"cast_least={least} must not be over cast_most={most}")
    outline = document.get("outline")
    if outline not in GENRES:
        raise InputError(f"outline={outline!r} is not known; valid: {listed(GENRES)}")
    return WritingStyle(
        name=name,
        title=_words(document, "title"),
        tone=_words(document, "tone"),
        structure=_list(document, "structure"),
        cast_least=least,
        cast_most=most,
        places=_list(document, "places"),
        avoid=_list(document, "avoid"),
        outline=str(outline),
        source=_words(document, "source"),
        is_built_in=is_built_in,
    )


def built_in_styles() -> dict[str, WritingStyle]:
    """Return the styles Apex brings, by name, `courtroom_drama` first."""
    return {name: style_from(document, name=name) for name, document in TABLE.items()}


def style_named(name: str, *, styles: Mapping[str, WritingStyle] | None = None) -> WritingStyle:
    """Return a style by name, of those given or the built-in ones; raises `InputError` listing the valid names."""
    known = built_in_styles() if styles is None else styles
    if name not in known:
        raise InputError(f"style={name!r} is not known; valid: {listed(known)}")
    return known[name]


def _words(document: Mapping[str, Any], key: str) -> str:
    value = document.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{key}={value!r} must be words")
    if len(value) > LONGEST_WORDS:
        raise InputError(f"{key} is {len(value)} letters long; at most {LONGEST_WORDS} are taken")
    return " ".join(value.split())


def _count(document: Mapping[str, Any], key: str) -> int:
    value = document.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_CAST:
        raise InputError(f"{key}={value!r} must be a whole number from 1 to {MOST_CAST}")
    return value


def _list(document: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = document.get(key)
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_ENTRIES:
        raise InputError(f"{key}={value!r} must be a list of 1 to {MOST_ENTRIES} lines")
    for index, line in enumerate(value):
        if not isinstance(line, str) or not line.strip() or len(line) > LONGEST_WORDS:
            raise InputError(
                f"{key}[{index}]={line!r} must be words, at most {LONGEST_WORDS} letters"
            )
    return tuple(" ".join(line.split()) for line in value)
