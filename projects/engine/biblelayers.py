"""The layers a look is made of, top to bottom: the project's document, the scene's word, the shot's; and who says what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from projects.engine.bible import StyleBible, bible_from
from projects.engine.biblemerge import says, weight_of
from projects.engine.bibleschema import SCHEMA, value_at


@dataclass(frozen=True, slots=True)
class Layer:
    """An override and whose it is: `scene` or `shot`."""

    where: str
    override: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: `default`, `project`, `scene` or `shot`, and how much the word counts there."""

    where: str
    weight: float = 1.0

    @property
    def words(self) -> str:
        """Return it as people read it: `scene, at 0.5`."""
        return self.where if self.weight == 1.0 else f"{self.where}, at {self.weight:g}"


def look_from(document: Mapping[str, Any], layers: Sequence[Layer]) -> StyleBible:
    """Return the look of a document with its layers laid over it in order."""
    return bible_from(document, *(layer.override for layer in layers))


def origins(given: Mapping[str, Any], layers: Sequence[Layer]) -> dict[str, Origin]:
    """Return for every field who had the last word; `given` is the project's document as somebody wrote it."""
    found = {}
    for field in SCHEMA:
        found[field.name] = Origin("default" if value_at(given, field.path) is None else "project")
        for layer in layers:
            if says(layer.override, field):
                found[field.name] = Origin(layer.where, weight_of(layer.override, field))
    return found
