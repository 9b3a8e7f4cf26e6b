"""Blocking: where everybody of a shot stands, which way they face, whom they look at. Metres on the stage's floor.

The floor's axes: x to the right of a camera that looks along +y; a person facing 0° looks along -y.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from characters.engine.profile import CharacterProfile
from projects.engine.brief import ShotBrief
from projects.engine.framing import Coverage
from renders.engine.stage.line import audience, bearing
from renders.engine.stage.looks import at_camera, looked_at
from renders.engine.stage.memory import SceneMemory
from renders.engine.stage.stations import (
    MARKS,
    TALKING_METRES,
    Mark,
    Point,
    eyes_at,
    mark_of,
    stations_of,
)
from renders.engine.stage.words import expression_of, pose_of

CHEAT_DEGREES = 42.0
"""How far two people in one frame turn from the camera to each other: both faces stay visible. House choice."""

TO_BENCH: Point = (0.0, 4.3, 1.65)
"""Where somebody alone before an empty bench looks."""

FACES_SHARE = 0.72
"""By how much of the way somebody alone in the frame turns to whom they look at; the eyes do the rest. House choice."""


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
    brief: ShotBrief,
    cast: Sequence[CharacterProfile],
    *,
    set_name: str,
    scene: SceneMemory | None = None,
) -> tuple[Blocked, ...]:
    """Return everybody of a shot in its place, in the order of the cast; places are the scene's."""
    scene = scene or SceneMemory()
    everybody = scene.with_cast(cast)
    stations = stations_of(
        everybody, set_name=set_name, actions=scene.until(brief.code, brief.action)
    )
    marks = {
        p.key: mark
        for p in everybody
        if (mark := mark_of(p, set_name)) is not None and stations[p.key] == mark.place
    }
    places = _cheated(brief, cast, [stations[person.key] for person in cast])
    out = []
    for index, person in enumerate(cast):
        partner = _partner(brief, cast, index)
        pose, mark = pose_of(brief, person), marks.get(person.key)
        if mark is not None and mark.pose and pose in ("stand", "speak", "sit"):
            pose = mark.pose if "ris" not in brief.action.lower() else "stand"
        look: str | Point | None = None
        if partner is not None:
            look = cast[partner].key
        elif at_camera(brief):
            look = "camera"
        else:
            look = _absent(brief, person, everybody, stations, marks)
        facing = _facing(brief, cast, places, index, partner, mark, look)
        out.append(
            Blocked(person.key, places[index], facing, pose, expression_of(brief, person), look)
        )
    return tuple(out)


def _absent(
    brief: ShotBrief,
    person: CharacterProfile,
    everybody: Sequence[CharacterProfile],
    stations: dict[str, Point],
    marks: dict[str, Mark],
) -> Point | None:
    """Return the eyes of somebody of the scene who is not in the shot, whom a person looks at."""
    bench = next((key for key, mark in marks.items() if mark.place[2] > 0.2), "")
    key = looked_at(brief, person, {p.key: p for p in everybody}, bench=bench)
    if not key:
        mark = marks.get(person.key)
        return TO_BENCH if mark in MARKS["courtroom"] and mark and mark.place[2] < 0.2 else None
    other = next(p for p in everybody if p.key == key)
    seated = bool(marks.get(key) and marks[key].pose)
    return eyes_at(other, stations[key], seated=seated)


def subject_of(brief: ShotBrief, cast: Sequence[CharacterProfile]) -> int:
    """Return whom the shot is about: the speaker; over a shoulder of nobody who speaks the second; else the first."""
    keys = [person.key for person in cast]
    if brief.coverage is Coverage.OTS and len(keys) > 1 and brief.speaker not in keys:
        return 1
    return keys.index(brief.speaker) if brief.speaker in keys else 0


SHOULDER_METRES, BENCH_METRES = TALKING_METRES, 1.95
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


BEHIND_DEGREES, BESIDE_DEGREES = 5.0, 42.0
"""How far the camera stands off the line from a bench to those before it, for all and for a pair. House choice."""


def camera_bearing(people: Sequence[Blocked], *, set_name: str) -> float | None:
    """Return where the camera stands for a shot of several with one of them at a bench, seen from their middle.

    It looks past those who stand to the bench, so that the one behind it is seen from the front, and keeps the
    scene's side of the line. None without a bench.
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
    straight, seen = bearing(high[0].place, middle), bearing(middle, audience(set_name))
    return max(
        (straight + off, straight - off), key=lambda angle: math.cos(math.radians(angle - seen))
    )


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
    look: str | Point | None,
) -> float:
    wide = brief.coverage in (Coverage.MASTER, Coverage.ESTABLISHING)
    if mark is not None and (partner is None or wide):
        towards = bearing(places[index], look) if isinstance(look, tuple) else mark.facing_degrees
        return mark.facing_degrees if mark.pose else _between(mark.facing_degrees, towards)
    if partner is None:
        return FACES_SHARE * bearing(places[index], look) if isinstance(look, tuple) else 0.0
    towards = bearing(places[index], places[partner])
    if brief.coverage in (Coverage.OTS, Coverage.POV):
        return towards
    if mark is not None:
        return _between(mark.facing_degrees, towards)
    if len(cast) > 1 and abs(towards) > CHEAT_DEGREES:
        return math.copysign(CHEAT_DEGREES, towards)
    return towards


def _between(one: float, other: float) -> float:
    """Return the angle half way between two, the short way round."""
    turn = (other - one + 180.0) % 360.0 - 180.0
    return one + turn / 2.0
