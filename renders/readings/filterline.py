"""The board's filter line: plain words in, terms out. What is not understood is said, never passed over.

`scene:2-4 status:waiting size:cu cast:mara stale "bench"`: terms of one kind add up, different kinds narrow down,
a minus before a term leaves those shots out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from apexsite.kit.errors import listed
from projects.engine.framing import ShotSize

STATUSES: tuple[str, ...] = ("waiting", "approved", "rejected", "empty", "drawing", "retake")
"""Where a shot stands: has variants and none decided for; none drawn; some on the way; new ones wanted."""
FLAGS: tuple[str, ...] = ("stale", "policy")
"""Stale: the brief changed since the variant shown was made. Policy: approved by a policy, by nobody yet."""
SIZES: dict[str, str] = {size.value.lower(): size.value for size in ShotSize}
MOST_TERMS = 30
"""Terms of one line, house choice: a line of more is a pasted page."""

WORD = re.compile(
    r'(?P<minus>-?)(?:(?P<kind>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))', re.I
)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: scene (a first and a last number), status, size, cast (a key), flag or words."""

    kind: str
    value: str
    is_not: bool = False
    last: int = 0

    @property
    def first(self) -> int:
        """Return the first scene of a scene term."""
        return int(self.value)


@dataclass(slots=True)
class FilterLine:
    """A line as it was understood, and what was not understood, each in a sentence."""

    text: str
    terms: list[Term] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, kind: str, *, is_not: bool = False) -> list[Term]:
        """Return the terms of a kind."""
        return [term for term in self.terms if term.kind == kind and term.is_not == is_not]


def filter_line(text: str, *, cast: Mapping[str, str]) -> FilterLine:
    """Read a filter line; `cast` maps the keys of the project's characters to their names."""
    line = FilterLine(" ".join(text.split()))
    for found in WORD.finditer(line.text):
        if len(line.terms) + len(line.notes) >= MOST_TERMS:
            line.notes.append(f"Only the first {MOST_TERMS} words were read.")
            break
        is_not = bool(found["minus"])
        read = _term(found, cast)
        if isinstance(read, str):
            line.notes.append(read)
        else:
            line.terms.append(Term(read.kind, read.value, is_not, read.last))
    return line


def suggestions(cast: Mapping[str, str], scenes: int) -> list[str]:
    """Return what may be typed here, for a list under the line."""
    names = sorted({_first_name(name) for name in cast.values()})
    return [
        *(f"status:{status}" for status in STATUSES),
        *FLAGS,
        *(f"size:{size}" for size in SIZES),
        *(f"cast:{name.lower()}" for name in names),
        *(f"scene:{number}" for number in range(1, min(scenes, 40) + 1)),
    ]


def _term(found: re.Match[str], cast: Mapping[str, str]) -> Term | str:
    kind, plain = (found["kind"] or "").lower(), found["plain"]
    value = plain if plain is not None else found["quoted"]
    if kind:
        reader = READERS.get(kind)
        if reader is None:
            return (
                f"“{kind}:” is not understood; there is {listed(f'{name}:' for name in READERS)}."
            )
        return reader(value, cast)
    if plain is None:
        return Term("words", value) if value.strip() else "The quotes are empty."
    return _bare(value, cast)


def _bare(value: str, cast: Mapping[str, str]) -> Term | str:
    low = value.lower()
    if low in FLAGS:
        return Term("flag", low)
    if low in STATUSES:
        return Term("status", low)
    if low in SIZES:
        return Term("size", SIZES[low])
    keys = _people(low, cast)
    if len(keys) == 1:
        return Term("cast", keys[0])
    return f"“{_short(value)}” is not understood; in quotes it is looked for in what the shots say."


def _scene(value: str, _: Mapping[str, str]) -> Term | str:
    parts = value.split("-")
    if 1 <= len(parts) <= 2 and all(
        part.isascii() and part.isdigit() and len(part) < 7 for part in parts
    ):
        return Term("scene", str(int(parts[0])), last=int(parts[-1]))
    return f"“scene:{_short(value)}” is not understood; a scene is a number, or two: scene:2-4."


def _status(value: str, _: Mapping[str, str]) -> Term | str:
    low = value.lower()
    if low in FLAGS:
        return Term("flag", low)
    if low in STATUSES:
        return Term("status", low)
    return f"“status:{_short(value)}” is not understood; there is {listed((*STATUSES, *FLAGS))}."


def _size(value: str, _: Mapping[str, str]) -> Term | str:
    size = SIZES.get(value.lower())
    if size is None:
        return f"“size:{_short(value)}” is not understood; there is {listed(SIZES.values())}."
    return Term("size", size)


def _cast(value: str, cast: Mapping[str, str]) -> Term | str:
    keys = _people(value.lower(), cast)
    if len(keys) == 1:
        return Term("cast", keys[0])
    if keys:
        return f"“cast:{_short(value)}” may be {listed(cast[key] for key in keys)}; write more of the name."
    names = listed(sorted(cast.values())[:8]) or "nobody yet"
    return f"“cast:{_short(value)}” is nobody here; in the cast: {names}."


def _code(value: str, _: Mapping[str, str]) -> Term | str:
    return Term("code", value) if value.strip() else "“code:” needs the code of a shot."


READERS = {"scene": _scene, "status": _status, "size": _size, "cast": _cast, "code": _code}


def _people(low: str, cast: Mapping[str, str]) -> list[str]:
    exact = [
        key
        for key, name in cast.items()
        if low in (key.lower(), name.lower(), _first_name(name).lower())
    ]
    if exact or not low:
        return exact
    return [
        key
        for key, name in cast.items()
        if any(part.startswith(low) for part in name.lower().split())
    ]


def _first_name(name: str) -> str:
    return name.split()[0] if name.split() else name


def _short(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:39]}…"
