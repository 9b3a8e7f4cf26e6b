"""Notes `[[…]]` and boneyards `/*…*/` out of a Fountain text in one pass, with a map back to the true line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apexsite.kit.errors import InputError

OPENERS = re.compile(r"\[\[|/\*")


@dataclass(frozen=True, slots=True)
class Uncommented:
    """Text without comments; `line_numbers[i]` is the script's line number of the text's line i (both from 0/1)."""

    text: str
    line_numbers: tuple[int, ...]

    def true_line(self, line: int) -> int:
        """Return the script's line number of a line of the text, both from 1; outside lines go to the nearest."""
        if not self.line_numbers:
            return 1
        return self.line_numbers[min(max(line, 1), len(self.line_numbers)) - 1]


def without_comments(text: str, *, name: str) -> Uncommented:
    """Return the text less its notes and boneyards. A line that held nothing else goes too, so that speech around it holds.

    Raises `InputError` with the line when one is never closed, or a note opens inside another. Linear in the text's length.
    """
    kept: list[str] = []
    position = 0
    while found := OPENERS.search(text, position):
        opener = found[0]
        closer = "]]" if opener == "[[" else "*/"
        end = text.find(closer, found.end())
        again = text.find(opener, found.end(), end if end >= 0 else None) if opener == "[[" else -1
        if end < 0 or again >= 0:
            line = text.count("\n", 0, found.start()) + 1
            what = "note [[" if opener == "[[" else "boneyard /*"
            raise InputError(
                f"{name or 'script'}: the {what} opened on line {line} is never closed; close it with {closer}"
            )
        kept.append(text[position : found.start()])
        # A mark per comment line keeps the count of lines; lines made of marks alone are dropped below.
        kept.append("\0" + "\n\0" * text.count("\n", found.start(), end))
        position = end + len(closer)
    kept.append(text[position:])
    return _collapsed("".join(kept))


def _collapsed(marked: str) -> Uncommented:
    lines: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(marked.split("\n"), start=1):
        if "\0" in line:
            line = re.sub(r"[ \t]+\0+[ \t]+", " ", line).replace("\0", "").rstrip()
            if not line.strip():
                continue
        lines.append(line)
        numbers.append(number)
    return Uncommented("\n".join(lines), tuple(numbers))
