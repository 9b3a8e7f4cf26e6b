"""Plain text to a Screenplay: headings where a line looks like one, `NAME: line` as speech, prose as action."""

from __future__ import annotations

import re
from dataclasses import dataclass

from projects.engine.script.assembly import SceneBuilder
from projects.engine.script.comments import Uncommented, without_comments
from projects.engine.script.headings import is_heading
from projects.engine.script.model import Screenplay

PARAGRAPHS_PER_SCENE = 4
"""Prose without headings becomes one scene per this many paragraphs. House choice."""

MOST_HEADING_WORDS = 8
SPEECH = re.compile(
    r"^(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3})\s*(?:\((?P<extension>[^)]{1,24})\))?\s*:\s+(?P<text>\S.*)$"
)
HEADING_WORDS = re.compile(r"^(?:scene|chapter|act|part)\s+(?:\d+|[ivxl]+|one|two|three)\b", re.I)
TRANSITION = re.compile(
    r"^(?:FADE (?:IN|OUT|TO BLACK)|(?:SMASH |HARD )?CUT TO.{0,20}|DISSOLVE TO)[.:]?$"
)
MOST_CUE_WORDS = 4
TITLE = re.compile(r"^title\s*:\s*(?P<title>\S.*)$", re.I)
NOT_NAMES = frozenset({"note", "title", "author", "credit", "source", "scene", "time", "place"})


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def first_line(self) -> int:
        return self.numbers[0]

    def rest(self) -> _Paragraph:
        return _Paragraph(self.lines[1:], self.numbers[1:])


def parse_plain_text(text: str, *, name: str) -> Screenplay:
    """Return the screenplay of prose or loose script text; a text without action has no scenes.

    Raises `InputError` for a note `[[` or boneyard `/*` that never closes: they are no action here either.
    """
    paragraphs = _paragraphs(without_comments(text, name=name))
    title, paragraphs = _title(paragraphs, name=name)
    builder = SceneBuilder()
    has_headings = any(_is_heading(paragraph) for paragraph in paragraphs)
    count = 0
    for paragraph in paragraphs:
        if len(paragraph.lines) == 1 and TRANSITION.match(paragraph.lines[0]):
            builder.transition(paragraph.lines[0])
            continue
        if _is_heading(paragraph):
            builder.heading(_heading_text(paragraph.lines[0]), line=paragraph.first_line)
            if len(paragraph.lines) > 1:
                _body(builder, paragraph.rest())
            continue
        is_speech = SPEECH.match(paragraph.lines[0]) is not None
        if not has_headings and not is_speech:
            if count and count % PARAGRAPHS_PER_SCENE == 0:
                builder.heading("", line=paragraph.first_line)
            count += 1
        _body(builder, paragraph)
    return Screenplay(title, builder.scenes(last_line=text.rstrip("\n").count("\n") + 1))


def _paragraphs(clean: Uncommented) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    lines: list[tuple[str, int]] = []
    for line, number in zip([*clean.text.split("\n"), ""], [*clean.line_numbers, 0], strict=True):
        if line.strip():
            lines.append((line.strip(), number))
        elif lines:
            found.append(_Paragraph(tuple(t for t, _ in lines), tuple(n for _, n in lines)))
            lines = []
    return found


def _title(paragraphs: list[_Paragraph], *, name: str) -> tuple[str, list[_Paragraph]]:
    found = TITLE.match(paragraphs[0].lines[0]) if paragraphs else None
    if found:
        rest = paragraphs[0].rest()
        return found["title"], ([rest] if rest.lines else []) + paragraphs[1:]
    stem = re.sub(r"\.\w{1,8}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    words = re.sub(r"[_\s-]+", " ", stem).strip()
    return (words[:1].upper() + words[1:]) or "Untitled", paragraphs


def _is_heading(paragraph: _Paragraph) -> bool:
    line = paragraph.lines[0]
    if is_heading(line) or HEADING_WORDS.match(line):
        return True
    words = line.split()
    looks_bare = len(paragraph.lines) == 1 and 1 < len(words) <= MOST_HEADING_WORDS
    return looks_bare and line.isupper() and ":" not in line and not line.endswith((".", "!", "?"))


def _heading_text(line: str) -> str:
    return HEADING_WORDS.sub("", line).strip(" .:-–—") or line if not is_heading(line) else line


def _body(builder: SceneBuilder, paragraph: _Paragraph) -> None:
    if _is_cue_block(paragraph):
        builder.cue(paragraph.lines[0], extension="", line=paragraph.first_line)
        for line, number in zip(paragraph.lines[1:], paragraph.numbers[1:], strict=True):
            if line.startswith("(") and line.endswith(")"):
                builder.parenthetical(line, line=number)
            else:
                builder.speech(line, last_line=number)
        return
    prose: list[str] = []
    start = previous = paragraph.first_line
    for line, number in zip(paragraph.lines, paragraph.numbers, strict=True):
        found = SPEECH.match(line)
        if found and _is_name(found["name"]):
            if prose:
                builder.action("\n".join(prose), first_line=start, last_line=previous)
                prose = []
            _speak(builder, found, number)
        else:
            start = start if prose else number
            prose.append(line)
        previous = number
    if prose:
        builder.action("\n".join(prose), first_line=start, last_line=previous)


def _is_cue_block(paragraph: _Paragraph) -> bool:
    cue = paragraph.lines[0]
    return (
        len(paragraph.lines) > 1
        and cue.isupper()
        and len(cue.split()) <= MOST_CUE_WORDS
        and not cue.endswith((".", "!", "?", ":"))
    )


def _is_name(name: str) -> bool:
    words = name.split()
    return all(word[:1].isupper() for word in words) and words[0].lower() not in NOT_NAMES


def _speak(builder: SceneBuilder, found: re.Match[str], line: int) -> None:
    builder.cue(found["name"], extension=found["extension"] or "", line=line)
    text = found["text"].strip()
    direction = re.match(r"^\(([^)]*)\)\s*", text)
    if direction:
        builder.parenthetical(direction[1], line=line)
        text = text[direction.end() :]
    builder.speech(text.strip('“”"').strip(), last_line=line)
