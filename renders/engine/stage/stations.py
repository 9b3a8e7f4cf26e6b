"""Where everybody of a scene is: one place each, the same in every shot until the words move them. Metres."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from characters.engine.profile import CharacterProfile
from renders.engine.stage.words import about

Point = tuple[float, float, float]

APART_METRES, TALKING_METRES = 0.95, 1.15
"""Between people side by side, and between two who talk face to face: near enough for both to be in a frame and for a
shoulder in the foreground. Source: Hall's personal distance, 0.46-1.2 m."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of a set that belongs to a part: who takes it by words of the role, how they are there."""

    roles: str
    place: Point
    facing_degrees: float
    pose: str = ""


MARKS: dict[str, tuple[Mark, ...]] = {
    "courtroom": (
        Mark(r"judge|magistrate|justice", (0.0, 4.35, 0.45), 0.0, "sit_at_desk"),
        Mark(r"defendant|accused|suspect|prisoner", (-0.60, 1.5, 0.0), 150.0),
        Mark(r"lawyer|counsel|attorney|prosecutor|barrister|advocate", (0.60, 1.5, 0.0), 210.0),
        Mark(r"witness|clerk|bailiff|officer|guard", (-2.4, 2.2, 0.0), 60.0),
    ),
    "office": (
        Mark(r"boss|manager|director|chief|detective|doctor|editor", (0.0, 1.75, 0.0), 0.0, "sit"),
    ),
}
"""Marks in the stage's own sets. House choice, from where the furniture stands."""

THINGS: dict[str, dict[str, Point]] = {
    "courtroom": {"bench": (0.0, 2.35, 0.0), "table": (1.0, -0.9, 0.0), "door": (0.0, -3.0, 0.0), "windows?": (-3.9, 0.6, 0.0)},
    "office": {"desk": (0.0, 0.2, 0.0), "windows?": (-2.3, 0.4, 0.0), "door": (-1.5, -2.3, 0.0), "shelves": (1.3, 2.2, 0.0)},
    "living room": {"fire(?:place)?": (2.2, -0.4, 0.0), "windows?": (-2.6, 0.2, 0.0), "door": (-1.4, -2.3, 0.0), "table": (0.9, 0.3, 0.0)},
    "street": {"doorway|door": (4.1, 1.8, 0.11), "lamp": (2.5, 3.2, 0.0), "car": (1.0, 6.0, 0.0)},
    "forest": {"path": (0.0, -1.6, 0.0), "trees?": (2.4, 1.4, 0.0)},
}  # fmt: skip
"""Where somebody stands who goes to a thing of a set. House choice, from where the furniture stands."""

GOES = (
    r"(?:crosses|walks|goes|moves|steps|strides|comes|runs|hurries|returns|approaches)\b"
    r"(?:\s+(?:over|up|back|across|slowly|closer|out))*(?:\s+(?:to|towards?|up to|into|at))?\s+(?:the |a |an |his |her )?"
)


def mark_of(person: CharacterProfile, set_name: str) -> Mark | None:
    """Return the mark of a set that belongs to a person's part."""
    words = f"{person.role} {person.description}".lower()
    for mark in MARKS.get(set_name, ()):
        if re.search(rf"\b(?:{mark.roles})\b", words):
            return mark
    return None


def stations_of(
    people: Sequence[CharacterProfile], *, set_name: str, actions: Sequence[str] = ()
) -> dict[str, Point]:
    """Return everybody's place by key: their mark where the set has one (a mark is taken once), else in order.

    `actions` are what happened in the scene so far: who crossed to somebody or something stands there.
    """
    marks = {p.key: mark for p in people if (mark := mark_of(p, set_name)) is not None}
    if marks:
        taken: set[Point] = set()
        free = _free()
        found = {}
        for person in people:
            mark = marks.get(person.key)
            place = mark.place if mark is not None and mark.place not in taken else next(free)
            taken.add(place)
            found[person.key] = place
    elif len(people) == 2:
        half = TALKING_METRES / 2
        found = {people[0].key: (-half, 0.0, 0.0), people[1].key: (half, 0.0, 0.0)}
    else:
        middle = (len(people) - 1) / 2
        found = {
            person.key: ((i - middle) * APART_METRES, 0.12 * (i % 2), 0.0)
            for i, person in enumerate(people)
        }
    for action in actions:
        _move(found, people, action, set_name)
    return found


def _free() -> Iterator[Point]:
    """Return places for those without a mark: before the middle, to either side, then rows behind."""
    row = 0
    while True:
        for x in (0.0, 0.95, -0.95, 1.9, -1.9):
            yield (x, 0.1 * abs(x) - 1.0 * row, 0.0)
        row += 1


def _move(
    found: dict[str, Point], people: Sequence[CharacterProfile], action: str, set_name: str
) -> None:
    """Put whoever an action moves where it moves them."""
    for person in people:
        said = about(action, person, alone=len(people) == 1)
        to = re.search(GOES + r"(?P<where>[\w' ]+)", said)
        if to is None:
            continue
        where = to["where"]
        for other in people:
            names = [re.escape(n) for n in other.name.lower().split() if len(n) > 2]
            if other.key != person.key and names and re.match(rf"(?:{'|'.join(names)})\b", where):
                found[person.key] = _beside(found[person.key], found[other.key])
                return
        for words, place in THINGS.get(set_name, {}).items():
            if re.match(rf"(?:{words})\b", where) and place not in found.values():
                found[person.key] = place
                return


def _beside(place: Point, other: Point) -> Point:
    """Return the point before another, on the way from where somebody stood, on the floor they stood on."""
    far = math.hypot(other[0] - place[0], other[1] - place[1])
    near = 2.0 if other[2] > 0.2 else 0.8
    if far <= near:
        return place
    share = 1.0 - near / far
    return (
        place[0] + (other[0] - place[0]) * share,
        place[1] + (other[1] - place[1]) * share,
        place[2],
    )


def eyes_at(person: CharacterProfile, place: Point, *, seated: bool) -> Point:
    """Return where somebody's eyes are. Source: usual body proportions (0.935 of the height standing)."""
    x, y, z = place
    return (
        round(x, 3),
        round(y, 3),
        round(z + person.height_cm / 100.0 * (0.70 if seated else 0.935), 3),
    )
