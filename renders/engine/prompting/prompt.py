"""Prompt: a picture's request in parts, each with where its words come from. Dialects make one text of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from apexsite.kit.errors import InputError

MOST_PART_LETTERS = 2000


@dataclass(frozen=True, slots=True)
class PromptPart:
    """One part. `rank` is the order of importance, 0 first: what is dropped under a token limit goes from the end.

    `source` says where the words come from (`brief`, `cast`, `bible`, `table:directors/wes_anderson`, `rejections`);
    `is_edited` marks words a person wrote over them.
    """

    name: str
    words: str
    source: str
    rank: int
    weight: float = 1.0
    is_edited: bool = False

    def __post_init__(self) -> None:
        if len(self.words) > MOST_PART_LETTERS:
            raise InputError(
                f"prompt part {self.name} has {len(self.words)} letters; at most {MOST_PART_LETTERS} are taken"
            )
        if not 0.0 <= self.weight <= 2.0:
            raise InputError(f"weight={self.weight} of prompt part {self.name} must be from 0 to 2")


@dataclass(frozen=True, slots=True)
class Prompt:
    """All parts of a picture's prompt, and of what it must not show. Empty for engines that read no words."""

    parts: tuple[PromptPart, ...] = ()
    negative: tuple[PromptPart, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """Return the prompt as plain JSON values."""
        return {
            "parts": [asdict(part) for part in self.parts],
            "negative": [asdict(part) for part in self.negative],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Prompt:
        """Return the prompt of a document made by `to_document`; an empty one has no parts."""
        return cls(
            tuple(PromptPart(**part) for part in document.get("parts", ())),
            tuple(PromptPart(**part) for part in document.get("negative", ())),
        )
