"""ImageRequest → Prompt: every part in the order of its importance, who and what before how, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from projects.engine.brief import ShotBrief
from projects.engine.terms import TERMS, Terms
from renders.engine.imaging.base import ImageRequest
from renders.engine.prompting.edits import edited
from renders.engine.prompting.looks import Look, Phrase
from renders.engine.prompting.prompt import MOST_PART_LETTERS, Prompt, PromptPart
from renders.engine.prompting.words import (
    CLOSE,
    PEOPLE,
    cleaned,
    frame_words,
    hands_seen,
    person_words,
    place_words,
    side_of,
    subject_of,
)

LOOK_RANK = 100
"""Rank of the first part that says how, not what: lower ones are who, what happens, frame and place."""
LESSON_RANK = 90
"""What rejections taught stands behind the content and before the look. House choice."""
TIGHTER, TIGHTEST = 0.3, 0.6
HOLDS_TOGETHER = (
    "consistency",
    "palette",
    "style",
    "grading",
    "light_style",
    "film_stock",
    "director",
)
"""How much heavier the look's parts become at full tightness, and which of them most: those all pictures share. House choice."""
DETAILS = (
    "light_fill", "light_rim", "light_background", "light_mood", "iso", "shutter_speed", "leading_lines",
    "depth_of_field", "preset", "grading", "human_skin", "human_symmetry", "human_eyes", "human_proportions", "sharpness",
)  # fmt: skip
"""Parts of the look that go before the others when places are few. House choice: key light, lens, composition, director,
genre, film, quality and palette set a picture apart, these refine it."""
OPENINGS: dict[str, str] = {
    "portrait": "portrait of a human",
    "person": "film still of a human",
    "people": "film still of people",
    "place": "location photograph",
    "object": "close photograph of an object",
}
"""How a photoreal prompt opens, behind its realism's word. Source: portrait: seed S0; others: house choice in its manner."""
ARTISTIC_OPENINGS: dict[str, str] = {
    "portrait": "character illustration",
    "person": "illustration of a character",
    "people": "illustration of people",
    "place": "environment concept art",
    "object": "still life illustration",
}
"""How an artistic prompt opens. House choice: S0 names the style and keeps its words to itself."""


def build_prompt(
    request: ImageRequest,
    *,
    terms: Terms = TERMS,
    lessons: Prompt | None = None,
    edits: Mapping[str, Any] | None = None,
) -> Prompt:
    """Return a picture's prompt in parts.

    `lessons` are parts and negatives that rejections of earlier variants taught; `edits` is what a person wrote over
    the parts (see `edits.py`). `request.options.tightness` makes the look's parts heavier. Same inputs, same prompt.
    """
    look = Look(request.bible, terms)
    lessons = lessons or Prompt()
    content = _parts(_content(request, look), first=0)
    learnt = _learnt(lessons.parts, LESSON_RANK)
    style = _parts(_by_importance(_look(request, look)), first=LOOK_RANK)
    style = [_tighter(part, request.options.tightness) for part in style]
    negative = _parts(_negative(request, look), first=0)
    negative += _learnt(lessons.negative, len(negative))
    return edited(Prompt((*content, *learnt, *style), tuple(negative)), edits or {})


def prompt_of(request: ImageRequest) -> Prompt:
    """Return the request's own prompt, or one built from its fields where it carries none."""
    return request.prompt if request.prompt.parts else build_prompt(request)


def _content(request: ImageRequest, look: Look) -> Iterator[tuple[str, str, str, float]]:
    brief = request.brief
    yield "subject", _opening(brief, look), f"table:templates/{look.style.key}", 1.0
    for index, person in enumerate(request.cast):
        words = person_words(
            person,
            of=side_of(index, len(request.cast)),
            is_speaking=bool(brief.dialogue) and brief.speaker == person.key,
        )
        yield f"person_{person.key}", words, "cast", 1.0
    yield "action", brief.action.strip().rstrip("."), "brief", 1.0
    yield "prop", f"{brief.prop.lower()} in the frame" if brief.prop else "", "brief", 1.0
    yield "frame", frame_words(brief), "brief", 1.0
    yield "place", place_words(brief), "brief", 1.0


def _opening(brief: ShotBrief, look: Look) -> str:
    subject = subject_of(brief)
    kind = "portrait" if subject == "person" and brief.size in CLOSE else subject
    if look.style.key != "photorealistic":
        return ARTISTIC_OPENINGS[kind]
    return f"{look.realism.words.partition(', ')[0]} {OPENINGS[kind]}"


def _look(request: ImageRequest, look: Look) -> Iterator[tuple[str, str, str, float]]:
    brief = request.brief
    yield from _weighed(look.light(brief))
    if request.options.tightness > 0:
        words = "one consistent palette, light and film look in every picture"
        yield "consistency", words, "options:tightness", 1.0
    yield from _weighed(look.camera(brief))
    yield from _weighed(look.composition())
    yield from _weighed(look.style_of())
    if brief.cast:
        is_close, hands = brief.size in CLOSE, hands_seen(brief)
        yield from _weighed(look.human(size=brief.size, has_hands=hands, is_close=is_close))
    yield from _weighed(look.quality())
    yield from _weighed(look.palette())
    yield from look.elements()
    yield from _weighed(look.moods(brief))


def _negative(request: ImageRequest, look: Look) -> Iterator[tuple[str, str, str, float]]:
    brief, rows = request.brief, look.terms["negatives"]
    subject = subject_of(brief)
    keys = ["every", *(["hands"] if hands_seen(brief) else []), subject]
    for key in keys:
        words = rows[key].negative if key in rows else ""
        if key in ("place", "object") and (brief.cast or PEOPLE.search(brief.action)):
            words = ", ".join(word for word in words.split(", ") if word != "people")
        yield key, words, f"table:negatives/{key}", 1.0
    yield "style", look.style.negative, f"table:templates/{look.style.key}", 1.0
    for name, table in (("preset", "presets"), ("director", "directors"), ("genre", "genres"), ("film_stock", "film_stocks")):  # fmt: skip
        term = look.chosen(table, name)
        if term and term.negative:
            yield name, term.negative, f"table:{table}/{term.key}", 1.0


def _learnt(parts: Iterable[PromptPart], rank: int) -> list[PromptPart]:
    """Return lessons as parts of their own, ranked behind each other from `rank`."""
    return [
        replace(part, name=f"lesson_{'_'.join(part.name.lower().split())}", rank=rank + number)
        for number, part in enumerate(parts)
    ]


def _by_importance(
    phrases: Iterable[tuple[str, str, str, float]],
) -> list[tuple[str, str, str, float]]:
    """Return the look with what sets a picture apart first and its details behind, each in their order."""
    found = list(phrases)
    has_key = any(name == "light_key" for name, *_ in found)

    def place(phrase: tuple[str, str, str, float]) -> int:
        name = phrase[0]
        if name == "mood":
            return 3
        if name.startswith("element_"):
            return 2
        return int(name in DETAILS or (name == "light_style" and has_key))

    return sorted(found, key=place)


def _tighter(part: PromptPart, tightness: float) -> PromptPart:
    more = TIGHTEST if part.name in HOLDS_TOGETHER else TIGHTER
    return replace(part, weight=min(2.0, part.weight * (1 + more * tightness)))


def _weighed(phrases: Iterable[Phrase]) -> Iterator[tuple[str, str, str, float]]:
    for name, words, source in phrases:
        yield name, words, source, 1.0


def _parts(phrases: Iterable[tuple[str, str, str, float]], *, first: int) -> list[PromptPart]:
    """Return parts ranked in their order; words too long for one part go on in a further one, so nothing is lost."""
    parts: list[PromptPart] = []
    taken: set[str] = set()
    for name, raw, source, weight in phrases:
        words, removed = cleaned(raw)
        if removed:
            source = f"{source}; {removed} taken out"
        while words:
            end = len(words)
            if end > MOST_PART_LETTERS:
                end = words.rfind(" ", 0, MOST_PART_LETTERS + 1)
                end = end if end > 0 else MOST_PART_LETTERS
            key, number = name, 2
            while key in taken:
                key, number = f"{name}_{number}", number + 1
            taken.add(key)
            parts.append(PromptPart(key, words[:end], source, first + len(parts), weight))
            words = words[end:].strip()
    return parts
