"""Find `@name` in words people write. Who is a member is decided elsewhere; an unknown name stays text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_NAMED = re.compile(r"(?<![\w@.+-])@([\w@.+-]{1,150})")
"""What a user name may be made of. Source: Django 5.2, `UnicodeUsernameValidator`."""
_TRAILING = ".+-@_"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; `name` is the member it names, or empty."""

    text: str
    name: str = ""


def pieces_of(text: str, names: Mapping[str, str]) -> list[Piece]:
    """Split text at the names it mentions; `names` is user name in lower case → user name.

    "@ben." names ben: signs at the end belong to the sentence when no member is called so.
    """
    pieces: list[Piece] = []
    end = 0
    for found in _NAMED.finditer(text):
        called = found.group(1)
        while called and called.lower() not in names and called[-1] in _TRAILING:
            called = called[:-1]
        name = names.get(called.lower(), "")
        if not name:
            continue
        if found.start() > end:
            pieces.append(Piece(text[end : found.start()]))
        end = found.start() + 1 + len(called)
        pieces.append(Piece(text[found.start() : end], name))
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return pieces


def names_in(text: str, names: Mapping[str, str]) -> list[str]:
    """Return the members named in a text, each once, in the order they are named."""
    return list(dict.fromkeys(piece.name for piece in pieces_of(text, names) if piece.name))
