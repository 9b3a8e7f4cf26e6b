"""The brief as a sheet a director fills in: its fields in words, read one by one, every fault told at its own field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from projects.engine.framing import (
    LENSES_MM,
    SIZE_NAMES,
    CameraAngle,
    CameraMove,
    Coverage,
    Join,
    Setting,
    ShotSize,
    TimeOfDay,
)

LEAST_LENS_MM, MOST_LENS_MM = 8, 400
MOST_FRAMES = 20_000
"""Longest shot in frames. House choice: over thirteen minutes at 24, longer than any shot Apex would hold in one still."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the sheet. `kind` is choice, number, line or text; `longest` counts letters, or is the top number."""

    name: str
    label: str
    kind: str
    choices: type[StrEnum] | None = None
    least: int = 0
    longest: int = 0
    unit: str = ""
    is_picture: bool = True


FIELDS: tuple[Field, ...] = (
    Field("size", "Size", "choice", ShotSize),
    Field("angle", "Angle", "choice", CameraAngle),
    Field("coverage", "Purpose", "choice", Coverage),
    Field("lens_mm", "Lens", "number", least=LEAST_LENS_MM, longest=MOST_LENS_MM, unit="mm"),
    Field("move", "Move", "choice", CameraMove, is_picture=False),
    Field("transition_in", "How it begins", "choice", Join, is_picture=False),
    Field("duration_frames", "Length", "number", None, 1, MOST_FRAMES, "frames", False),
    Field("action", "What happens", "text", longest=2000),
    Field("speaker", "Who speaks", "line", longest=100),
    Field("dialogue", "Words spoken", "text", longest=2000, is_picture=False),
    Field("prop", "Prop", "line", longest=100),
    Field("setting", "Inside or outside", "choice", Setting),
    Field("place", "Where", "line", longest=200),
    Field("time_of_day", "Time of day", "choice", TimeOfDay),
    Field("lighting", "Light", "line", longest=200),
    Field("mood", "Mood", "line", longest=100),
    Field("weather", "Weather", "line", longest=100),
)
"""The whole sheet but for who is seen. `is_picture` says whether the field changes the still or only the film."""

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
SCENE_NAMES = ("setting", "place", "time_of_day", "lighting", "mood", "weather")
"""Fields that stand in the scene and so hold for all its shots."""

SETTING_WORDS = {
    Setting.INT: "inside",
    Setting.EXT: "outside",
    Setting.INT_EXT: "inside and outside",
}
WORDS: dict[str, str] = {
    **{size.value: f"{SIZE_NAMES[size]} ({size.value})" for size in ShotSize},
    **{setting.value: words for setting, words in SETTING_WORDS.items()},
    CameraAngle.EYE.value: "eye level",
    Coverage.OTS.value: "over the shoulder",
    Coverage.POV.value: "point of view",
    Join.AUTOMATIC.value: "as the cut decides",
    Join.DIP.value: "dip to black",
}
"""Values whose own name is not the word a director uses."""


def in_words(name: str, value: object) -> str:
    """Return a field's value as people say it: `medium close-up (MCU)`, `slow zoom in`, `50 mm`."""
    field = BY_NAME.get(name)
    if value in ("", None):
        return "nothing"
    if field is not None and field.kind == "choice":
        return WORDS.get(str(value), str(value).replace("_", " "))
    if name == "lens_mm":
        return f"{value} mm"
    return str(value)


def choices_of(name: str) -> list[tuple[str, str]]:
    """Return the values of a choice with their words, in the enum's own order."""
    choices = BY_NAME[name].choices
    return [(item.value, in_words(name, item.value)) for item in choices] if choices else []


def sheet_read(raw: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a filled-in sheet, and a sentence for each field that cannot be used.

    Only fields that were given are read. Line ends become `\\n`, white space round a value goes.
    """
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for field in FIELDS:
        if field.name not in raw:
            continue
        text = raw[field.name].replace("\r\n", "\n").replace("\x00", "").strip()
        value, fault = _read(field, text)
        if fault:
            faults[field.name] = fault
        else:
            values[field.name] = value
    return values, faults


def _read(field: Field, text: str) -> tuple[Any, str]:
    if field.choices is not None:
        if text in list(field.choices):
            return text, ""
        valid = ", ".join(words for _, words in choices_of(field.name))
        return None, f"{field.label}: “{text[:40]}” is not one of {valid}."
    if field.kind == "number":
        number = int(text) if text.isdecimal() and len(text) <= 9 else None
        if number is not None and field.least <= number <= field.longest:
            return number, ""
        return None, (
            f"{field.label}: “{text[:40]}” must be a whole number of {field.unit} "
            f"from {field.least} to {field.longest}."
        )
    if len(text) > field.longest:
        return None, f"{field.label}: {len(text):,} letters; at most {field.longest:,} fit."
    return text, ""


def lens_suggestions() -> tuple[int, ...]:
    """Return the lenses offered beside the free number."""
    return LENSES_MM
