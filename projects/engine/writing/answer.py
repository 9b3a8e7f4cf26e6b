"""A model's answer to a checked script: the JSON found in it, and every fault named by its path."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from projects.engine.script.headings import is_heading
from projects.engine.writing import schema

FENCE = re.compile(r"```(?:json|JSON)?\s*\n(.*?)```", re.DOTALL)
THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Element:
    """An action (`character` empty) or a speech; `manner` is V.O., O.S., a parenthetical or nothing."""

    text: str
    character: str = ""
    manner: str = ""


@dataclass(frozen=True, slots=True)
class WrittenScene:
    """A scene as a writer gave it."""

    heading: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class WrittenScript:
    """A whole script as a writer gave it, checked."""

    title: str
    logline: str
    scenes: tuple[WrittenScene, ...]


class AnswerFaulty(ValueError):
    """An answer is no script; `faults` say where, each beginning with a JSON path."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def script_from_answer(answer: str) -> WrittenScript:
    """Return the script in an answer: bare JSON, JSON in a fence, or JSON among other words.

    Raises `AnswerFaulty` with every fault found, the shape's first.
    """
    document = _document(answer)
    found = _Faults()
    found.keys(document, "$", {"title", "logline", "scenes"})
    title = found.words(document, "$", "title", schema.LONGEST_TITLE)
    logline = found.words(document, "$", "logline", schema.LONGEST_LOGLINE)
    rows = found.rows(document, "$", "scenes", schema.MOST_SCENES)
    scenes = tuple(_scene(row, f"$.scenes[{index}]", found) for index, row in enumerate(rows))
    if found.faults:
        raise AnswerFaulty(found.faults)
    return WrittenScript(title, logline, scenes)


def _document(answer: str) -> dict[str, Any]:
    if len(answer) > schema.LONGEST_ANSWER:
        raise AnswerFaulty(
            [f"$ is {len(answer):,} letters long; at most {schema.LONGEST_ANSWER:,} are read"]
        )
    words = THOUGHT.sub("", answer).strip()
    if not words:
        raise AnswerFaulty(["$ is empty; expected one JSON object"])
    fenced = FENCE.search(words)
    begin, end = words.find("{"), words.rfind("}")
    tries = [words, *([fenced.group(1)] if fenced else []), words[begin : end + 1]]
    fault = ""
    for text in tries:
        try:
            value = json.loads(text)
        except ValueError as err:
            fault = fault or str(err)
        except RecursionError:
            fault = "it is nested too deep"
        else:
            if isinstance(value, dict):
                return value
            fault = f"it is {_kind(value)}"
    raise AnswerFaulty([f"$ is no JSON object: {fault}"])


def _scene(row: Any, path: str, found: _Faults) -> WrittenScene:
    if not found.is_object(row, path):
        return WrittenScene("", ())
    found.keys(row, path, {"heading", "elements"})
    heading = found.words(row, path, "heading", schema.LONGEST_HEADING)
    if heading and not is_heading(heading.upper()):
        found.say(
            f"{path}.heading",
            heading,
            "a heading such as 'INT. KITCHEN - NIGHT', beginning with INT. or EXT.",
        )
    rows = found.rows(row, path, "elements", schema.MOST_ELEMENTS)
    elements = tuple(
        _element(each, f"{path}.elements[{index}]", found) for index, each in enumerate(rows)
    )
    return WrittenScene(heading, elements)


def _element(row: Any, path: str, found: _Faults) -> Element:
    if not found.is_object(row, path):
        return Element("")
    found.keys(row, path, {"type", "text"}, may={"character", "manner"})
    kind = row.get("type")
    if kind not in ("action", "dialogue"):
        found.say(f"{path}.type", kind, "'action' or 'dialogue'")
    is_speech = kind == "dialogue"
    most = schema.LONGEST_SPEECH if is_speech else schema.LONGEST_ACTION
    text = found.words(row, path, "text", most)
    name = found.words(row, path, "character", schema.LONGEST_NAME, may_be_empty=not is_speech)
    manner = found.words(row, path, "manner", schema.LONGEST_NAME, may_be_empty=True)
    if is_speech and name and not any(letter.isalpha() for letter in name):
        found.say(f"{path}.character", name, "a name with letters")
    return Element(text, name if is_speech else "", manner if is_speech else "")


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        type(None): "null",
        bool: "a yes or no",
    }
    return names.get(type(value), "a number")


class _Faults:
    """Reads values and notes what is wrong with each, by path."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def say(self, path: str, value: Any, valid: str) -> None:
        shown = json.dumps(value, ensure_ascii=False)
        self.faults.append(f"{path} is {shown[:80]}; valid: {valid}")

    def is_object(self, value: Any, path: str) -> bool:
        if isinstance(value, dict):
            return True
        self.faults.append(f"{path} is {_kind(value)}; valid: an object")
        return False

    def keys(
        self, row: dict[str, Any], path: str, must: set[str], *, may: set[str] | None = None
    ) -> None:
        unknown = sorted(set(row) - must - (may or set()))
        if unknown:
            known = ", ".join(sorted(must | (may or set())))
            self.faults.append(f"{path} has {', '.join(unknown)[:80]}; valid: only {known}")

    def words(
        self, row: dict[str, Any], path: str, key: str, most: int, *, may_be_empty: bool = False
    ) -> str:
        if key not in row and not may_be_empty:
            self.faults.append(f"{path}.{key} is missing; valid: a string")
            return ""
        value = row.get(key)
        if value is None and may_be_empty:
            return ""
        if not isinstance(value, str):
            self.faults.append(f"{path}.{key} is {_kind(value)}; valid: a string")
            return ""
        words = " ".join(CONTROL.sub(" ", value).split())
        if not words and not may_be_empty:
            self.faults.append(f"{path}.{key} is empty; valid: words")
        if len(words) > most:
            self.faults.append(f"{path}.{key} is {len(words)} letters long; valid: at most {most}")
        return words

    def rows(self, row: dict[str, Any], path: str, key: str, most: int) -> list[Any]:
        value = row.get(key)
        if not isinstance(value, list):
            told = f"is {_kind(value)}" if key in row else "is missing"
            self.faults.append(f"{path}.{key} {told}; valid: a list of 1 to {most}")
            return []
        if not 1 <= len(value) <= most:
            self.faults.append(f"{path}.{key} has {len(value)} entries; valid: 1 to {most}")
            return []
        return value
