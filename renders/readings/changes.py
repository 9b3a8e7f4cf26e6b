"""What changed since a picture was made: its own record held against the shot as it stands, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from projects.engine.bible import bible_from
from projects.models import Shot
from projects.services.shots import PICTURE_FIELDS, SCENE_FIELDS
from renders.bridge import bible_of, brief_of, cast_of, current_bible, profile_of
from renders.models import Variant

LABELS = {
    "lens_mm": "lens",
    "time_of_day": "time of day",
    "setting": "inside or outside",
    "place": "where",
    "action": "what happens",
}
CUT_AT = 60
"""Characters of a value that are shown; the page has one line a change. House choice."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was: what, how it was, how it is now."""

    what: str
    was: str
    now: str


def variant_changes(variant: Variant, shot: Shot) -> list[Change]:
    """Return what the shot says today and did not when the variant was made, in the order of the brief."""
    return recipe_changes(variant.recipe, shot)


def recipe_changes(made: Mapping[str, Any], shot: Shot) -> list[Change]:
    """Return what a shot says today and a recipe does not, in the order of the brief; parts it lacks are left out."""
    if "brief" not in made:
        return []
    version = current_bible(shot.scene.episode.project)
    cast = [profile_of(character) for character in cast_of(shot)]
    brief = brief_of(shot, (profile.key for profile in cast)).to_document()
    now = bible_of(shot, version).document
    return [
        *_brief_changes(made["brief"], brief),
        *_cast_changes(
            made.get("cast", [profile.to_document() for profile in cast]),
            [profile.to_document() for profile in cast],
        ),
        # A record of an earlier schema is read as it was meant then: later fields at their defaults are no change.
        *_look_changes(bible_from(made["bible"]).document if made.get("bible") else now, now),
    ]


def _brief_changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    for name in (*PICTURE_FIELDS, *SCENE_FIELDS):
        if name in now and was.get(name) != now[name]:
            yield Change(
                LABELS.get(name, name.replace("_", " ")), _said(was.get(name)), _said(now[name])
            )


def _cast_changes(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[Change]:
    before = {str(profile["key"]): profile for profile in was}
    after = {str(profile["key"]): profile for profile in now}
    if list(before) != list(after):
        yield Change("who is in it", _names(before), _names(after))
    for key in before.keys() & after.keys():
        name = str(after[key].get("name", key))
        yield from (
            Change(f"{name}, {path}", a, b) for path, a, b in _leaves(before[key], after[key])
        )


def _look_changes(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Change]:
    yield from (Change(f"look, {path}", a, b) for path, a, b in _leaves(was, now))


def _leaves(
    was: Mapping[str, Any], now: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, str, str]]:
    for name in [*now, *(name for name in was if name not in now)]:
        here = f"{path} {name.replace('_', ' ')}".strip()
        a, b = was.get(name), now.get(name)
        if isinstance(a, Mapping) and isinstance(b, Mapping):
            yield from _leaves(a, b, here)
        elif a != b:
            yield here, _said(a), _said(b)


def _names(cast: Mapping[str, Mapping[str, Any]]) -> str:
    return ", ".join(str(profile.get("name", key)) for key, profile in cast.items()) or "nobody"


def _said(value: object) -> str:
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    words = str(value if value not in (None, "", {}) else "nothing").replace("_", " ")
    return words if len(words) <= CUT_AT else words[: CUT_AT - 1] + "…"
