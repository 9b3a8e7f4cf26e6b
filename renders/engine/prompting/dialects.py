"""Prompt → the text an engine is sent: tags under CLIP's limit, or sentences; and what did not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from apexsite.kit.errors import InputError, listed
from renders.engine.prompting.prompt import Prompt, PromptPart
from renders.engine.prompting.sentences import LOOK_FROM, PROSE_LIMIT, prose
from renders.engine.prompting.spoken import Left, Spoken, Text
from renders.engine.prompting.tokens import WORDS_AT_MOST, tokens_count

SPOKEN: tuple[str, ...] = ("clip", "prose", "fields")
FEWEST_WORDS = 3
"""Words left of a cut part that still say something. House choice."""
SHARED = ("subject", "frame")
"""Parts that open the second encoder's text too, so that its pooled vector knows what is shown. House choice."""


def speak(
    prompt: Prompt,
    dialect: str,
    *,
    encoders: int = 2,
    takes_negative: bool = True,
    limit: int = PROSE_LIMIT,
) -> Spoken:
    """Return a prompt in a dialect.

    `encoders` is 2 for SDXL, 1 for models with one CLIP alone; `takes_negative` is False for engines without a field for
    what must not be shown: prose then says it in a last sentence, tags leave it out. `limit` is prose's, in T5 pieces;
    0 is without one.
    """
    if dialect not in SPOKEN:
        raise InputError(f"dialect={dialect!r} must be one of {listed(SPOKEN)}")
    if dialect == "fields":
        return Spoken("fields", Text("prompt", "", 0, 0), Text("negative", "", 0, 0))
    if dialect == "prose":
        return prose(prompt, takes_negative=takes_negative, limit=limit)
    return _clip(prompt, encoders, takes_negative)


def _clip(prompt: Prompt, encoders: int, takes_negative: bool) -> Spoken:
    """Return tags; a second encoder carries what the first could not hold, what is heavier than usual before it."""
    parts = sorted(prompt.parts, key=lambda part: part.rank)
    negative = _fitted("negative", prompt.negative if takes_negative else ())
    whole = _fitted("prompt", parts)
    if encoders == 1 or not whole.left:
        return Spoken("clip", whole, negative)
    lacking = {left.name: left for left in whole.left}
    shared = [part for part in parts if part.name in SHARED and part.name not in lacking]
    rest = [
        part for part in parts if part not in shared and (part.name in lacking or part.weight > 1)
    ]
    rest = [_rest_of(part, lacking.get(part.name)) for part in rest]
    rest.sort(key=lambda part: (-max(1.0, part.weight), part.rank))
    return Spoken("clip", whole, negative, _fitted("prompt_2", [*shared, *rest]))


def _rest_of(part: PromptPart, left: Left | None) -> PromptPart:
    """Return what the first text could not hold of a part: of a person, their name and the rest."""
    if left is None or not left.kept:
        return part
    who = f"{part.words.partition(', ')[0]}, " if part.name.startswith("person_") else ""
    return replace(part, words=f"{who}{left.dropped}")


def _fitted(name: str, parts: Iterable[PromptPart]) -> Text:
    """Return tags in the order given: the last that fits only in part is cut at a word, those behind it are dropped."""
    kept: list[str] = []
    names: list[str] = []
    left: list[Left] = []
    for part in parts:
        if left:
            left.append(Left(part.name, "", part.words))
            continue
        fresh = part.words if part.rank < LOOK_FROM and name != "negative" else _unsaid(part, kept)
        words = fresh if _count([*kept, fresh]) <= WORDS_AT_MOST else _cut(kept, fresh)
        if words != fresh:
            left.append(Left(part.name, words, fresh[len(words) :].strip(" ,")))
        if words:
            kept.append(words)
        if words or not fresh:
            names.append(part.name)
    return Text(name, ", ".join(kept), _count(kept), WORDS_AT_MOST, tuple(names), tuple(left))


def _unsaid(part: PromptPart, kept: Sequence[str]) -> str:
    """Return a part of the look without phrases another part brought already: twice said costs places."""
    said = {phrase.casefold() for words in kept for phrase in words.split(", ")}
    return ", ".join(phrase for phrase in part.words.split(", ") if phrase.casefold() not in said)


def _count(parts: Sequence[str]) -> int:
    return tokens_count(", ".join(parts))


def _cut(before: Sequence[str], words: str) -> str:
    """Return as much of the last part as fits: whole phrases, else whole words where three are left of them."""
    pieces = words.split(" ")
    least, most = 0, len(pieces)
    while least < most:
        middle = (least + most + 1) // 2
        fits = _count([*before, " ".join(pieces[:middle])]) <= WORDS_AT_MOST
        least, most = (middle, most) if fits else (least, middle - 1)
    kept = " ".join(pieces[:least])
    if kept and not kept.endswith(","):
        phrases = kept.rpartition(", ")[0]
        kept = phrases or (kept if least >= FEWEST_WORDS else "")
    return kept.rstrip(" ,;")
