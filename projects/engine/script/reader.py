"""Bytes of a script file to clean text: encodings, byte order marks, line ends; refuses what is no script."""

from __future__ import annotations

import codecs
import re
import unicodedata

from apexsite.kit.errors import InputError

MOST_BYTES = 2 * 1024 * 1024
"""Largest script read. House choice: a 120-page screenplay is about 0.2 MB."""

MOST_CONTROL_SHARE = 0.001
"""Share of control characters above which text is taken for binary. House choice: one slip in a page passes."""

HEADER_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip or Word file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
)
HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|svg|\?xml)\b",
    re.IGNORECASE | re.DOTALL,
)
"""How a web page or a drawing begins, whatever the file is called."""
VALID = "valid: Fountain or plain text in UTF-8, UTF-16 with a byte order mark, or Windows-1252"


def read_script(content: bytes, *, name: str) -> str:
    """Return the text of a script file: no byte order mark, NFC letters, `\\n` line ends.

    Raises `InputError` for more than `MOST_BYTES`, an empty script and anything that is not text.
    """
    label = name or "script"
    if len(content) > MOST_BYTES:
        raise InputError(
            f"{label} is {len(content):,} bytes; at most {MOST_BYTES:,} bytes (2 MB) are read"
        )
    text = unicodedata.normalize("NFC", _decoded(content, label=label))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    text = text.lstrip("\ufeff").replace("\u00a0", " ").replace("\u200b", "")
    _refuse_binary(text, label=label)
    if HTML.match(text[:4000]):
        raise InputError(f"{label} is a web page (HTML), not a script's text; {VALID}")
    if not text.strip():
        raise InputError(f"{label} is empty: {len(content)} bytes without a word; {VALID}")
    return text


def _decoded(content: bytes, *, label: str) -> str:
    for mark, kind in HEADER_MARKS:
        if content.startswith(mark):
            raise InputError(f"{label} is {kind}, not a script's text; {VALID}")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as err:
            raise InputError(
                f"{label} begins as UTF-16 but breaks at byte {err.start}; {VALID}"
            ) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _refuse_binary(text: str, *, label: str) -> None:
    controls = 0
    first = -1
    for index, letter in enumerate(text):
        if letter == "\0" or (letter not in "\n\t" and unicodedata.category(letter) == "Cc"):
            controls += 1
            first = index if first < 0 else first
    has_nul = "\0" in text
    if has_nul or controls > max(1, MOST_CONTROL_SHARE * len(text)):
        line = text.count("\n", 0, first) + 1
        raise InputError(
            f"{label} is not text: {controls} control characters, the first on line {line}; {VALID}"
        )
