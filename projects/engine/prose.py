"""Words people type into a form: trimmed, bounded, never empty by accident."""

from __future__ import annotations

from apexsite.kit.errors import InputError


def prose(text: str, *, what: str, longest: int, may_be_empty: bool = False) -> str:
    """Return the text without space around it and with plain line ends; raises `InputError` in words."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\x00" in plain:
        raise InputError(f"{what} holds a sign that cannot be kept (a zero byte)")
    if not plain and not may_be_empty:
        raise InputError(f"{what} is empty: write something first")
    if len(plain) > longest:
        raise InputError(f"{what} has {len(plain):,} characters; at most {longest:,} fit")
    return plain
