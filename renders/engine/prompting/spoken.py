"""A prompt as it is sent: texts with their token counts, and what did not fit."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Left:
    """What of a part did not fit: its name, the words kept (none when dropped whole) and those dropped."""

    name: str
    kept: str
    dropped: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text for one reader. `tokens` counts without begin and end, of at most `limit`; 0 is without one.

    `is_estimate` says that the count is not the reader's own; `parts` are the names that stand in it, in order.
    """

    name: str
    text: str
    tokens: int
    limit: int
    parts: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A prompt in one dialect: `prompt` and `negative`, and those of a second encoder where they differ."""

    dialect: str
    prompt: Text
    negative: Text
    prompt_2: Text | None = None

    @property
    def dropped(self) -> tuple[Left, ...]:
        """Return what stands in no text at all, or only in part."""
        if self.prompt_2 is None:
            return self.prompt.left
        first = set(self.prompt.parts) - {left.name for left in self.prompt.left}
        second = set(self.prompt_2.parts) - {left.name for left in self.prompt_2.left}
        every = {left.name: left for left in (*self.prompt.left, *self.prompt_2.left)}
        return tuple(left for name, left in every.items() if name not in first | second)

    def to_document(self) -> dict[str, Any]:
        """Return the texts as plain JSON values."""
        return {**asdict(self), "dropped": [asdict(left) for left in self.dropped]}
