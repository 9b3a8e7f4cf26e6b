"""Who writes a script: the rounds with an endpoint (ask, check, one repair), and the record of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from apexsite.kit.errors import BackendError
from projects.engine.outline import CREDIT, outline_of
from projects.engine.writing.answer import AnswerFaulty, WrittenScript, script_from_answer
from projects.engine.writing.fountain import fountain_of, plain
from projects.engine.writing.prompt import Message, prompt_for, repair_for
from projects.engine.writing.style import WritingStyle
from projects.engine.writing.wish import LANGUAGES, ScriptWish

ENDPOINT, OUTLINE = "endpoint", "outline"
Tell = Callable[[str], None]
"""Called with words on how far it is; may raise `Cancelled` to stop."""


class AnswerUnusable(BackendError):
    """The model answered twice, and neither answer was a script; `facts["faults"]` lists the second's by JSON path."""

    fault = "garbage"
    permanent = True


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model said: its words, which model it says it is, in which mode it was asked, and what it counted."""

    words: str
    model: str
    mode: str
    tokens_in: int | None = None
    tokens_out: int | None = None
    seconds: float = 0.0

    def to_document(self) -> dict[str, Any]:
        """Return the facts without the words."""
        return {
            "model": self.model, "mode": self.mode, "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out, "seconds": round(self.seconds, 3),
        }  # fmt: skip


class Model(Protocol):
    """A language model that can be asked."""

    def complete(
        self, talk: Sequence[Message], *, schema: dict[str, Any], tell: Tell
    ) -> Completion:
        """Return what it says; raises `BackendError` by the class of the fault."""


@dataclass(frozen=True, slots=True)
class Authored:
    """A finished draft. `rounds` are what was asked of the model and what came of it, in order."""

    text: str
    title: str
    logline: str
    writer: str
    credit: str
    model: str = ""
    rounds: tuple[dict[str, Any], ...] = ()


def author_by_model(
    wish: ScriptWish, *, style: WritingStyle, model: Model, schema: dict[str, Any], tell: Tell
) -> Authored:
    """Have a model write the script; an answer that is none is sent back once, with what is wrong where.

    Raises `AnswerUnusable` when the second is none either, and what the model raises.
    """
    talk = prompt_for(wish, style=style)
    rounds: list[dict[str, Any]] = []
    for is_last in (False, True):
        said = model.complete(talk, schema=schema, tell=tell)
        try:
            script = script_from_answer(said.words)
        except AnswerFaulty as err:
            rounds.append({**said.to_document(), "faults": err.faults[:40]})
            if is_last:
                raise AnswerUnusable(
                    f"{said.model} answered twice and neither is a script; the second is wrong here: "
                    + "; ".join(err.faults[:5]),
                    faults=err.faults[:40],
                    rounds=rounds,
                ) from err
            tell("asking again: the answer was wrong in places")
            talk = repair_for(talk, answer=said.words[:ANSWER_KEPT], faults=err.faults)
        else:
            rounds.append({**said.to_document(), "faults": []})
            return _by_model(script, wish, style, said.model, tuple(rounds))
    raise AssertionError("unreachable")


ANSWER_KEPT = 60_000
"""Most characters of a faulty answer that are sent back. House choice: a talk must stay within small contexts."""


def author_by_outline(wish: ScriptWish, *, style: WritingStyle, instead_of: str = "") -> Authored:
    """Have the offline outline writer write it, in English, from the style's tables; it says so in its credit.

    `instead_of` names who was asked first and why they did not write it: it goes onto the title page.
    """
    text, title = outline_of(wish, style=style.outline, style_title=style.title)
    if instead_of:
        page, rest = text.split("\n\n", 1)
        text = f"{page}; written instead of {plain(instead_of)}\n\n{rest}"
    return Authored(
        text=text,
        title=title,
        logline=f"{style.title} on {wish.topic}.",
        writer=OUTLINE,
        credit=CREDIT,
    )


def _by_model(
    script: WrittenScript,
    wish: ScriptWish,
    style: WritingStyle,
    model: str,
    rounds: tuple[dict[str, Any], ...],
) -> Authored:
    credit = f"Written by the language model {model}"
    note = f"{style.title}, in {LANGUAGES[wish.language]}, from the topic: {wish.topic}"
    return Authored(
        text=fountain_of(script, credit=credit, note=note),
        title=script.title,
        logline=script.logline,
        writer=ENDPOINT,
        credit=credit,
        model=model,
        rounds=rounds,
    )
