"""Whom somebody looks at: the action's words, who is spoken to by name, the bench, who speaks, the first other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from characters.engine.profile import CharacterProfile
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage
from renders.engine.stage.words import about

BENCH = r"\b(?:bench|judge|your honou?r|your lordship|m'lord|my lord|the court)\b"


def looked_at(
    brief: ShotBrief,
    person: CharacterProfile,
    people: Mapping[str, CharacterProfile],
    *,
    bench: str,
) -> str:
    """Return the key of whom somebody looks at, of a whole scene's people, or nothing. `bench` is who sits at one."""
    others = [key for key in people if key != person.key]
    said = about(brief.action, person, alone=len(brief.cast) < 2)
    to = re.search(r"\b(?:looks?|stares?|glances?|turns?|nods?|smiles?|faces?)\b.*", said)
    spoken = brief.dialogue.lower() if brief.speaker == person.key else ""
    for words in (to[0] if to else "", spoken):
        found = named(words, others, people)
        if found:
            return found
        if bench in others and re.search(BENCH, words):
            return bench
    if brief.speaker in others:
        return brief.speaker
    return bench if bench in others else (others[0] if others else "")


def named(words: str, keys: Sequence[str], people: Mapping[str, CharacterProfile]) -> str:
    """Return the first of `keys` whose name words say, or nothing."""
    for key in keys:
        for part in people[key].name.lower().split():
            if len(part) > 2 and re.search(rf"\b{re.escape(part)}\b", words):
                return key
    return ""


def at_camera(brief: ShotBrief) -> bool:
    """Return whether a shot's people look into the camera."""
    return brief.coverage is Coverage.POV or bool(
        re.search(r"\b(?:to|into|at) (?:the )?camera\b", brief.action.lower())
    )
