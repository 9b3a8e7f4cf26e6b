"""Keeping a cast's faces apart: a newcomer too like somebody is moved away in small steps, and the studio is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from apexsite.kit.errors import InputError
from apexsite.kit.seeds import seed_mix
from characters.engine.casting.faces import MOST, face_distance_mm, face_points
from characters.engine.casting.tables import FACE_CHANGES, PAIRED
from characters.engine.human.cast import BodyCast

SPREAD_MM = 2.6
"""Faces nearer than this are spread apart.

House choice, the least distance casting draws at; how it compares with a network's judgement of pictures is written down
in docs/lookbook.md (`make bench WHAT=stage` measures it).
"""

STEP, STEPS = 0.06, 12
"""Change added to each feature a step, and the most steps taken. House choice: no feature moves more than 0.72."""

Distance = Callable[[BodyCast, BodyCast], float]


@dataclass(frozen=True, slots=True)
class Spread:
    """What came of it: the body to cast, whom it was like, distances before and after, a sentence (empty: untouched)."""

    body: BodyCast
    like: str
    before: float
    after: float
    told: str


def vertex_distance_mm(one: BodyCast, other: BodyCast) -> float:
    """Return the root mean square distance of two people's faces at rest, millimetres; scale and pose play no part."""
    return face_distance_mm(face_points(one), face_points(other))


def spread(
    key: str,
    body: BodyCast,
    taken: Mapping[str, BodyCast],
    *,
    least: float = SPREAD_MM,
    distance: Distance = vertex_distance_mm,
    unit: str = "mm",
) -> Spread:
    """Return the newcomer, moved away from every face of `taken` that is nearer than `least`.

    Only local changes of the face move; age, ancestry, skin, hair and clothes stay. The same arguments give the same
    answer. `distance` may be any measure (a network's on rendered heads, in the vision tier, with `least` and `unit` of
    its own). Raises `InputError` for a `least` that is not above 0. Where no step reaches `least`, the farthest is given.
    """
    if not least > 0:
        raise InputError(f"least={least:g} must be above 0 {unit}")
    others = {name: one for name, one in taken.items() if name != key}
    if not others:
        return Spread(body, "", float("inf"), float("inf"), "")
    like, before = _nearest(body, others, distance)
    if before >= least:
        return Spread(body, like, before, before, "")
    best, after = body, before
    present = body
    for _ in range(STEPS):
        near, _gap = _nearest(present, others, distance)
        present = _step(key, present, others[near])
        _, gap = _nearest(present, others, distance)
        if gap > after:
            best, after = present, gap
        if gap >= least:
            break
    return Spread(best, like, before, after, _sentence(like, before, after, least, unit))


def _nearest(
    body: BodyCast, others: Mapping[str, BodyCast], distance: Distance
) -> tuple[str, float]:
    gaps = {name: distance(body, other) for name, other in others.items()}
    name = min(sorted(gaps), key=lambda one: gaps[one])
    return name, gaps[name]


def _step(key: str, body: BodyCast, other: BodyCast) -> BodyCast:
    """Return the body with every feature one step farther from the other's; equal ones part by the key's own draw."""
    changes = dict(body.changes)
    for name, width in FACE_CHANGES.items():
        sides = [f"l-{name}", f"r-{name}"] if name.startswith(PAIRED) else [name]
        own, theirs = changes.get(sides[0], 0.0), other.changes.get(sides[0], 0.0)
        away = float(np.sign(own - theirs))
        if abs(own - theirs) < 0.02:
            away = float(np.random.default_rng(seed_mix("spread", key, name)).choice((-1.0, 1.0)))
        if abs(own) >= MOST and np.sign(own) == away:
            continue
        moved = round(float(np.clip(own + away * STEP * width / 0.36, -MOST, MOST)), 4)
        for side in sides:
            changes[side] = moved
    return replace(body, changes=changes)


def _sentence(like: str, before: float, after: float, least: float, unit: str) -> str:
    start = f"too like {like!r} ({before:.2f} {unit} apart, {least:g} wanted): face moved to {after:.2f} {unit}"
    return start if after >= least else f"{start}, the farthest found"
