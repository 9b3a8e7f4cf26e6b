"""How long work says how far it is, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a long engine call reports to. `advance` raises `Cancelled` when somebody asked to stop."""

    def advance(self, done: int, total: int, message: str = "") -> None:
        """Tell that `done` of `total` steps are finished; call at least once per step."""


class NullProgress:
    """Listens to nothing and never cancels."""

    def advance(self, done: int, total: int, message: str = "") -> None:
        """Ignore the report."""
