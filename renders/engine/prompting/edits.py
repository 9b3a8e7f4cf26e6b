"""What a person writes over a prompt's parts: checked as a document, and laid over the parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apexsite.kit.errors import InputError, listed
from renders.engine.prompting.prompt import MOST_PART_LETTERS, Prompt, PromptPart
from renders.engine.prompting.words import cleaned

GROUPS = ("parts", "negative")
KEYS = (*GROUPS, "added", "added_negative")
NAME = re.compile(r"[\w.-]{1,80}")
MOST_ADDED = 12
ADDED_RANK = 80
"""What a person adds stands behind the content and before what was learnt and the look. House choice."""
PERSON = "written by hand"


def edits_read(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return edits as they are stored, and what was cleaned out of them in words; no edits are an empty object.

    `parts` and `negative` are objects of part name → words, or null for a part taken out; `added` and `added_negative`
    are lists of words. Raises `InputError` naming the place that is wrong.
    """
    if not isinstance(given, Mapping):
        raise InputError(f"edits of a prompt must be an object, got {type(given).__name__}")
    unknown = sorted(set(given) - set(KEYS))
    if unknown:
        raise InputError(f"{unknown[0]!r} of a prompt's edits is not known; valid: {listed(KEYS)}")
    said: list[str] = []
    document: dict[str, Any] = {}
    for group in GROUPS:
        over = given.get(group, {})
        if not isinstance(over, Mapping):
            raise InputError(f"{group} must be an object of part name → words or null")
        read = {_name(group, name): _over(group, name, words, said) for name, words in over.items()}
        if read:
            document[group] = read
    for group in KEYS[2:]:
        added = given.get(group, [])
        if not isinstance(added, list) or len(added) > MOST_ADDED:
            raise InputError(f"{group} must be a list of at most {MOST_ADDED} parts in words")
        lines = [_words(f"{group}[{n}]", words, said) for n, words in enumerate(added)]
        if any(lines):
            document[group] = [line for line in lines if line]
    return document, said


def edited(prompt: Prompt, edits: Mapping[str, Any]) -> Prompt:
    """Return the prompt with edits laid over it. Edits of parts that are not there now wait until they are again."""
    if not edits:
        return prompt
    parts = _laid(prompt.parts, edits.get("parts", {}))
    negative = _laid(prompt.negative, edits.get("negative", {}))
    parts += _added(edits.get("added", ()), ADDED_RANK)
    negative += _added(edits.get("added_negative", ()), len(negative))
    return Prompt(tuple(sorted(parts, key=lambda part: part.rank)), tuple(negative))


def _laid(parts: tuple[PromptPart, ...], over: Mapping[str, Any]) -> list[PromptPart]:
    kept = []
    for part in parts:
        words = over.get(part.name, part.words)
        if words is None:
            continue
        is_edited = words != part.words
        kept.append(
            replace(part, words=words, source=PERSON, is_edited=True) if is_edited else part
        )
    return kept


def _added(lines: Any, rank: int) -> list[PromptPart]:
    return [
        PromptPart(f"added_{number}", words, PERSON, rank + number - 1, is_edited=True)
        for number, words in enumerate(lines, 1)
    ]


def _name(group: str, name: object) -> str:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise InputError(f"{group} has no part called {str(name)[:90]!r}")
    return name


def _over(group: str, name: str, words: object, said: list[str]) -> str | None:
    return None if words is None else _words(f"{group}.{name}", words, said) or None


def _words(where: str, words: object, said: list[str]) -> str:
    if not isinstance(words, str):
        raise InputError(f"{where} must be words, got {type(words).__name__}")
    if len(words) > MOST_PART_LETTERS:
        raise InputError(
            f"{where} has {len(words)} letters; at most {MOST_PART_LETTERS} are taken. Nothing was stored"
        )
    clean, removed = cleaned(words)
    if removed:
        said.append(f"{where}: {removed} taken out")
    return clean
