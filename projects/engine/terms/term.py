"""Term: one name a look may use (a genre, a lens, a film stock), with the words it puts into prompts and what it asks of the picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apexsite.kit.errors import InputError, listed

KEY = re.compile(r"[a-z0-9][a-z0-9_./-]{0,47}")
MOST_WORDS = 600
COMPOSITION_RULES: tuple[str, ...] = ("thirds", "symmetry", "centred")
ROLES: tuple[str, ...] = ("key", "fill", "rim", "background")


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a table. `words` go into prompts, `negative` into what must not be shown.

    `asks` is what the picture is measured by or set to, see `ASKS`; `source` says where words and numbers come from.
    """

    key: str
    title: str
    words: str
    source: str
    negative: str = ""
    asks: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise InputError(
                f"key={self.key!r} of a term must be 1 to 48 of a–z, 0–9, _ . / -, such as film_noir"
            )
        for name, text in (("words", self.words), ("negative", self.negative)):
            if len(text) > MOST_WORDS:
                raise InputError(
                    f"{name} of {self.key} have {len(text)} letters; at most {MOST_WORDS} are taken"
                )
        asks_check(self.asks, of=self.key)


def _number(least: float, most: float) -> Callable[[Any], bool]:
    def is_fine(value: Any) -> bool:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and least <= value <= most

    return is_fine


def _among(valid: tuple[str, ...]) -> Callable[[Any], bool]:
    return lambda value: value in valid


def _list_of(is_fine: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, list | tuple) and bool(value) and all(is_fine(one) for one in value)
    )


def _words(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 60


ASKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "composition_rule": (_among(COMPOSITION_RULES), f"one of {listed(COMPOSITION_RULES)}"),
    "leading_lines": (lambda value: isinstance(value, bool), "true or false"),
    "depth_of_field": (_among(("shallow", "deep")), "shallow or deep"),
    "key": (_number(-40, 40), "a number from −40 to 40: mean L* beside what the hour asks for"),
    "contrast": (_number(2, 45), "a number from 2 to 45: the spread (standard deviation) of L*"),
    "warmth": (_number(-30, 30), "a number from −30 to 30: mean b* beside what the hour asks for"),
    "saturation": (_number(0, 120), "a number from 0 to 120: Hasler and Süsstrunk's colourfulness"),
    "lenses": (_list_of(_number(8, 400)), "a list of focal lengths in mm, 8 to 400"),
    "mm": (_number(8, 400), "a focal length in mm, 8 to 400"),
    "f_number": (_number(0.7, 32), "an f-number from 0.7 to 32"),
    "iso": (_number(25, 102400), "a film speed from 25 to 102400"),
    "shutter_s": (_number(1 / 8000, 30), "a time in seconds from 1/8000 to 30"),
    "grain": (_number(0, 1), "a number from 0 to 1"),
    "level": (_number(1, 10), "a number from 1 to 10"),
    "roles": (_list_of(_among(ROLES)), f"a list of {listed(ROLES)}"),
    "defaults": (
        lambda value: (
            isinstance(value, Mapping) and all(_words(a) and _words(b) for a, b in value.items())
        ),
        "an object of table → key",
    ),
}
"""What a term may ask, how it is checked, and what is valid in words."""


def asks_check(asks: Mapping[str, Any], *, of: str) -> None:
    """Raise `InputError` for something that cannot be asked, naming it and what is valid."""
    for name, value in asks.items():
        if name not in ASKS:
            raise InputError(f"setting {name!r} of {of} is not known; valid: {listed(ASKS)}")
        is_fine, valid = ASKS[name]
        if not is_fine(value):
            raise InputError(f"setting {name}={value!r} of {of} must be {valid}")


def table(*rows: Term) -> dict[str, Term]:
    """Return rows by key; a key is taken once."""
    by_key = {row.key: row for row in rows}
    if len(by_key) != len(rows):
        raise ValueError(f"a key is there twice among {listed(row.key for row in rows)}")
    return by_key


def joined(base: Mapping[str, Term], rows: Iterable[Term]) -> dict[str, Term]:
    """Return a table with rows laid over it: a row of a known key replaces it, others come behind."""
    return {**base, **{row.key: row for row in rows}}
