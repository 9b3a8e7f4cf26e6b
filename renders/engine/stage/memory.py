"""What a picture of the stage knows of its scene: who is in it and what happens, so that shots agree with each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from characters.engine.profile import CharacterProfile


@dataclass(frozen=True, slots=True)
class SceneMemory:
    """`people` are everybody of the scene as they come in; `actions` the shots' codes and actions in order."""

    people: tuple[CharacterProfile, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()

    def with_cast(self, cast: Sequence[CharacterProfile]) -> tuple[CharacterProfile, ...]:
        """Return everybody of the scene, and those of a shot whom the scene does not list."""
        known = {person.key for person in self.people}
        return (*self.people, *(person for person in cast if person.key not in known))

    def until(self, code: str, action: str) -> tuple[str, ...]:
        """Return the actions up to a shot; its own stands for all where the scene does not list it."""
        codes = [known for known, _ in self.actions]
        if code not in codes:
            return (action,)
        return tuple(said for _, said in self.actions[: codes.index(code) + 1])

    def to_document(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "people": [person.to_document() for person in self.people],
            "actions": [list(entry) for entry in self.actions],
        }

    @classmethod
    def from_document(
        cls, document: Mapping[str, Any], people: Sequence[CharacterProfile]
    ) -> SceneMemory:
        """Return the memory of a document whose people were read already."""
        return cls(tuple(people), tuple((str(a), str(b)) for a, b in document.get("actions", ())))
