"""Whom the previz stage can draw: grown people with all limbs, one at a time. Others get a clear refusal."""

from __future__ import annotations

import re

from apexsite.kit.errors import NotSupported
from characters.engine.casting.limitwords import (
    ANIMALS,
    CHILDREN,
    CROWDS,
    GROUPS,
    LIMBS,
    MODIFIERS,
    NUMBERS,
    PERSONS,
    WHEELCHAIR,
)
from characters.engine.profile import CharacterProfile

ADULT_YEARS = 18
KINDS: tuple[tuple[str, str], ...] = (
    ("animals are", ANIMALS),
    ("crowds are", CROWDS),
    ("children are", CHILDREN),
)

_OWNER = r"(?:an?|the|one|my|his|her|their|our|(?:the\s+)?[\w-]+['’]s)"
_BEFORE = rf"(?:{_OWNER}\s+)?(?:[\w,-]+\s+){{0,3}}?"
_AFTER = (
    rf"(?!['’-]|\s+of\s+an?\s+(?:[\w-]+\s+)?(?:{PERSONS})\b)"
    r"(?=\s*(?:$|[.,;:!?()])"
    r"|\s+(?:with|in|of|on|at|by|from|who|that|whose|and|or|to|near|under|behind|named|called|wearing|\w+(?:s|ed|ing))\b)"
)
"""What stands before a noun that says what somebody is, and after it: no other noun (a child psychologist, a cat burglar)."""

_AGE = re.compile(
    rf"(?<!\bat )(?<!\bsince )(?<!\bfrom )\b(?:aged?\s+({NUMBERS}|\d{{1,3}})\b|({NUMBERS}|\d{{1,3}})[- ](year|month|week)s?[- ]olds?\b)"
)
_OTHERS = frozenset({"with", "of", "and", "for", "whose"})
"""Words after which a description speaks of somebody else."""


def refuse_unsupported(profile: CharacterProfile) -> None:
    """Raise `NotSupported` for children, animals, crowds and people without a limb, naming the field and word that say so."""
    for field in ("role", "name"):
        text = str(getattr(profile, field)).lower().strip()
        for kind, words in KINDS:
            word = _named(text, words)
            if word and not (field == "name" and _is_person(profile.description)):
                _refuse(profile, kind, f"{field}: {word!r}")
    text = _said(profile.description)
    for kind, words in KINDS:
        word = _noun(text, words)
        if word:
            _refuse(profile, kind, f"description: {word!r}")
    group = re.match(rf"(?:{_OWNER}\s+)?(?:[\w-]+\s+){{0,2}}?{GROUPS}", text)
    if group:
        _refuse(profile, "crowds are", f"description: {group[0]!r}")
    for kind, pattern in (
        ("people without a limb are", LIMBS),
        ("wheelchairs are", WHEELCHAIR),
    ):
        found = re.search(rf"\b(?:{pattern})\b", text)
        if found and not _OTHERS & set(text[: found.start()].split()):
            _refuse(profile, kind, f"description: {found[0]!r}")
    young = _young(text)
    if young:
        _refuse(profile, "children are", f"description: {young!r}")
    if profile.age_years[1] < ADULT_YEARS:
        _refuse(profile, "children are", f"age_years={profile.age_years}")


def not_drawn(action: str, *, names: tuple[str, ...] = ()) -> list[str]:
    """Return the children, animals and crowds an action speaks of, which previz leaves out; words of `names` are people."""
    known = {word for name in names for word in name.lower().split()}
    pattern = rf"\b(?:{ANIMALS}|{CROWDS}|{CHILDREN})\b(?!['’-])"
    found = re.findall(pattern, action.lower())
    return [word for word in dict.fromkeys(found) if word not in known]


def _said(description: str) -> str:
    """Return a description from its first noun on: without a name before it (`Rex, a german shepherd`)."""
    text = description.lower().strip()
    return re.sub(r"^[\w'’ -]{1,40},\s+(?=(?:an?|the|one)\s)", "", text)


def _named(text: str, words: str) -> str:
    """Return the word a name or role is: alone, with plain modifiers or a number, or after a name of its own."""
    found = re.fullmatch(
        rf"(?:(?:the|an?)\s+)?(?:(?:{MODIFIERS}|{NUMBERS}|\d+)\s+)*({words})(?:\s+#?\d+)?", text
    ) or re.fullmatch(rf"[\w-]+,?\s+the\s+({words})", text)
    return str(found[1]) if found else ""


def _noun(text: str, words: str) -> str:
    """Return the noun a description begins with, when it is one of the words."""
    found = re.match(rf"{_BEFORE}({words})\b{_AFTER}", text)
    if not found:
        return ""
    before = text[: found.start(1)]
    if _OTHERS & set(before.split()) or re.search(rf"\b(?:{PERSONS})\b", before):
        return ""
    return str(found[1])


def _is_person(description: str) -> bool:
    return bool(re.search(rf"\b(?:{PERSONS})\b|\b\d0s\b", description.lower()))


def _young(text: str) -> str:
    """Return the words that give an age below 18, of the one described and nobody else."""
    for found in _AGE.finditer(text):
        number = found[1] or found[2]
        years = int(number) if number.isdecimal() else NUMBERS.split("|").index(number) + 1
        is_years = found[3] in (None, "year")
        if (not is_years or years < ADULT_YEARS) and not _OTHERS & set(
            text[: found.start()].split()
        ):
            return found[0]
    return ""


def _refuse(profile: CharacterProfile, kind: str, why: str) -> None:
    raise NotSupported(
        f"{profile.name!r} cannot be drawn by previz: {kind} not supported ({why}); "
        "previz draws adults of all ages, the storyboard draws everyone"
    )
