"""Which set a brief asks for, by the words of its place."""

from __future__ import annotations

import re
from collections.abc import Callable

from projects.engine.brief import ShotBrief
from projects.engine.framing import Setting
from renders.engine.imaging.sketch import sets_courtroom, sets_exterior, sets_interior, sets_street
from renders.engine.imaging.sketch.stage import Stage

SETS: dict[str, Callable[[Stage], None]] = {
    "courtroom": sets_courtroom.courtroom,
    "corridor": sets_interior.corridor,
    "office": sets_interior.office,
    "living_room": sets_interior.living_room,
    "room": sets_interior.room,
    "street": sets_street.neon_street,
    "forest": sets_exterior.forest,
    "rooftop": sets_exterior.rooftop,
    "car": sets_exterior.inside_car,
    "open_place": sets_exterior.open_place,
}

_WORDS: tuple[tuple[str, str], ...] = (
    ("rooftop", r"roof|terrace|balcony"),
    ("car", r"\b(car|taxi|cab|van|truck)\b"),
    ("courtroom", r"court|tribunal|trial|witness stand"),
    ("corridor", r"corridor|hallway|\bhall\b|passage|tunnel|lobby|stairwell"),
    ("office", r"office|chamber|station|bureau|lab|archive|study|newsroom|interrogation"),
    ("living_room", r"living|lounge|apartment|flat|home|parlou?r|bedroom|kitchen|house|hotel"),
    ("street", r"street|alley|city|downtown|road|avenue|neon|market|square|sidewalk|plaza"),
    ("forest", r"forest|wood|park|garden|jungle|grove|tree"),
)
_INSIDE = ("courtroom", "corridor", "office", "living_room")
_OUTSIDE = ("rooftop", "street", "forest")


def set_of(brief: ShotBrief) -> str:
    """Return the set's name; the heading's INT or EXT decides between a room and the street before it."""
    for name, rule in _WORDS:
        if not re.search(rule, brief.place, re.I):
            continue
        if brief.setting is Setting.INT and name in _OUTSIDE:
            continue
        if brief.setting is Setting.EXT and name in _INSIDE:
            continue
        return name
    return "room" if brief.setting is Setting.INT else "open_place"
