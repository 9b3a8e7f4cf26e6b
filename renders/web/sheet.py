"""The brief's sheet as a page shows it: its fields with values, words and faults, and what a filled-in form says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from apexsite.kit.errors import InputError
from characters.models import Character
from characters.services.briefs import MOST_CAST, brief_values, cast_checked
from projects.engine.briefsheet import (
    BY_NAME,
    SCENE_NAMES,
    choices_of,
    in_words,
    lens_suggestions,
    sheet_read,
)
from projects.models import Project, Shot

CAMERA = ("size", "angle", "lens_mm", "move", "transition_in", "duration_frames", "coverage")
STORY = ("action", "speaker", "dialogue", "prop")


@dataclass(slots=True)
class Filled:
    """A form as somebody sent it: what they typed, what could be read of it, and the faults by field."""

    typed: dict[str, Any]
    values: dict[str, Any]
    faults: dict[str, str]
    version: str = ""
    base: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """One line of the sheet on the page."""

    name: str
    label: str
    kind: str
    value: Any
    choices: list[tuple[str, str]]
    unit: str
    longest: int
    fault: str
    note: str = ""
    suggestions: tuple[int, ...] = ()


@dataclass(slots=True)
class Difference:
    """One field that two people see differently."""

    label: str
    before: str
    theirs: str
    yours: str
    is_conflict: bool


def filled_of(request: HttpRequest, project: Project) -> Filled:
    """Return what a sent form says; nothing of it is lost when a field cannot be used."""
    typed: dict[str, Any] = {name: request.POST[name] for name in BY_NAME if name in request.POST}
    values, faults = sheet_read(typed)
    if "cast" in request.POST:
        keys = [key for key in request.POST.getlist("cast") if key]
        typed["cast"] = values["cast"] = keys
        try:
            cast_checked(project, keys)
        except InputError as err:
            faults["cast"] = f"Who: {err.message}."
            del values["cast"]
    return Filled(typed, values, faults, request.POST.get("version", ""), _base(request))


def _base(request: HttpRequest) -> dict[str, Any]:
    try:
        base = json.loads(request.POST.get("base", "{}"))
    except json.JSONDecodeError:
        return {}
    return base if isinstance(base, dict) else {}


def lines_of(
    names: tuple[str, ...], *, values: Mapping[str, Any], faults: Mapping[str, str], shot: Shot
) -> list[Line]:
    """Return lines of the sheet with these values in them."""
    return [_line(name, values, faults, shot) for name in names]


def _line(name: str, values: Mapping[str, Any], faults: Mapping[str, str], shot: Shot) -> Line:
    known = BY_NAME[name]
    line = Line(
        name=name,
        label=known.label,
        kind=known.kind,
        value=values[name],
        choices=choices_of(name),
        unit=known.unit,
        longest=known.longest,
        fault=faults.get(name, ""),
    )
    if name == "speaker":
        line.kind, line.choices = "choice", _speakers(shot, str(values[name]))
    if name == "lens_mm":
        line.suggestions = lens_suggestions()
    if name == "duration_frames" and str(values[name]).isdecimal():
        seconds = shot.scene.episode.project.rate.seconds_at(int(values[name]))
        line.note = f"{float(seconds):.2f} s"
    return line


def _speakers(shot: Shot, present: str) -> list[tuple[str, str]]:
    people = Character.objects.filter(project=shot.scene.episode.project_id)
    found = [("", "nobody"), *people.values_list("key", "name")]
    if present and present not in dict(found):
        found.append((present, present.title()))
    return found


def slots_of(shot: Shot, keys: list[str]) -> list[dict[str, Any]]:
    """Return the places in the frame from left to right, each with who may stand there; one or two stay empty."""
    people = list(
        Character.objects.filter(project=shot.scene.episode.project_id).values_list("key", "name")
    )
    count = min(MOST_CAST, max(2, len(keys) + 1))
    padded = [*keys, *[""] * (count - len(keys))]
    return [{"number": n, "chosen": key, "people": people} for n, key in enumerate(padded, start=1)]


def merged(filled: Filled, now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form holds after somebody else saved: your own changes, and theirs where you changed nothing."""
    result = dict(now)
    for name, typed in filled.typed.items():
        if name not in filled.base or _same(typed, filled.base[name]) is False:
            result[name] = typed
    return result


def differences(
    filled: Filled, now: Mapping[str, Any], names: Mapping[str, str]
) -> list[Difference]:
    """Return the fields in which the stored brief and the form differ, or that somebody changed meanwhile."""
    found = []
    for name, stored in now.items():
        typed = filled.typed.get(name, stored)
        base = filled.base.get(name, stored)
        is_mine, is_theirs = not _same(typed, base), not _same(stored, base)
        if not (is_mine or is_theirs) or (_same(typed, stored) and is_mine):
            continue
        label = BY_NAME[name].label if name in BY_NAME else "Who"
        found.append(
            Difference(
                label,
                _told(name, base, names),
                _told(name, stored, names) if is_theirs else "",
                _told(name, typed, names) if is_mine else "",
                is_mine and is_theirs,
            )
        )
    return found


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) or isinstance(other, list):
        return list(one or []) == list(other or [])
    return str(one).replace("\r\n", "\n").strip() == str(other)


def _told(name: str, value: Any, names: Mapping[str, str]) -> str:
    if name == "cast":
        return ", ".join(names.get(key, str(key)) for key in value) or "nobody"
    if name == "speaker":
        return names.get(str(value), str(value)) or "nobody"
    return in_words(name, value)


def sheet_context(shot: Shot, filled: Filled | None = None) -> dict[str, Any]:
    """Return everything the form's template reads: the stored brief, or what was typed where it cannot be saved."""
    stored = brief_values(shot)
    values = {**stored, **(filled.typed if filled else {})}
    faults = filled.faults if filled else {}
    return {
        "camera": lines_of(CAMERA, values=values, faults=faults, shot=shot),
        "story": lines_of(STORY, values=values, faults=faults, shot=shot),
        "air": lines_of(SCENE_NAMES, values=values, faults=faults, shot=shot),
        "slots": slots_of(shot, values["cast"]),
        "cast_fault": faults.get("cast", ""),
        "faults": faults,
        "base": json.dumps(filled.base if filled and filled.base else stored),
    }
