"""A checked script to Fountain text. Words stay words: no mark of Fountain's gets in through them."""

from __future__ import annotations

import re

from projects.engine.script.headings import is_heading
from projects.engine.writing.answer import Element, WrittenScript

MARKS = str.maketrans(dict.fromkeys("*_~^<>\\", " ") | {"[": "(", "]": ")"})
VOICES = {"V.O.": "V.O.", "VO": "V.O.", "O.S.": "O.S.", "OS": "O.S.", "O.C.": "O.C."}
TRANSITION = re.compile(r"(?i)(\bto:|^fade (in|out)\b.*)$")
FORCED = re.compile(r"^(?:[!@#=\s]|\.(?=\w))+")
CUE = re.compile(r"[^\w .'’-]")


def fountain_of(script: WrittenScript, *, credit: str, note: str) -> str:
    """Return a script as Fountain; `credit` is who wrote it, `note` what it was written from, both on the title page.

    Scene and element counts of the text, read again, are those of the script.
    """
    page = f"Title: {plain(script.title)}\nCredit: {plain(credit)}\nNotes: {plain(note)}"
    blocks = [page, f"[[ {plain(credit)}. {plain(script.logline)} ]]"]
    for scene in script.scenes:
        blocks.append(_heading(scene.heading))
        blocks += [_block(element) for element in scene.elements]
    return "\n\n".join(blocks) + "\n"


def plain(words: str) -> str:
    """Return words on one line without Fountain's marks; square brackets become round ones."""
    words = words.translate(MARKS).replace("/*", " ").replace("*/", " ")
    return " ".join(words.split())


def cue_of(name: str) -> str:
    """Return a speaker's name as a cue: capitals, no brackets, forced where it could be read as something else."""
    cue = " ".join(
        CUE.sub(" ", re.sub(r"\(.*?\)", " ", plain(name))).replace("_", " ").split()
    ).upper()
    is_plain = cue.isupper() and cue[0].isalpha() and not is_heading(cue)
    return cue if is_plain else f"@{cue}"


def _heading(words: str) -> str:
    heading = plain(words).upper()
    return re.sub(r"\s+[–—]\s+", " - ", heading)


def _block(element: Element) -> str:
    words = plain(element.text)
    if not element.character:
        # Read as action whatever the words are: a heading, a transition, a name in capitals.
        risky = (
            is_heading(words)
            or words.isupper()
            or words[:1] in ".(-!@#="
            or TRANSITION.search(words)
        )
        return f"!{words}" if risky else words
    manner = plain(element.manner).strip("() ")
    voice = VOICES.get(manner.upper(), "")
    lines = [cue_of(element.character) + (f" ({voice})" if voice else "")]
    if manner and not voice:
        lines.append(f"({manner.replace('(', ' ').replace(')', ' ').lower()})")
    words = FORCED.sub("", words) or "…"
    if words.startswith("(") and words.endswith(")"):
        words = words.strip("() ") or "…"
    return "\n".join([*lines, words])
