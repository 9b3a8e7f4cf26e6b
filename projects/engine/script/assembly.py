"""Collects headings, actions and speeches, in reading order, into numbered scenes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from projects.engine.framing import Setting, TimeOfDay
from projects.engine.script.headings import guess_setting, parse_heading, time_from_words
from projects.engine.script.model import Action, Dialogue, Element, Scene

HEARD = {"VO": "V.O.", "OS": "O.S.", "OC": "O.C."}


def clean_extension(text: str) -> str:
    """Return `V.O.`, `O.S.`, `O.C.`, other words of a cue's brackets in capitals, or nothing for CONT'D alone."""
    others: list[str] = []
    for part in re.split(r"\)\s*\(|[,/;]", text):
        letters = re.sub(r"[^A-Z]", "", part.upper())
        if letters in HEARD:
            return HEARD[letters]
        if letters and not letters.startswith("CONT"):
            others.append(part.strip().upper())
    return ", ".join(others)


@dataclass(slots=True)
class _Draft:
    heading: str
    line: int
    label: str
    elements: list[Element] = field(default_factory=list)
    transition: str = ""


class SceneBuilder:
    """Takes the parts of a script one after the other; `scenes` closes the last and numbers them."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []
        self._speech: Dialogue | None = None

    def heading(self, text: str, *, line: int, label: str = "") -> None:
        """Begin a scene."""
        self._close_speech()
        self._drafts.append(_Draft(" ".join(text.split()), line, label))

    def action(self, text: str, *, first_line: int, last_line: int) -> None:
        """Add a paragraph of action."""
        self._close_speech()
        words = " ".join(text.split())
        if words:
            self._draft(first_line).elements.append(Action(words, first_line, last_line))

    def cue(self, name: str, *, extension: str, line: int, is_dual: bool = False) -> None:
        """Begin a speech."""
        self._close_speech()
        self._draft(line)
        cue = " ".join(name.replace("^", "").upper().split())
        self._speech = Dialogue(
            cue, "", line, line, extension=clean_extension(extension), is_dual=is_dual
        )

    def parenthetical(self, text: str, *, line: int) -> None:
        """Add a direction to the open speech; it is never spoken."""
        if self._speech is None:
            return
        words = text.strip().strip("()").strip()
        joined = "; ".join(part for part in (self._speech.parenthetical, words) if part)
        self._speech = replace(self._speech, parenthetical=joined, last_line=line)

    def speech(self, text: str, *, last_line: int) -> None:
        """Add words to the open speech."""
        if self._speech is None:
            return
        words = " ".join(f"{self._speech.text} {text}".split())
        self._speech = replace(self._speech, text=words, last_line=last_line)

    def lyric(self, text: str, *, first_line: int, last_line: int) -> None:
        """Add a sung line: to the open speech, else as action."""
        if self._speech is not None:
            self.speech(text, last_line=last_line)
        else:
            self.action(text, first_line=first_line, last_line=last_line)

    def transition(self, text: str) -> None:
        """Note how the open scene ends, for instance `CUT TO:`; it is no action."""
        self._close_speech()
        if self._drafts:
            self._drafts[-1].transition = text.strip()

    def scenes(self, *, last_line: int) -> tuple[Scene, ...]:
        """Return all scenes, numbered from 1."""
        self._close_speech()
        if not self._drafts:
            return ()
        time_of_day = TimeOfDay.DAY
        scenes: list[Scene] = []
        ends = [draft.line - 1 for draft in self._drafts[1:]] + [last_line]
        for number, (draft, end) in enumerate(zip(self._drafts, ends, strict=True), start=1):
            scene = _scene(draft, number=number, last_line=max(end, draft.line), before=time_of_day)
            time_of_day = scene.time_of_day
            scenes.append(scene)
        return tuple(scenes)

    def _draft(self, line: int) -> _Draft:
        if not self._drafts:
            self._drafts.append(_Draft("", line, ""))
        return self._drafts[-1]

    def _close_speech(self) -> None:
        speech, self._speech = self._speech, None
        if speech is not None and speech.text:
            self._drafts[-1].elements.append(speech)


def _scene(draft: _Draft, *, number: int, last_line: int, before: TimeOfDay) -> Scene:
    if draft.heading:
        parts = parse_heading(draft.heading, previous=before)
        setting, place, time_of_day = parts.setting, parts.place, parts.time_of_day
    else:
        setting, place, time_of_day = guess_from_words(draft.elements, before=before)
    return Scene(
        number=number,
        heading=draft.heading,
        setting=setting,
        place=place,
        time_of_day=time_of_day,
        elements=tuple(draft.elements),
        first_line=draft.line,
        last_line=last_line,
        label=draft.label,
        transition=draft.transition,
    )


PLACES = [
    "courtroom",
    "court",
    "office",
    "kitchen",
    "bedroom",
    "hospital",
    "bar",
    "restaurant",
    "apartment",
    "house",
    "room",
    "hall",
    "corridor",
    "car",
    "train",
    "station",
    "church",
    "school",
    "prison",
    "cell",
    "laboratory",
    "ship",
    "bridge",
    "street",
    "road",
    "alley",
    "forest",
    "beach",
    "field",
    "desert",
    "mountain",
    "harbour",
    "rooftop",
    "garden",
    "park",
    "square",
    "river",
    "city",
    "warehouse",
    "cellar",
    "attic",
    "cafe",
    "library",
    "shop",
    "tunnel",
]
"""Nouns taken for the place of a scene that has no heading. Source: house list."""


def guess_from_words(
    elements: list[Element], *, before: TimeOfDay
) -> tuple[Setting, str, TimeOfDay]:
    """Return setting, place and time guessed from a scene's action: the earliest place noun named, else "Unnamed place"."""
    text = " ".join(element.text for element in elements if isinstance(element, Action)).lower()
    found = re.search(rf"\b({'|'.join(PLACES)})s?\b", text)
    place = found[1] if found else "unnamed place"
    time_of_day = time_from_words(text, previous=before) or before
    return guess_setting(place), place[:1].upper() + place[1:], time_of_day
