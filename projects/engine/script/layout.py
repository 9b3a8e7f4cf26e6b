"""A script as a page shows it: every line with its kind, the title page apart, and the length of a scene in eighths."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from projects.engine.script.model import Dialogue, Screenplay

LINES_A_PAGE = 55
"""Lines of a screenplay page in 12-point Courier. Source: US trade practice, six lines an inch on nine inches."""

WIDTHS = {"action": 61, "dialogue": 35, "parenthetical": 26, "heading": 61}
"""Letters a line holds, by kind. Source: US trade practice, ten letters an inch between the usual margins."""

KEY = re.compile(r"^(?P<key>[A-Za-z][A-Za-z ]{0,30}):[ \t]*(?P<value>.*)$")
TRANSITION = re.compile(r"^(?:[A-Z .']+TO:|>.*[^<]|(?:CUT|FADE|SMASH CUT|DISSOLVE)[A-Z ]*[.:])$")
NOTE = re.compile(r"^\s*(?:\[\[.*\]\]|=(?!==).*|#.*|/\*.*\*/)\s*$")
MARK = re.compile(r"^[.!@~>](?=\S)|\s*\^$|\s*#[^#]*#\s*$")
EMPHASIS = re.compile(r"(\*{1,3}|_)(?=\S)(.+?)(?<=\S)\1")
TITLE_KEYS = (
    "title",
    "credit",
    "author",
    "authors",
    "source",
    "draft date",
    "contact",
    "copyright",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the text from 1, its kind, its words, and the scene it belongs to (0: none)."""

    number: int
    kind: str
    text: str
    scene: int


@dataclass(slots=True)
class TitlePage:
    """What the first page says: key in small letters → value, in the script's own order."""

    entries: list[tuple[str, str]] = field(default_factory=list)
    last_line: int = 0

    def value(self, key: str) -> str:
        """Return what the page says of a key, or nothing."""
        return next((text for name, text in self.entries if name == key), "")


def title_page(text: str) -> TitlePage:
    """Return the title page of a script; one without `Title:` in its first lines has none."""
    page = TitlePage()
    for number, line in enumerate(text.split("\n"), start=1):
        found = KEY.match(line)
        if found and (page.entries or found["key"].lower() in TITLE_KEYS):
            page.entries.append((found["key"].lower(), _plain(found["value"])))
        elif page.entries and line[:1] in (" ", "\t") and line.strip():
            key, value = page.entries[-1]
            page.entries[-1] = (key, f"{value}\n{_plain(line)}".strip())
        elif line.strip() or page.entries:
            break
        page.last_line = number
    return page if page.entries else TitlePage()


def laid_out(text: str, screenplay: Screenplay) -> list[Line]:
    """Return the lines after the title page with their kinds: heading, action, cue, parenthetical, dialogue, …"""
    kinds, scenes = _kinds(text.split("\n"), screenplay)
    begin = title_page(text).last_line
    lines: list[Line] = []
    for number, words in enumerate(text.split("\n"), start=1):
        if number <= begin:
            continue
        kind = kinds.get(number) or _loose_kind(words)
        if kind == "blank" and (not lines or lines[-1].kind == "blank"):
            continue
        shown = MARK.sub("", words.strip()) if kind != "note" else words.strip().strip("[]/*=# ")
        lines.append(Line(number, kind, _plain(shown), scenes.get(number, 0)))
    return lines


def scene_eighths(lines: list[Line], number: int) -> int:
    """Return the length of a scene in eighths of a page, at least one."""
    tall = sum(_rows(line) for line in lines if line.scene == number)
    return max(1, math.ceil(8 * tall / LINES_A_PAGE))


def eighths_in_words(eighths: int) -> str:
    """Return eighths as breakdowns write them: `3/8 page`, `1 page`, `2 5/8 pages`."""
    whole, part = divmod(eighths, 8)
    number = " ".join(str(p) for p in (whole or "", f"{part}/8" if part else "") if p) or "0"
    return f"{number} page{'s' if eighths > 8 else ''}"


def _kinds(lines: list[str], screenplay: Screenplay) -> tuple[dict[int, str], dict[int, int]]:
    kinds: dict[int, str] = {}
    scenes: dict[int, int] = {}
    for scene in screenplay.scenes:
        scenes.update(dict.fromkeys(range(scene.first_line, scene.last_line + 1), scene.number))
        if scene.heading:
            kinds[scene.first_line] = "heading"
        for element in scene.elements:
            span = range(element.first_line, element.last_line + 1)
            is_speech = isinstance(element, Dialogue)
            for number in span:
                words = lines[number - 1].strip() if number <= len(lines) else ""
                if not words:
                    continue
                kinds[number] = (
                    _speech_kind(words, number, element.first_line) if is_speech else "action"
                )
    return kinds, scenes


def _speech_kind(words: str, number: int, first: int) -> str:
    if number == first:
        return "cue"
    return "parenthetical" if words.startswith("(") and words.endswith(")") else "dialogue"


def _loose_kind(words: str) -> str:
    text = words.strip()
    if not text:
        return "blank"
    if NOTE.match(text):
        return "note"
    return "transition" if TRANSITION.match(text) else "action"


def _plain(text: str) -> str:
    before, after = "", text.strip()
    while before != after:
        before, after = after, EMPHASIS.sub(r"\2", after)
    return after


def _rows(line: Line) -> int:
    if line.kind == "note":
        return 0
    return max(1, math.ceil(len(line.text) / WIDTHS.get(line.kind, WIDTHS["action"])))
