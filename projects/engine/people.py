"""Who is in a screenplay: names from cues and introductions, keys, first words, and who a line of action names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from apexsite.kit.errors import InputError
from projects.engine.script.model import Action, Dialogue, Screenplay

CAPITALS = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x530) if chr(code).isupper())
"""Capitals of the Latin, Greek and Cyrillic blocks (U+00C0–U+052F), as the inside of a character class."""

CAPS = rf"[{CAPITALS}](?:[{CAPITALS}0-9'’-]|\.(?=\S| [{CAPITALS}]{{2}}))*(?![^\W_])"
INTRODUCTION = re.compile(
    rf"(?<!\w)(?P<name>{CAPS}(?: {CAPS}){{0,3}})\s*(?:\((?P<age>[^)]{{1,60}})\))?(?=(?P<rest>[^.!?]{{0,200}}))"
)
SMALL_ENDS = re.compile(
    r"(?:[\s,]+(?:and|with|beside|facing|opposite|a|an|the|his|her|their|to|at))+$"
)
VERB_CLAUSE = re.compile(
    r",\s+[a-z]+s\s+(?:under|at|in|on|into|onto|to|the|an?|her|his|their|with|above|from|up|down|through|by|over|"
    r"towards?|past|alone|behind|beside|out|across|and)\b.*$"
    r"|,\s+(?:enters|waits|sits|stands|stops|smiles|walks|looks|watches|listens|arrives|leaves|rises|speaks)$"
)
"""Where an introduction stops describing and starts happening: a comma, a verb in -s, a small word."""

TITLES = frozenset(
    [
        "JUDGE",
        "DR",
        "DR.",
        "MR",
        "MR.",
        "MRS",
        "MRS.",
        "MS",
        "MS.",
        "SIR",
        "DETECTIVE",
        "OFFICER",
        "CAPTAIN",
        "PROFESSOR",
    ]
)
"""Titles that do not make another person: JUDGE VOSS is MARA VOSS. Source: house list."""

MOST_PEOPLE = 400
"""Most different cues in a script. House choice: a long feature has under 100."""

MOST_FIRST_WORDS = 12


@dataclass(frozen=True, slots=True)
class CharacterFound:
    """One person of a script. `first_words` are the first they speak; `description` and `age` come from their introduction."""

    key: str
    name: str
    first_words: str
    description: str
    line_count: int
    scene_numbers: tuple[int, ...]
    age: str = ""


def character_key(name: str) -> str:
    """Return the public id of a name, `<slug>_<6 hex of md5>`; the same name gives the same key for ever.

    Source: seed S0 uses ids such as `judge_abc123`; the digits are MD5 of the name in NFC capitals.
    """
    proper = unicodedata.normalize("NFC", " ".join(name.upper().split()))
    plain = unicodedata.normalize("NFKD", proper).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_") or "person"
    digest = hashlib.md5(proper.encode("utf-8"), usedforsecurity=False).hexdigest()
    return f"{slug[:40]}_{digest[:6]}"


class CastList:
    """All people of a screenplay; answers who a cue is and whom a text names."""

    def __init__(self, screenplay: Screenplay) -> None:
        cues = list(
            dict.fromkeys(
                element.cue
                for scene in screenplay.scenes
                for element in scene.elements
                if isinstance(element, Dialogue)
            )
        )
        if len(cues) > MOST_PEOPLE:
            raise InputError(
                f"script {screenplay.title!r} has {len(cues)} different cues; at most {MOST_PEOPLE} people are read"
            )
        self._introductions = _introductions(screenplay, cues)
        self.names: dict[str, str] = {}
        for name in sorted(self._introductions, key=lambda name: not self._introductions[name][0]):
            self.names[name] = self._same_person(name) or name
        for cue in cues:
            if cue not in self.names:
                self.names[cue] = self._same_person(cue) or cue
        self._readable = {character_key(name): readable(name) for name in self.names.values()}
        self._patterns = self._mention_patterns()
        self._owners: dict[str, set[str]] = {}
        for alias, name in self.names.items():
            for part in re.findall(r"\w+", f"{alias} {name}".casefold()):
                self._owners.setdefault(part, set()).add(character_key(name))

    def key_of(self, cue: str) -> str:
        """Return the key of the person a cue names."""
        return character_key(self.names.get(cue, cue))

    def name_of(self, key: str) -> str:
        """Return a person's name as people read it, from the key."""
        return self._readable.get(key, key)

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Return the keys of the people a text names, in the order they are named."""
        found: list[tuple[int, str]] = []
        words = re.findall(r"\w+", text.casefold())
        likely = {key for word in words for key in self._owners.get(word, ())}
        for key in likely:
            match = self._patterns[key].search(text)
            if match:
                found.append((match.start(), key))
        return tuple(key for _, key in sorted(found))

    def is_name(self, words: str) -> bool:
        """Return whether capitals in action are a person's name."""
        parts = set(words.upper().split())
        return any(parts <= set(name.split()) for name in self.names)

    def found(self, screenplay: Screenplay) -> tuple[CharacterFound, ...]:
        """Return everybody, in the order they first appear."""
        lines: dict[str, list[Dialogue]] = {}
        scenes: dict[str, list[int]] = {}
        for scene in screenplay.scenes:
            for element in scene.elements:
                if isinstance(element, Dialogue):
                    key = self.key_of(element.cue)
                    lines.setdefault(key, []).append(element)
                    keys: Iterable[str] = (key,)
                else:
                    keys = self.mentioned(element.text)
                for key in keys:
                    scenes.setdefault(key, []).append(scene.number)
        by_key = {character_key(name): name for name in self.names.values()}
        return tuple(self._one(key, by_key[key], lines.get(key, []), scenes[key]) for key in scenes)

    def _same_person(self, name: str) -> str:
        words = _bare(name)
        known = [full for full in dict.fromkeys(self.names.values()) if full != name]
        fits = [full for full in known if words <= _bare(full) or _bare(full) <= words]
        return fits[0] if len(fits) == 1 else ""

    def _one(
        self, key: str, name: str, lines: list[Dialogue], scene_numbers: list[int]
    ) -> CharacterFound:
        age, description = self._introductions.get(name, ("", ""))
        words = lines[0].text.split() if lines else []
        first = " ".join(words[:MOST_FIRST_WORDS])
        return CharacterFound(
            key=key,
            name=readable(name),
            first_words=first,
            description=description,
            line_count=len(lines),
            scene_numbers=tuple(dict.fromkeys(scene_numbers)),
            age=age,
        )

    def _mention_patterns(self) -> dict[str, re.Pattern[str]]:
        words: dict[str, set[str]] = {}
        for alias, name in self.names.items():
            words.setdefault(character_key(name), set()).update((alias, name))
        owners: dict[str, set[str]] = {}
        for name in set(self.names.values()):
            for part in name.split():
                owners.setdefault(part, set()).add(character_key(name))
        for part, keys in owners.items():
            if len(keys) == 1 and len(part) > 1:
                words[next(iter(keys))].add(part)
        patterns = {}
        for key, names in words.items():
            forms = sorted({form for name in names for form in (name, readable(name))}, key=len)
            joined = "|".join(re.escape(form) for form in reversed(forms))
            patterns[key] = re.compile(rf"(?<!\w)(?:{joined})(?!\w)")
        return patterns


def readable(name: str) -> str:
    """Return `Mara Voss` for `MARA VOSS`; dots, hyphens and apostrophes inside a word keep their capitals after them."""
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), name.lower()).replace("'S", "'s")


def _bare(name: str) -> frozenset[str]:
    words = frozenset(name.split())
    return (words - TITLES) or words


def _introductions(screenplay: Screenplay, cues: list[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    cue_words = {frozenset(cue.split()) for cue in cues}
    all_words = {word for cue in cues for word in cue.split()}
    for scene in screenplay.scenes:
        for element in scene.elements:
            if not isinstance(element, Action):
                continue
            for match in INTRODUCTION.finditer(element.text):
                name = match["name"].rstrip(".-'’")
                parts = set(name.split())
                is_cued = not all_words.isdisjoint(parts) and any(
                    words <= parts for words in cue_words
                )
                if name in found or not name.isupper() or len(name) < 2:
                    continue
                if match["age"] or is_cued:
                    found[name] = ((match["age"] or "").strip(), _description(match["rest"]))
    return found


def _description(rest: str) -> str:
    if not rest.lstrip().startswith(","):
        return ""
    words = re.split(r";|—| - ", rest.strip().lstrip(","))[0]
    words = re.split(rf"\b[{CAPITALS}]{{2,}}", words)[0].strip(" ,")
    words = VERB_CLAUSE.sub("", words)
    return SMALL_ENDS.sub("", words).strip(" ,")
