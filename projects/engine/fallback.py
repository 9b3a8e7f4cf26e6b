"""Fallback: what a production lets happen when the engine it asked does not draw."""

from __future__ import annotations

from enum import StrEnum


class Fallback(StrEnum):
    """How far a picture may go from the engine that was asked. A refusal of its content goes nowhere, ever."""

    NONE = "none"
    HOUSE = "house"
    ANY = "any"


FALLBACK_WORDS: dict[Fallback, str] = {
    Fallback.NONE: "Nobody else draws it",
    Fallback.HOUSE: "An engine on this machine draws it",
    Fallback.ANY: "The next engine draws it, a paid one too",
}
