"""Keeping a cast's faces apart: a newcomer too like somebody is moved towards a new draw, as little as will do, and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from apexsite.kit.errors import InputError
from characters.engine.casting.faces import drawn_face, face_distance_mm, face_points
from characters.engine.human.cast import BodyCast

SPREAD_MM = 2.6
"""Faces nearer than this are spread apart.

Source: measured by `make bench WHAT=siblings` on heads that differ in local changes only: faces drawn 1.4 mm apart are 0.31
apart to dlib's network, 2.1 mm 0.49, 2.8 mm 0.52 to 0.57; so 2.6 mm stands for 0.50. The two agree only loosely
(correlation 0.5): where dlib is installed, hand in its distance with `least=0.50`.
"""

STEPS: tuple[tuple[float, int], ...] = tuple(product((0.35, 0.55, 0.75, 1.0), range(4)))
FEW_STEPS: tuple[tuple[float, int], ...] = tuple(product((0.6, 1.0), range(3)))
"""How far towards which new draw the face goes, least first: four draws at each, and fewer for a measure that takes
seconds. House choice."""

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
    steps: Sequence[tuple[float, int]] = STEPS,
) -> Spread:
    """Return the newcomer, moved away from every face of `taken` that is nearer than `least`.

    Only local changes of the face move; age, ancestry, skin, hair and clothes stay. The same arguments give the same
    answer. `steps` are tried in order until one reaches `least`. `distance` may be any measure (a network's on rendered heads, in the vision tier, with `least` and `unit` of
    its own). Raises `InputError` for a `least` that is not above 0. Where no draw reaches `least`, the farthest is given.
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
    for share, attempt in steps:
        moved = _towards(body, drawn_face(f"{key} apart", attempt=attempt), share)
        _, gap = _nearest(moved, others, distance)
        if gap > after:
            best, after = moved, gap
        if gap >= least:
            break
    return Spread(best, like, before, after, _sentence(like, before, after, least, unit))


def _nearest(
    body: BodyCast, others: Mapping[str, BodyCast], distance: Distance
) -> tuple[str, float]:
    gaps = {name: distance(body, other) for name, other in others.items()}
    name = min(sorted(gaps), key=lambda one: gaps[one])
    return name, gaps[name]


def _towards(body: BodyCast, drawn: Mapping[str, float], share: float) -> BodyCast:
    """Return the body with its local changes part of the way to those drawn; changes no draw knows stay."""
    changes = dict(body.changes)
    for name, value in drawn.items():
        own = changes.get(name, 0.0)
        changes[name] = round(own + share * (value - own), 4)
    return replace(body, changes=changes)


def _sentence(like: str, before: float, after: float, least: float, unit: str) -> str:
    start = f"too like {like!r} ({before:.2f} {unit} apart, {least:g} wanted): face moved to {after:.2f} {unit}"
    return start if after >= least else f"{start}, the farthest found"
