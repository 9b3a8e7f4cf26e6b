"""Whom the previz stage can draw: grown people, one at a time. Others get a clear refusal."""

from __future__ import annotations

import re

from apexsite.kit.errors import NotSupported
from characters.engine.profile import CharacterProfile

ADULT_YEARS = 18
CHILD_WORDS = "child|children|kid|kids|baby|toddler|infant|boy|girl|schoolboy|schoolgirl"
ANIMAL_WORDS = (
    "dog|cat|horse|bird|raven|crow|wolf|fox|bear|lion|tiger|mouse|rat|rabbit|snake|fish|owl|"
    "monkey|elephant|cow|sheep|goat|pig|hound|kitten|puppy|parrot|spider|deer"
)
CROWD_WORDS = "crowd|mob|audience|extras|passers-by|bystanders|spectators|protesters|jurors|people"
"""Words that make somebody a child, an animal or a crowd. House table; read only where they say what somebody is."""

_PERSON = "woman|man|lady|gentleman|person|owner|trainer|keeper|doctor|teacher|mother|father"


def refuse_unsupported(profile: CharacterProfile) -> None:
    """Raise `NotSupported` for children, animals and crowds, naming the field that says so."""
    for field in ("role", "name", "description"):
        text = str(getattr(profile, field)).lower()
        for kind, words in (
            ("animals are", ANIMAL_WORDS),
            ("crowds are", CROWD_WORDS),
            ("children are", CHILD_WORDS),
        ):
            word = _says_what(text, words, whole=field != "description")
            if word:
                _refuse(profile, kind, f"{field}: {word!r}")
    if profile.age_years[1] < ADULT_YEARS:
        _refuse(profile, "children are", f"age_years={profile.age_years}")


def _says_what(text: str, words: str, *, whole: bool) -> str:
    """Return the word that names what somebody is: the whole field, or the noun a description begins with."""
    if whole:
        found = re.fullmatch(rf"(?:the |an? )?(?:[\w-]+ )?({words})(?: \d+)?", text.strip())
        return found[1] if found else ""
    found = re.match(
        rf"(?:an?|the|one)?\s*(?:[\w,-]+ ){{0,3}}?({words})\b(?!['’-]|\s+(?:{_PERSON}))",
        text.strip(),
    )
    if not found or re.search(rf"\b(?:{_PERSON})\b", text[: found.start(1)]):
        return ""
    before = text[: found.start(1)].split()
    return "" if {"with", "of", "and", "for", "his", "her", "whose"} & set(before) else found[1]


def _refuse(profile: CharacterProfile, kind: str, why: str) -> None:
    raise NotSupported(
        f"{profile.name!r} cannot be drawn by previz: {kind} not supported ({why}); "
        "previz draws adults of all ages, the storyboard draws everyone"
    )
