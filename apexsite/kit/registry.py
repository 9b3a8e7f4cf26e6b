"""A dict one can read, filled explicitly in a package front; an unknown name answers with the known ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from apexsite.kit.errors import InputError, NotAvailable, listed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether an engine can run here. When not: why, and the command that gets it."""

    is_available: bool
    reason: str = ""
    remedy: str = ""

    @property
    def lacking(self) -> str:
        """Return what is missing and how to get it, in words."""
        return f"{self.reason}; get it with: {self.remedy}"

    def require(self) -> None:
        """Raise `NotAvailable` unless it can run here."""
        if not self.is_available:
            raise NotAvailable(self.lacking)


class Registry(Generic[T]):
    """Named entries of one kind, in the order they were added."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def add(self, name: str, entry: T) -> None:
        """Add an entry; a name is taken once."""
        if name in self._entries:
            raise ValueError(f"{self.kind} {name!r} is registered already")
        self._entries[name] = entry

    def get(self, name: str) -> T:
        """Return the entry, or raise `InputError` that lists the valid names."""
        try:
            return self._entries[name]
        except KeyError:
            raise InputError(
                f"{self.kind}={name!r} is not known; valid: {listed(self._entries)}"
            ) from None

    def names(self) -> tuple[str, ...]:
        """Return all names in the order of registration."""
        return tuple(self._entries)

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return iter(self._entries.items())

    def __contains__(self, name: object) -> bool:
        return name in self._entries
