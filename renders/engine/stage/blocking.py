"""Blocking: where everybody of a shot stands, which way they face, whom they look at. Metres on the stage's floor.

The floor's axes: x to the right of a camera that looks along +y; a person facing 0° looks along -y.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from characters.engine.profile import CharacterProfile
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage
from renders.engine.stage.words import expression_of, pose_of

Point = tuple[float, float, float]

APART_METRES = 0.95
TALKING_METRES = 1.35
"""Between people side by side, and between two who talk face to face. Source: Hall's personal distance, 0.46-1.2 m,
and its social phase beyond."""

CHEAT_DEGREES = 42.0
"""How far two people in one frame turn from the camera to each other: both faces stay visible. House choice."""


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
        Mark(r"defendant|accused|suspect|prisoner", (-0.82, 1.5, 0.0), 150.0),
        Mark(r"lawyer|counsel|attorney|prosecutor|barrister|advocate", (0.82, 1.5, 0.0), 210.0),
        Mark(r"witness|clerk|bailiff|officer|guard", (-2.4, 2.2, 0.0), 60.0),
    ),
    "office": (
        Mark(r"boss|manager|director|chief|detective|doctor|editor", (0.0, 1.75, 0.0), 0.0, "sit"),
    ),
}
"""Marks in the stage's own sets. House choice, from where the furniture stands."""

FREE: tuple[Point, ...] = ((0.0, 0.0, 0.0), (0.95, 0.1, 0.0), (-0.95, 0.1, 0.0), (1.9, 0.3, 0.0))


@dataclass(frozen=True, slots=True)
class Blocked:
    """One person of the shot, blocked. `look_at` is a key, a point in metres, "camera" or None for straight ahead."""

    key: str
    place: Point
    facing_degrees: float
    pose: str
    expression: str
    look_at: str | Point | None = None


def blocked(
    brief: ShotBrief, cast: Sequence[CharacterProfile], *, set_name: str
) -> tuple[Blocked, ...]:
    """Return everybody of a shot in its place, in the order of the cast."""
    marks = {p.key: mark for p in cast if (mark := _mark_of(p, set_name)) is not None}
    places = _cheated(brief, cast, _places(brief, cast, marks))
    out = []
    for index, person in enumerate(cast):
        partner = _partner(brief, cast, index)
        pose = pose_of(brief, person)
        mark = marks.get(person.key)
        if mark is not None and mark.pose and pose in ("stand", "speak", "sit"):
            pose = mark.pose if "ris" not in brief.action.lower() else "stand"
        out.append(
            Blocked(
                person.key,
                places[index],
                _facing(brief, cast, places, index, partner, mark),
                pose,
                expression_of(brief, person),
                _look(brief, cast, places, index, partner, set_name),
            )
        )
    return tuple(out)


def subject_of(brief: ShotBrief, cast: Sequence[CharacterProfile]) -> int:
    """Return whom the shot is about: the speaker; over a shoulder of nobody who speaks the second; else the first."""
    keys = [person.key for person in cast]
    if brief.coverage is Coverage.OTS and len(keys) > 1 and brief.speaker not in keys:
        return 1
    return keys.index(brief.speaker) if brief.speaker in keys else 0


def _mark_of(person: CharacterProfile, set_name: str) -> Mark | None:
    words = f"{person.role} {person.description}".lower()
    for mark in MARKS.get(set_name, ()):
        if re.search(rf"\b(?:{mark.roles})\b", words):
            return mark
    return None


def _places(
    brief: ShotBrief, cast: Sequence[CharacterProfile], marks: dict[str, Mark]
) -> list[Point]:
    """Return a place for everybody: their mark where the set has one (a mark is taken once), else in screen order."""
    if len(cast) == 2 and not marks:
        apart = APART_METRES if brief.coverage is Coverage.TWO_SHOT else TALKING_METRES
        return [(-apart / 2, 0.0, 0.0), (apart / 2, 0.0, 0.0)]
    if not marks:
        middle = (len(cast) - 1) / 2
        return [((i - middle) * APART_METRES, 0.12 * (i % 2), 0.0) for i in range(len(cast))]
    taken: set[Point] = set()
    free = iter(FREE)
    places = []
    for person in cast:
        mark = marks.get(person.key)
        place = mark.place if mark is not None and mark.place not in taken else next(free)
        taken.add(place)
        places.append(place)
    return places


SHOULDER_METRES, BENCH_METRES = 1.15, 1.95
"""From face to face over a shoulder, and across a bench: farther off, the long lens has no shoulder in it. House choice."""


def _cheated(
    brief: ShotBrief, cast: Sequence[CharacterProfile], places: list[Point]
) -> list[Point]:
    """Return the places with a shoulder's owner brought near whom the shot is about, as a set cheats for the lens."""
    if brief.coverage is not Coverage.OTS or len(cast) < 2:
        return places
    seen = subject_of(brief, cast)
    owner = _partner(brief, cast, seen)
    if owner is None:
        return places
    (x0, y0, z0), (x1, y1, z1) = places[seen], places[owner]
    apart = math.hypot(x1 - x0, y1 - y0)
    wanted = SHOULDER_METRES if z0 == z1 else BENCH_METRES
    if apart <= wanted:
        return places
    share = wanted / apart
    if z1 > z0:  # who sits at the bench stays; the other comes up to it
        places[seen] = (x1 + (x0 - x1) * share, y1 + (y0 - y1) * share, z0)
    else:
        places[owner] = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, z1)
    return places


BEHIND_DEGREES, BESIDE_DEGREES = 5.0, 52.0
"""How far the camera stands off the line from a bench to those before it, for all and for a pair. House choice."""


def camera_bearing(people: Sequence[Blocked]) -> float | None:
    """Return where the camera stands for a shot of several with one of them at a bench, seen from their middle.

    It looks past those who stand to the bench, so that the one behind it is seen from the front. None without one.
    """
    high = [person for person in people if person.place[2] > 0.2]
    low = [person for person in people if person.place[2] <= 0.2]
    if len(high) != 1 or not low:
        return None
    middle = (
        sum(person.place[0] for person in low) / len(low),
        sum(person.place[1] for person in low) / len(low),
        0.0,
    )
    off = BESIDE_DEGREES if len(low) == 1 else BEHIND_DEGREES
    return bearing(high[0].place, middle) + (off if middle[0] <= 0.1 else -off)


def mean_facing(people: Sequence[Blocked], subject: int) -> float:
    """Return the common direction of people as the stage takes it, the subject first: degrees from -y."""
    x = sum(math.sin(math.radians(p.facing_degrees)) for p in people)
    y = -sum(math.cos(math.radians(p.facing_degrees)) for p in people)
    if math.hypot(x, y) <= 0.5:
        first = people[subject].place
        second = next(p.place for i, p in enumerate(people) if i != subject)
        x, y = second[1] - first[1], first[0] - second[0]
        if y >= 0:
            x, y = -x, -y
    return math.degrees(math.atan2(x, -y))


def _partner(brief: ShotBrief, cast: Sequence[CharacterProfile], index: int) -> int | None:
    """Return whom a person deals with: the speaker, or for the speaker the next of the cast."""
    if len(cast) < 2:
        return None
    subject = subject_of(brief, cast)
    if index != subject:
        return subject
    return next(i for i in range(len(cast)) if i != subject)


def _facing(
    brief: ShotBrief,
    cast: Sequence[CharacterProfile],
    places: Sequence[Point],
    index: int,
    partner: int | None,
    mark: Mark | None,
) -> float:
    wide = brief.coverage in (Coverage.MASTER, Coverage.ESTABLISHING)
    if mark is not None and (partner is None or wide):
        return mark.facing_degrees
    if partner is None:
        return 0.0
    towards = bearing(places[index], places[partner])
    if brief.coverage in (Coverage.OTS, Coverage.POV):
        return towards
    if mark is not None:
        return _between(mark.facing_degrees, towards)
    if len(cast) > 1 and abs(towards) > CHEAT_DEGREES:
        return math.copysign(CHEAT_DEGREES, towards)
    return towards


def _look(
    brief: ShotBrief,
    cast: Sequence[CharacterProfile],
    places: Sequence[Point],
    index: int,
    partner: int | None,
    set_name: str,
) -> str | Point | None:
    if partner is not None:
        return cast[partner].key
    if brief.coverage is Coverage.POV or re.search(
        r"\b(?:to|into|at) (?:the )?camera\b", brief.action.lower()
    ):
        return "camera"
    mark = _mark_of(cast[index], set_name)
    if set_name == "courtroom" and mark is not None and mark.place[1] < 4.0:
        return (0.0, 4.3, 1.65)
    if set_name == "courtroom" and mark is not None:
        return (0.8, 1.5, 1.6)
    return None


def bearing(place: Point, other: Point) -> float:
    """Return the angle in degrees a person at `place` faces who looks at `other`."""
    return math.degrees(math.atan2(other[0] - place[0], -(other[1] - place[1])))


def _between(one: float, other: float) -> float:
    """Return the angle half way between two, the short way round."""
    turn = (other - one + 180.0) % 360.0 - 180.0
    return one + turn / 2.0
