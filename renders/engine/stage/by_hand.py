"""Blocking set by hand: who does what, looks at whom, which set and light. It outranks what the words say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from apexsite.kit.errors import InputError, listed
from characters.engine.human.expressions import EMOTIONS
from characters.engine.human.poses import POSES
from renders.engine.stage.blocking import Blocked
from renders.engine.stage.line import bearing

SETS: tuple[str, ...] = ("courtroom", "office", "living room", "street", "forest", "studio")
MOODS: tuple[str, ...] = (
    "neutral",
    "drama",
    "noir",
    "horror",
    "golden",
    "neon",
    "romance",
    "comedy",
    "cold",
    "night",
)
"""The sets and lights of the stage. A test holds them to the program's own."""

CAMERA, AHEAD = "camera", "ahead"
SEATED = ("sit", "sit_at_desk")


def checked(document: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """Return a blocking of people by key as it is kept: only what was set. Raises `InputError` for a value not known."""
    kept: dict[str, Any] = {}
    for name, valid in (("set", SETS), ("mood", MOODS)):
        if document.get(name):
            kept[name] = _one(name, document[name], valid)
    players = document.get("players") or {}
    if not isinstance(players, Mapping):
        raise InputError(f"players={players!r} must be an object of people by key")
    for key, entry in players.items():
        if key not in keys or not isinstance(entry, Mapping):
            raise InputError(f"players={key!r} is nobody of the shot; valid: {listed(keys)}")
        others = [other for other in keys if other != key]
        told = {
            name: _one(f"{key}.{name}", entry[name], valid)
            for name, valid in (
                ("pose", tuple(POSES)),
                ("expression", EMOTIONS),
                ("looks_at", (CAMERA, AHEAD, *others)),
            )
            if entry.get(name)
        }
        if told:
            kept.setdefault("players", {})[key] = told
    return kept


def by_hand(people: Sequence[Blocked], document: Mapping[str, Any]) -> tuple[Blocked, ...]:
    """Return people with what was set by hand laid over; who looks at another turns to them, unless seated."""
    set_for = document.get("players", {})
    places = {person.key: person.place for person in people}
    out = []
    for person in people:
        told = set_for.get(person.key, {})
        pose = str(told.get("pose") or person.pose)
        look, facing = person.look_at, person.facing_degrees
        wanted = told.get("looks_at")
        if wanted:
            look = None if wanted == AHEAD else wanted
        if wanted in places and pose not in SEATED:
            facing = bearing(person.place, places[wanted])
        out.append(
            replace(
                person,
                pose=pose,
                expression=str(told.get("expression") or person.expression),
                look_at=look,
                facing_degrees=facing,
            )
        )
    return tuple(out)


def _one(name: str, value: object, valid: Sequence[str]) -> str:
    if value not in valid:
        raise InputError(f"{name}={value!r} is not known; valid: {listed(valid)}")
    return str(value)
