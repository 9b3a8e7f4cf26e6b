"""Who stands where: screen order, depth, gaze and the variant's shift of the whole group."""

from __future__ import annotations

from collections.abc import Sequence

from characters.engine.profile import CharacterProfile
from projects.engine.brief import ShotBrief
from projects.engine.framing import HEAD_HEIGHT_SHARE, Coverage, ShotSize
from renders.engine.imaging.sketch.camera import EYE_LINE, HEAD_METRES, Camera
from renders.engine.imaging.sketch.pose import Placement
from renders.engine.imaging.sketch.traits import mood_of

SAME_PLACE = 0.06
"""Two places nearer than this share of the frame's width look the same. House choice."""
ELSEWHERE = (0.26, 0.31, 0.43, 0.5, 0.57, 0.69, 0.74)


def lead_of(brief: ShotBrief) -> int:
    """Return the index in the cast of whom the shot is about: the speaker, else the first seen from the front."""
    if brief.speaker in brief.cast:
        return brief.cast.index(brief.speaker)
    return 1 if brief.coverage is Coverage.OTS and len(brief.cast) > 1 else 0


def subject_x(
    brief: ShotBrief, *, rule: str, variant_index: int, side: int, avoid: Sequence[float] = ()
) -> float:
    """Return where the lead stands across the frame, 0 to 1.

    Variant 0 obeys the bible's rule; the others move to a third or to the middle. Places in `avoid` come last, so that a
    frame rejected for its framing is framed otherwise (house choices).
    """
    left = side > 0
    thirds = (0.36 if left else 0.64, 0.5, 0.64 if left else 0.36)
    centred = (0.5, 0.40 if left else 0.60, 0.60 if left else 0.40)
    places: tuple[float, ...] = thirds if rule == "thirds" else centred
    if brief.size in (ShotSize.ECU, ShotSize.CU):
        places = tuple(0.5 + (place - 0.5) * 0.55 for place in places)
    if avoid:
        free = [p for p in places if min(abs(p - other) for other in avoid) > SAME_PLACE]
        # All three were rejected: as far from them as the frame's middle half allows.
        spare = max(ELSEWHERE, key=lambda p: min(abs(p - other) for other in avoid))
        places = tuple(free) or (spare,)
    return places[variant_index % len(places)]


def place_cast(
    brief: ShotBrief,
    cast: tuple[CharacterProfile, ...],
    camera: Camera,
    *,
    across: float,
    bible_mood: str,
) -> list[Placement]:
    """Return a placement for every member of the cast, from the farthest to the nearest."""
    if not cast or brief.coverage is Coverage.INSERT:
        return []
    lead = min(lead_of(brief), len(cast) - 1)
    spots = _spots(brief, cast, camera, lead, across)
    out: list[Placement] = []
    for i, person in enumerate(cast):
        share, z, back = spots[i]
        speaks = person.key == brief.speaker and bool(brief.dialogue)
        out.append(
            Placement(
                profile=person,
                x=(share * camera.aspect - camera.vanish) / camera.scale(z),
                z=z,
                lift=_level(person, camera, z, brief) if back else 0.0,
                yaw=_yaw(brief, spots, i, lead),
                is_back=back,
                is_speaking=speaks,
                is_lead=i == lead,
                mood=mood_of(brief.mood, brief.action, person.expression, bible_mood),
            )
        )
    return sorted(out, key=lambda p: -p.z)


def _spots(
    brief: ShotBrief, cast: tuple[CharacterProfile, ...], camera: Camera, lead: int, across: float
) -> list[tuple[float, float, bool]]:
    n, z = len(cast), camera.subject
    if brief.coverage is Coverage.OTS and n > 1:
        near = z * 0.66
        side = 1.0 if across < 0.5 else -1.0
        shoulder = 0.5 + side * (0.37 if brief.size not in (ShotSize.ECU, ShotSize.CU) else 0.46)
        others = [across - side * (0.05 + 0.24 * k) for k in range(n - 1)]
        front = [(x, z * (1.0 + 0.35 * k), False) for k, x in enumerate(others)]
        listener, *order = [i for i in range(n) if i != lead]
        placed: dict[int, tuple[float, float, bool]] = {lead: front[0]}
        placed.update({i: front[1 + k] for k, i in enumerate(order)})
        placed[listener] = (shoulder, near, True)
        return [placed[i] for i in range(n)]
    if n == 1:
        return [(across, z, False)]
    step = _step(brief, camera, n)
    middle = (n - 1) / 2
    group = 0.5 + (across - 0.5) * (0.35 if n == 2 else 0.1)
    spots = []
    for i in range(n):
        deep = (
            z
            if i == lead
            else z
            * (
                1.06
                + 0.22 * (abs(i - lead) - 1)
                + (0.22 if brief.coverage is Coverage.SINGLE else 0.0)
            )
        )
        spots.append((group + (i - middle) * step, deep, False))
    return spots


def _level(person: CharacterProfile, camera: Camera, z: float, brief: ShotBrief) -> float:
    """Return how far the near person is raised or lowered so that the head stays in the frame, as a camera crew would."""
    eye = person.height_cm / 100.0 - HEAD_METRES * 0.5
    wanted = camera.height + (camera.horizon - EYE_LINE[brief.size] - 0.10) * z / camera.focal
    return wanted - eye


def _step(brief: ShotBrief, camera: Camera, n: int) -> float:
    head = HEAD_HEIGHT_SHARE[brief.size]
    wish = head * (2.35 if brief.coverage is Coverage.TWO_SHOT else 3.1) / camera.aspect
    room = 0.94 / n if brief.size not in (ShotSize.ECU, ShotSize.CU) else 0.9 / n
    return max(0.055, min(wish, room))


def _yaw(brief: ShotBrief, spots: list[tuple[float, float, bool]], i: int, lead: int) -> float:
    if brief.coverage is Coverage.POV:
        return 0.0
    me = spots[i][0]
    if brief.coverage is Coverage.OTS and len(spots) > 1:
        shoulder = next(x for x, _, back in spots if back)
        return 0.0 if spots[i][2] else max(-0.7, min(0.7, 2.2 * (shoulder - me)))
    if len(spots) == 1:
        return 0.0 if abs(me - 0.5) < 0.02 else (0.38 if me < 0.5 else -0.38)
    other = lead if i != lead else (i + 1 if i + 1 < len(spots) else i - 1)
    return 0.62 if spots[other][0] > me else -0.62


def head_points(place: Placement, camera: Camera) -> tuple[float, float, float]:
    """Return crown's x and y and the head's height, all in frame units."""
    crown = place.profile.height_cm / 100.0 + place.lift
    x, y = camera.project(place.x, crown, place.z)
    return x, y, HEAD_METRES * camera.scale(place.z)
