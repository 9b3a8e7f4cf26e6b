"""StyleBible: the look of a production as a versioned document. Reads the seed's `style_bible.json` as it stands."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apexsite.kit.documents import Document, document_hash, schema_label, upgrade_document
from apexsite.kit.errors import InputError

VERSION = 1
HEX_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

DEFAULTS: Document = {
    "schema": schema_label("bible", VERSION),
    "project_name": "",
    "overall_style": {
        "visual_style": "cinematic realism",
        "color_grading": "natural with subtle warmth",
        "lighting_style": "three-point lighting with practical accents",
    },
    "color_palette": {
        "primary_colors": ["#2C3E50", "#ECF0F1", "#E74C3C"],
        "skin_tones": ["#FDBCB4", "#F1C27D", "#E0AC69"],
    },
    "camera_profile": {
        "preferred_lenses": ["24mm", "35mm", "50mm", "85mm", "135mm"],
        "aperture_range": "f/2.8 to f/5.6",
    },
    "genre": "",
    "mood": "",
    "composition": {"rule": "thirds"},
    "grade": {
        "exposure_stops": 0.0,
        "contrast_percent": 0.0,
        "brightness_percent": 0.0,
        "saturation_percent": 0.0,
        "temperature_kelvin": 5600.0,
        "tint": 0.0,
        "gamma": 1.0,
    },
    "film_grain": 0.0,
}
"""What a bible says where it says nothing. Source: seed S1, "Style Bible"; grade defaults are the identity."""

MOST_LETTERS = 2000
COMPOSITION_RULES = ("thirds", "symmetry", "centred")


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
        """Return `thirds`, `symmetry` or `centred`."""
        return str(self.document["composition"]["rule"])

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
    def bible_hash(self) -> str:
        """Return the hash that changes when anything of the look changes; what colours are called is no look."""
        palette = self.document["color_palette"]
        if "names" not in palette:
            return document_hash(self.document)
        unnamed = {key: value for key, value in palette.items() if key != "names"}
        return document_hash({**self.document, "color_palette": unnamed})


def merge_documents(base: Mapping[str, Any], override: Mapping[str, Any]) -> Document:
    """Return `base` with every value of `override` laid over it; objects merge, lists and values replace."""
    merged = copy.deepcopy(dict(base))
    for key, value in override.items():
        if isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = merge_documents(merged[key], value)
        else:
            merged[key] = copy.deepcopy(value)
    return merged


def bible_from(document: Mapping[str, Any], *overrides: Mapping[str, Any]) -> StyleBible:
    """Return the bible of a document and its overrides, project → scene → shot.

    A document without a schema label is read as the seed's. Raises `InputError` naming the field that is wrong.
    """
    labelled = {"schema": schema_label("bible", VERSION), **document}
    upgraded = upgrade_document(labelled, kind="bible", version=VERSION, upgrades={})
    merged = merge_documents(DEFAULTS, upgraded)
    for override in overrides:
        merged = merge_documents(merged, {k: v for k, v in override.items() if k != "schema"})
    _check(merged)
    return StyleBible(merged)


def _check(document: Document) -> None:
    for key, default in DEFAULTS.items():
        value = document[key]
        if isinstance(default, dict) and not isinstance(value, Mapping):
            raise InputError(f"bible field {key} must be an object, got {type(value).__name__}")
    for group in ("primary_colors", "skin_tones"):
        colours = document["color_palette"][group]
        if not isinstance(colours, list) or not colours:
            raise InputError(f"bible field color_palette.{group} must be a list of #RRGGBB colours")
        for colour in colours:
            if not isinstance(colour, str) or not HEX_COLOUR.fullmatch(colour):
                raise InputError(
                    f"colour={colour!r} in color_palette.{group} must look like #RRGGBB"
                )
    _check_words(document)
    rule = document["composition"].get("rule")
    if rule not in COMPOSITION_RULES:
        raise InputError(f"composition.rule={rule!r} must be one of {', '.join(COMPOSITION_RULES)}")
    for name, value in document["grade"].items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"grade.{name}={value!r} must be a number")
    grain = document["film_grain"]
    if isinstance(grain, bool) or not isinstance(grain, int | float) or not 0 <= grain <= 1:
        raise InputError(f"film_grain={grain!r} must be a number from 0 to 1")


def _check_words(document: Document) -> None:
    lenses = document["camera_profile"]["preferred_lenses"]
    if not isinstance(lenses, list) or not all(isinstance(lens, str) for lens in lenses):
        raise InputError(
            "bible field camera_profile.preferred_lenses must be a list of words such as 35mm"
        )
    named = {
        "project_name": document["project_name"],
        "genre": document["genre"],
        "mood": document["mood"],
        "camera_profile.aperture_range": document["camera_profile"]["aperture_range"],
        **{
            f"overall_style.{key}": document["overall_style"][key]
            for key in DEFAULTS["overall_style"]
        },
    }
    for name, value in named.items():
        if not isinstance(value, str) or len(value) > MOST_LETTERS:
            raise InputError(
                f"bible field {name} must be words of at most {MOST_LETTERS} letters, got {str(value)[:60]!r}"
            )
