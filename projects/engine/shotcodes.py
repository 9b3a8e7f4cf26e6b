"""Codes for shots that come between others: a code once given is never changed and never given twice."""

from __future__ import annotations

import re
from collections.abc import Collection
from string import ascii_lowercase

NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d+)(?P<letters>[a-z]*)$")
LONGEST = 32


def code_after(code: str, *, taken: Collection[str]) -> str:
    """Return a free code that sorts after `code` and before the next one taken.

    `s01_010` before `s01_020` gives `s01_015`; where no number is free between them, `s01_010b`. Source: numbering in tens
    with room between is the practice of boards and cutting rooms; letters come after it, as on a slate.
    """
    found = NUMBERED.match(code)
    if found is None or found["letters"]:
        return _lettered(code if found is None else code[: -len(found["letters"])], taken)
    stem, number, width = found["stem"], int(found["number"]), len(found["number"])
    others = [NUMBERED.match(other) for other in taken]
    above = [
        int(o["number"]) for o in others if o and o["stem"] == stem and int(o["number"]) > number
    ]
    middle = number + (min(above, default=number + 10) - number) // 2
    candidate = f"{stem}{middle:0{width}d}"
    if middle > number and candidate not in taken and width > 1:
        return candidate
    return _lettered(code, taken)


def _lettered(stem: str, taken: Collection[str]) -> str:
    for first in ("", *ascii_lowercase):
        for letter in ascii_lowercase[1:]:
            candidate = f"{stem}{first}{letter}"
            if candidate not in taken and len(candidate) <= LONGEST:
                return candidate
    raise ValueError(f"no code is free after {stem}")
