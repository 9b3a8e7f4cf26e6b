"""A scene as beats: what is done and what is said, in pieces that each fit one shot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from projects.engine.coverage import POV_WORDS
from projects.engine.pacing import split_speech
from projects.engine.people import CAPITALS, CastList
from projects.engine.script.model import Action, Dialogue, Scene

MOST_ACTION_WORDS = 28
"""Longest action of one shot; a longer paragraph is cut at its sentences. House choice: about 7 s of reading."""

LONGEST_SENTENCE_WORDS = 45
"""A single sentence is cut only beyond this: a list of who is in the room stays one picture. House choice."""

PROP = re.compile(
    r"\b(?i:a|an|the|his|her|their|its|one|old|small|this|that)\s+"
    rf"(?P<prop>[{CAPITALS}][{CAPITALS}'’-]+(?: [{CAPITALS}][{CAPITALS}'’-]+){{0,2}})(?![^\W_])"
)
NO_PROPS = frozenset(
    [
        "MAN",
        "WOMAN",
        "BOY",
        "GIRL",
        "CHILD",
        "GUARD",
        "COP",
        "OFFICER",
        "BAILIFF",
        "CLERK",
        "CROWD",
        "JUDGE",
        "DRIVER",
        "NURSE",
        "DOCTOR",
        "SOLDIER",
        "WAITER",
        "STRANGER",
        "BANG",
        "CRASH",
        "SLAM",
        "BOOM",
        "CLICK",
        "KNOCK",
        "SCREAM",
        "THUD",
        "ROAR",
        "SILENCE",
        "END",
        "SCENE",
        "CUT",
        "POV",
        "TITLE",
        "SUPER",
        "CAMERA",
    ]
)
"""Capitals that are people, sounds or directions and so never an insert. Source: house list."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One action or one speech. `cast` holds who is seen, `prop` a capitalised thing, `speaker` is empty for an action."""

    text: str
    first_line: int
    last_line: int
    cast: tuple[str, ...] = ()
    prop: str = ""
    is_pov: bool = False
    speaker: str = ""
    is_off_screen: bool = False
    parenthetical: str = ""


def beats_of(scene: Scene, *, people: CastList) -> list[Beat]:
    """Return a scene's beats. A pronoun keeps the last person named; a prop makes a beat of its own once a scene."""
    beats: list[Beat] = []
    seen_props: set[str] = set()
    focus: tuple[str, ...] = ()
    for element in scene.elements:
        if isinstance(element, Dialogue):
            beats.extend(_speech_beats(element, people=people))
            focus = () if element.is_off_screen else (people.key_of(element.cue),)
            continue
        for sentences, prop in _groups(element, people=people, seen_props=seen_props):
            named = people.mentioned(sentences)
            if not named and re.search(r"\b(?:she|he|her|his|him)\b", sentences, re.I):
                named = focus
            focus = named[-1:] or focus
            beats.append(
                Beat(
                    sentences,
                    element.first_line,
                    element.last_line,
                    cast=named,
                    prop=prop,
                    is_pov=POV_WORDS.search(sentences) is not None,
                )
            )
    return beats


def _speech_beats(speech: Dialogue, *, people: CastList) -> Iterator[Beat]:
    key = people.key_of(speech.cue)
    for piece in split_speech(speech.text):
        yield Beat(
            piece,
            speech.first_line,
            speech.last_line,
            cast=() if speech.is_off_screen else (key,),
            speaker=key,
            is_off_screen=speech.is_off_screen,
            parenthetical=speech.parenthetical,
        )


def _groups(action: Action, *, people: CastList, seen_props: set[str]) -> Iterator[tuple[str, str]]:
    held: list[str] = []
    for sentence in _sentences(action.text):
        prop = _prop(sentence, people=people, seen_props=seen_props)
        is_full = held and len(" ".join([*held, sentence]).split()) > MOST_ACTION_WORDS
        stands_alone = bool(prop) or POV_WORDS.search(sentence) is not None
        if held and (is_full or stands_alone):
            yield " ".join(held), ""
            held = []
        if stands_alone:
            yield sentence, prop
        else:
            held.append(sentence)
    if held:
        yield " ".join(held), ""


def _sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?…])[\"'”’)]*\s+(?=\S)", text):
        if len(sentence.split()) > LONGEST_SENTENCE_WORDS:
            yield from split_speech(sentence, most_words=MOST_ACTION_WORDS)
        else:
            yield sentence


def _prop(sentence: str, *, people: CastList, seen_props: set[str]) -> str:
    for match in PROP.finditer(sentence):
        words = match["prop"].strip("-'’")
        is_thing = not people.is_name(words) and words.split()[-1] not in NO_PROPS
        if is_thing and words not in seen_props:
            seen_props.add(words)
            return words.lower()
    return ""
