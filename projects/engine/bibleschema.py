"""The schema of a style bible as data: one row a field, with its path, kind, default, range and the word people use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HEX_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
COMPOSITION_RULES = ("thirds", "symmetry", "centred")
IMAGE_STYLES = ("photorealistic", "artistic")
REALISM_LEVELS = ("high", "ultra", "photoreal")

MOST_LETTERS = 2000
"""Letters of one value: a page of prose. House choice."""
MOST_PARTS = 64
"""Entries of a list: more colours, lenses or elements than anybody tells apart. House choice."""
DEEPEST = 32
"""How deep an unknown value may be nested; deeper ones are nobody's notes. House choice."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `path` leads to it in the document.

    `kind` is `line` (free words), `key` (a name in a table the site keeps), `choice` (one of `valid`), `colours`, `lenses`,
    `elements`, `number` or `whole` (both from `least` to `most`).
    """

    path: tuple[str, ...]
    label: str
    kind: str
    group: str
    default: Any = ""
    least: float = 0.0
    most: float = 0.0
    unit: str = ""
    hint: str = ""
    valid: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the field's name in a form: `grade.tint`."""
        return ".".join(self.path)


def _grade(
    key: str, label: str, default: float, least: float, most: float, unit: str, hint: str = ""
) -> Field:
    return Field(("grade", key), label, "number", "Grade", default, least, most, unit, hint)


SCHEMA: tuple[Field, ...] = (
    Field(("color_palette", "primary_colors"), "Palette", "colours", "Palette",
          ("#2C3E50", "#ECF0F1", "#E74C3C")),
    Field(("color_palette", "skin_tones"), "Skin tones", "colours", "Palette",
          ("#FDBCB4", "#F1C27D", "#E0AC69")),
    Field(("overall_style", "visual_style"), "Visual style", "line", "Style", "cinematic realism"),
    Field(("overall_style", "color_grading"), "Colour in words", "line", "Style",
          "natural with subtle warmth"),
    Field(("overall_style", "lighting_style"), "Light", "line", "Style",
          "three-point lighting with practical accents"),
    Field(("mood",), "Mood", "line", "Style"),
    Field(("genre",), "Genre", "key", "Style"),
    Field(("director",), "Director", "key", "Style"),
    Field(("preset",), "Preset", "key", "Style"),
    Field(("project_name",), "Title it was written for", "line", "Style"),
    Field(("image_style",), "Kind of picture", "choice", "Picture", "photorealistic", valid=IMAGE_STYLES),
    Field(("realism_level",), "Realism", "choice", "Picture", "ultra", valid=REALISM_LEVELS),
    Field(("sharpness",), "Sharpness", "whole", "Picture", 8, 1, 10, "", "from 1 to 10"),
    Field(("film_stock",), "Film stock", "key", "Picture", "kodak_portra"),
    Field(("camera_profile", "preferred_lenses"), "Lenses", "lenses", "Camera",
          ("24mm", "35mm", "50mm", "85mm", "135mm"), unit="mm", hint="such as 24, 35, 85"),
    Field(("camera_profile", "aperture_range"), "Aperture range", "line", "Camera", "f/2.8 to f/5.6"),
    Field(("exposure", "aperture"), "Aperture", "line", "Camera", hint="such as f/2.8"),
    Field(("exposure", "iso"), "Film speed", "line", "Camera", hint="such as ISO 800"),
    Field(("exposure", "shutter_speed"), "Shutter", "line", "Camera", hint="such as 1/125"),
    Field(("composition", "rule"), "Composition", "choice", "Camera", "", valid=("", *COMPOSITION_RULES)),
    Field(("lighting", "key"), "Key light", "key", "Light", hint="such as soft_box"),
    Field(("lighting", "fill"), "Fill light", "key", "Light", hint="such as reflector"),
    Field(("lighting", "rim"), "Rim light", "key", "Light", hint="such as hair_light"),
    Field(("lighting", "background"), "Background light", "key", "Light", hint="such as practical_glow"),
    Field(("lighting", "mood"), "Mood of the light", "key", "Light"),
    Field(("elements",), "Elements", "elements", "Elements", (), hint="weight from 0 to 1"),
    _grade("exposure_stops", "Exposure", 0.0, -8, 8, "stops"),
    _grade("contrast_percent", "Contrast", 0.0, -100, 300, "%"),
    _grade("brightness_percent", "Brightness", 0.0, -100, 300, "%"),
    _grade("saturation_percent", "Saturation", 0.0, -100, 300, "%"),
    _grade("temperature_kelvin", "White balance", 5600.0, 2000, 20000, "K", "5600 is neutral"),
    _grade("tint", "Tint", 0.0, -150, 150, "", "minus is green, plus is magenta"),
    _grade("gamma", "Gamma", 1.0, 0.1, 10, "", "1 changes nothing"),
    Field(("film_grain",), "Film grain", "number", "Grade", 0.0, 0, 1, "", "from 0 to 1"),
)  # fmt: skip
"""Source: seed S1, "Style Bible", "Director Styles", "Camera Settings", "Style Consistency Rules" (elements);
seed S0 for film stock, realism and sharpness; grade defaults are the identity."""

BY_NAME: dict[str, Field] = {field.name: field for field in SCHEMA}
OBJECTS: tuple[str, ...] = tuple(dict.fromkeys(f.path[0] for f in SCHEMA if len(f.path) > 1))
"""Keys of a document whose values are objects."""

SINCE_FIRST: tuple[str, ...] = (
    "director", "preset", "film_stock", "image_style", "realism_level", "sharpness", "lighting", "exposure", "elements",
)  # fmt: skip
"""Keys that looks published earlier do not have: at their defaults they say what saying nothing said."""


def value_at(document: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """Return the value a path leads to, or None where there is none."""
    value: Any = document
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def put_at(document: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Write a value where a path leads to, making the objects on the way."""
    place = document
    for key in path[:-1]:
        place = place.setdefault(key, {})
    place[path[-1]] = value


def defaults() -> dict[str, Any]:
    """Return a fresh document of all defaults, lists as JSON has them."""
    document: dict[str, Any] = {}
    for field in SCHEMA:
        value = list(field.default) if isinstance(field.default, tuple) else field.default
        put_at(document, field.path, value)
    return document
