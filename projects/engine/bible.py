"""StyleBible: the look of a production as a versioned document. Reads the seed's `style_bible.json` as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apexsite.kit.documents import Document, document_hash, schema_label, upgrade_document
from projects.engine.biblefaults import require_sound
from projects.engine.biblemerge import merge_documents, merge_weighted
from projects.engine.bibleschema import SINCE_FIRST, defaults
from projects.engine.terms import TERMS, term_of

VERSION = 1

DEFAULTS: Document = {"schema": schema_label("bible", VERSION), **defaults()}
"""What a bible says where it says nothing. Source: seed S1, "Style Bible"; grade defaults are the identity."""


@dataclass(frozen=True, slots=True)
class StyleBible:
    """A checked, complete bible document. Build it with `bible_from`."""

    document: Document

    @property
    def palette(self) -> tuple[str, ...]:
        """Return the primary colours as `#RRGGBB`."""
        return tuple(self.document["color_palette"]["primary_colors"])

    @property
    def lenses(self) -> tuple[str, ...]:
        """Return the preferred lenses as words such as `35mm`."""
        return tuple(self.document["camera_profile"]["preferred_lenses"])

    @property
    def composition_rule(self) -> str:
        """Return `thirds`, `symmetry` or `centred`: the look's own, else its director's, else thirds."""
        rule = str(self.document["composition"].get("rule") or "")
        director = term_of(TERMS, "directors", self.document.get("director", ""))
        return (
            rule or str(director.asks.get("composition_rule", "") if director else "") or "thirds"
        )

    @property
    def grade(self) -> Mapping[str, float]:
        """Return the primary grade: stops, percents, kelvin (5600 is neutral), tint, gamma."""
        grade: Mapping[str, float] = self.document["grade"]
        return grade

    @property
    def mood(self) -> str:
        """Return the mood in words, or nothing."""
        return str(self.document["mood"])

    @property
    def elements(self) -> tuple[Mapping[str, Any], ...]:
        """Return the named elements of the look: name, value, and weight from 0 to 1."""
        return tuple(self.document["elements"])

    @property
    def bible_hash(self) -> str:
        """Return the hash that changes when anything of the look changes; what colours are called is no look.

        Fields of later schemas count once they say something: a look published before them keeps its hash.
        """
        told = {
            key: value
            for key, value in self.document.items()
            if key not in SINCE_FIRST or value != DEFAULTS[key]
        }
        palette = self.document["color_palette"]
        if "names" in palette:
            told["color_palette"] = {k: v for k, v in palette.items() if k != "names"}
        if not told["composition"]["rule"] and not self.document["director"]:
            told["composition"] = {**told["composition"], "rule": "thirds"}
        return document_hash(told)


def bible_from(document: Mapping[str, Any], *overrides: Mapping[str, Any]) -> StyleBible:
    """Return the bible of a document and its overrides by their weights, project → scene → shot.

    A document without a schema label is read as the seed's. Raises `InputError` naming every field that is wrong by its
    JSON path, and what would be valid there.
    """
    require_sound(document)
    labelled = {"schema": schema_label("bible", VERSION), **document}
    upgraded = upgrade_document(labelled, kind="bible", version=VERSION, upgrades={})
    merged = merge_documents(DEFAULTS, upgraded)
    for override in overrides:
        require_sound(override, override=True)
        merged = merge_weighted(merged, override)
    return StyleBible(merged)
