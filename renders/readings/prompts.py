"""A shot's prompt as people look at it: parts with sources and tokens, every dialect's text, what did not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError, listed
from projects.engine.terms import TITLES, Terms
from projects.models import Shot
from projects.readings.terms import terms_now
from renders.bridge import prompt_for
from renders.engine.imaging.base import ImageRequest
from renders.engine.prompting.build import LOOK_RANK
from renders.engine.prompting.dialects import speak
from renders.engine.prompting.prompt import Prompt, PromptPart
from renders.engine.prompting.spoken import Spoken
from renders.engine.prompting.tokens import tokens_count

DIALECTS: dict[str, str] = {"clip": "SDXL, tags", "prose": "Gemini and FLUX, sentences"}
"""Dialects people can look at, and who is spoken to in them."""
STATES: dict[str, str] = {
    "first": "first text",
    "second": "second text",
    "both": "both texts",
    "cut": "cut short",
    "dropped": "left out",
}
LETTERS_A_LINE = 84
LABELS: dict[str, str] = {
    "subject": "Subject", "action": "What happens", "prop": "Prop", "frame": "Frame", "place": "Place",
    "light": "Light of the scene", "light_key": "Key light", "light_fill": "Fill light",
    "light_rim": "Rim light", "light_background": "Background light", "light_mood": "Mood of the light",
    "light_style": "Light of the look", "iso": "Film speed", "shutter_speed": "Shutter",
    "style": "Visual style", "grading": "Colour in words", "film_stock": "Film stock",
    "human_skin": "Skin and face", "human_symmetry": "Facial symmetry", "human_eyes": "Eyes",
    "human_proportions": "Hands and body", "quality": "Kind of picture",
}  # fmt: skip
NEGATIVE_LABELS: dict[str, str] = {
    "every": "Every picture", "person": "One person", "hands": "Hands in sight",
    "people": "Several people", "place": "A place", "object": "An object", "style": "Kind of picture",
}  # fmt: skip
SOURCES: dict[str, str] = {
    "brief": "the brief",
    "cast": "the cast",
    "bible": "the look",
    "rejections": "learnt from rejections",
    "options:tightness": "asked tighter",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One part to look at. `built` are the words without edits, empty for an added part.

    `state` is where the words stand in the dialect looked at: in every text, in the first, the second, cut, or dropped;
    `is_removed` a part taken out by hand; `is_look` one that says how, not what.
    """

    group: str
    name: str
    label: str
    words: str
    built: str
    source: str
    source_note: str
    tokens: int
    state: str
    is_edited: bool
    is_removed: bool
    is_added: bool
    is_look: bool

    @property
    def field(self) -> str:
        """Return the row's name in a form."""
        return f"{self.group}.{self.name}"

    @property
    def said(self) -> str:
        """Return the state in words."""
        return STATES.get(self.state, "")

    @property
    def lines(self) -> int:
        """Return how many lines the words take, about."""
        return max(1, -(-len(self.words) // LETTERS_A_LINE))


@dataclass(frozen=True, slots=True)
class PromptSheet:
    """The whole prompt of a shot. `seen` is the hash of what was looked at, for edits."""

    prompt: Prompt
    rows: tuple[Row, ...]
    negative_rows: tuple[Row, ...]
    spoken: dict[str, Spoken]
    dialect: str
    seen: str

    @property
    def by_hand(self) -> int:
        """Return how many parts were written, taken out or added by hand."""
        return sum(row.is_edited for row in (*self.rows, *self.negative_rows))


@dataclass(frozen=True, slots=True)
class PromptMade:
    """The prompt a picture was made with: what was sent, and its parts as (label, words, mark, whether left out)."""

    sent: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str, str, bool], ...]


def prompt_made(recipe: Mapping[str, Any]) -> PromptMade | None:
    """Return what a picture's record says of its prompt; None for an engine that read no words."""
    if recipe.get("dialect", "fields") == "fields" or not recipe.get("prompt", {}).get("parts"):
        return None
    asked, prompt = recipe.get("parameters", {}), Prompt.from_document(recipe["prompt"])
    titles = {"prompt": "Sent", "prompt_2": "Second text", "negative": "Not to be shown"}
    told = {str(asked.get(name) or ""): title for name, title in reversed(titles.items())}
    sent = tuple((title, words) for words, title in reversed(told.items()) if words)
    people = {f"person_{one['key']}": str(one["name"]) for one in recipe.get("cast", ())}
    reader = _Reader({}, people, {})
    lost = {
        str(one["part"] if isinstance(one, Mapping) else one) for one in asked.get("dropped", ())
    }
    groups = (("parts", prompt.parts), ("negative", prompt.negative))
    parts = [
        (
            f"Not: {reader.label(group, part.name)}"
            if group == "negative"
            else reader.label(group, part.name),
            part.words,
            "by hand"
            if part.is_edited
            else SOURCES["rejections"]
            if part.source == "rejections"
            else "",
            group == "parts" and part.name in lost,
        )
        for group, own in groups
        for part in own
    ]
    return PromptMade(sent, tuple(parts))


def prompt_seen(shot: Shot, request: ImageRequest) -> str:
    """Return the hash of a shot's prompt as it stands, edits and what they lie over."""
    built = prompt_for(shot, request, edits={})
    return document_hash([built.to_document(), shot.prompt_edits])


def prompt_sheet(
    shot: Shot,
    request: ImageRequest,
    *,
    edits: Mapping[str, Any] | None = None,
    dialect: str = "clip",
) -> PromptSheet:
    """Return a shot's prompt in a dialect, with its stored edits or with others that are only being tried."""
    if dialect not in DIALECTS:
        raise InputError(f"dialect={dialect!r} must be one of {listed(DIALECTS)}")
    over, terms = shot.prompt_edits if edits is None else edits, terms_now()
    built = prompt_for(shot, request, edits={}, terms=terms)
    prompt = prompt_for(shot, request, edits=over, terms=terms)
    # Whoever reads sentences has no field for what must not be shown, and is told it in the last one.
    spoken = {name: speak(prompt, name, takes_negative=name == "clip") for name in DIALECTS}
    people = {f"person_{person.key}": person.name for person in request.cast}
    reader = _Reader(terms, people, _states(spoken[dialect]))
    return PromptSheet(
        prompt=prompt,
        rows=tuple(reader.rows("parts", built.parts, prompt.parts)),
        negative_rows=tuple(reader.rows("negative", built.negative, prompt.negative)),
        spoken=spoken,
        dialect=dialect,
        seen=document_hash([built.to_document(), shot.prompt_edits]),
    )


def _states(said: Spoken) -> dict[str, str]:
    """Return where each part stands: in the first encoder's text, the second's, both, in part, or nowhere."""
    first = set(said.prompt.parts) - {left.name for left in said.prompt.left}
    second: set[str] = set()
    if said.prompt_2 is not None:
        second = set(said.prompt_2.parts) - {left.name for left in said.prompt_2.left}
    lost = {left.name: "cut" if left.kept else "dropped" for left in said.dropped}
    both = dict.fromkeys(first & second, "both") if said.prompt_2 else {}
    alone = dict.fromkeys(first, "first" if said.prompt_2 else "")
    return {**dict.fromkeys(second, "second"), **alone, **both, **lost}


class _Reader:
    """Makes rows of parts."""

    def __init__(self, terms: Terms, people: Mapping[str, str], states: Mapping[str, str]) -> None:
        self.terms = terms
        self.people = people
        self.states = states

    def rows(
        self, group: str, built: Iterable[PromptPart], now: Iterable[PromptPart]
    ) -> Iterable[Row]:
        """Yield every part in order, those taken out by hand at their old place, added ones last."""
        present = {part.name: part for part in now}
        before = {part.name: part for part in built}
        for name, part in before.items():
            yield self._row(group, present.get(name), part)
        for name, part in present.items():
            if name not in before:
                yield self._row(group, part, None)

    def _row(self, group: str, part: PromptPart | None, built: PromptPart | None) -> Row:
        shown = part or built
        assert shown is not None
        source, note = self._source(shown.source)
        return Row(
            group=group,
            name=shown.name,
            label=self.label(group, shown.name),
            words=part.words if part else "",
            built=built.words if built else "",
            source="taken out by hand" if part is None else source,
            source_note=note,
            tokens=tokens_count(part.words) if part else 0,
            state=self.states.get(shown.name, "") if group == "parts" and part else "",
            is_edited=part is None or part.is_edited,
            is_removed=part is None,
            is_added=built is None,
            is_look=shown.rank >= LOOK_RANK,
        )

    def label(self, group: str, name: str) -> str:
        """Return what people call a part."""
        if name in self.people:
            return self.people[name]
        if name.startswith("added_"):
            return "Added"
        own = LABELS if group == "parts" else {**LABELS, **NEGATIVE_LABELS}
        plain = name.removeprefix("element_").removeprefix("lesson_").replace("_", " ")
        return own.get(name, plain.capitalize())

    def _source(self, source: str) -> tuple[str, str]:
        """Return where words come from as people say it, and the source of a table's row."""
        head, _, more = source.partition("; ")
        if head.startswith("table:"):
            table, _, key = head.removeprefix("table:").partition("/")
            term = self.terms.get(table, {}).get(key)
            said = f"{TITLES.get(table, table)}: {term.title if term else key}"
            return (f"{said}; {more}" if more else said), term.source if term else ""
        said = SOURCES.get(head, head)
        return (f"{said}; {more}" if more else said), ""
