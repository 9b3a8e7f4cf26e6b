"""Run as `python -m projects.engine.script.fountain_child`: Fountain text in as JSON, elements out as JSON.

A process of its own, because a hostile text can keep the parser busy for minutes and a thread cannot be stopped.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from typing import Any

LAST_BMP = 0xFFFF


def capital_letters() -> str:
    """Return every upper-case or title-case letter of Unicode's first plane beyond ASCII.

    Source: Unicode general categories Lu and Lt. Scripts without case need the forced cue `@`.
    """
    wanted = ("Lu", "Lt")
    return "".join(
        chr(code) for code in range(0x80, LAST_BMP) if unicodedata.category(chr(code)) in wanted
    )


def parser_with_unicode_cues() -> Any:
    """Return a fountain-py parser whose cue patterns take É, Å, Ž and every other capital as a capital."""
    from fountain.parser import FountainParser

    capitals = "A-Z" + capital_letters()
    letters = rf"[{capitals}0-9\s_.'’#&/-]"
    name = rf"(?={letters}*[{capitals}])[{capitals}0-9]{letters}*"
    cues = {
        "CHARACTER_PATTERN": re.compile(rf"^{name}$"),
        "DUAL_CHARACTER_PATTERN": re.compile(rf"^{name}\^+\s*$"),
        "CHARACTER_EXTENSION_PATTERN": re.compile(
            rf"^(?={letters}*[{capitals}])([{capitals}0-9]{letters}*)\s*\((.+)\)\s*(\^+)?\s*$"
        ),
        "TRANSITION_PATTERN": re.compile(
            rf"^[{capitals}\s.'/-]+TO:$|^FADE IN:$|^FADE (?:OUT|TO BLACK)[.:]?$|^(?:SMASH |HARD )?CUT TO(?: BLACK\.?|:)$"
        ),
    }
    return type("UnicodeCueParser", (FountainParser,), cues)()


def elements_of(text: str) -> dict[str, Any]:
    """Return `{"metadata": {...}, "elements": [...]}` of a Fountain text."""
    document = parser_with_unicode_cues().parse(text).to_dict()
    return {"metadata": document["metadata"], "elements": document["elements"]}


def main() -> None:
    """Read `{"text": …}` from standard input and write the elements to standard output."""
    request = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(elements_of(request["text"])).encode("utf-8"))


if __name__ == "__main__":
    main()
