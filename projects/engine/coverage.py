"""Rules of coverage: size, lens, angle and move of a shot from its purpose, its words and what came before."""

from __future__ import annotations

import re

from projects.engine.framing import CameraAngle, CameraMove, Coverage, ShotSize

LENS_BY_SIZE: dict[ShotSize, int] = {
    ShotSize.EWS: 24,
    ShotSize.LS: 35,
    ShotSize.MLS: 35,
    ShotSize.MS: 50,
    ShotSize.MCU: 50,
    ShotSize.CU: 85,
    ShotSize.ECU: 135,
}
"""Focal length in mm by size. Source: seed S1's lenses; wide for place, long for faces, as is common practice."""

SIZES: dict[Coverage, tuple[ShotSize, ...]] = {
    Coverage.ESTABLISHING: (ShotSize.EWS, ShotSize.LS),
    Coverage.MASTER: (ShotSize.LS, ShotSize.MLS),
    Coverage.TWO_SHOT: (ShotSize.MS, ShotSize.MLS),
    Coverage.SINGLE: (ShotSize.MCU, ShotSize.CU, ShotSize.MS, ShotSize.CU),
    Coverage.OTS: (ShotSize.MCU, ShotSize.MS),
    Coverage.INSERT: (ShotSize.CU, ShotSize.ECU),
    Coverage.POV: (ShotSize.LS, ShotSize.MS),
}
"""Sizes each purpose goes through in turn. Source: house choice; singles tighten, then breathe."""

SIZE_WORDS: tuple[tuple[ShotSize, str], ...] = (
    (ShotSize.ECU, r"\b(?:pupils?|an eye|her eyes|his eyes|lips)\b"),
    (ShotSize.CU, r"\b(?:face|tears?|stares?|listens?|remembers?|close on|close-up|breath)\b"),
    (ShotSize.LS, r"\b(?:alone|far|distance|distant|small|empty|vanish(?:es)?|walks away)\b"),
    (ShotSize.MLS, r"\b(?:walks?|enters?|stands?|rises|runs?|crosses|leaves|steps?|waits?)\b"),
)
"""Words of an action that ask for a size, for singles. Source: house list."""

ANGLE_WORDS: tuple[tuple[CameraAngle, str], ...] = (
    (CameraAngle.OVERHEAD, r"\b(?:from above|overhead|bird's[- ]eye|top shot)\b"),
    (CameraAngle.DUTCH, r"\b(?:dutch|dizzy|reels|nightmare|off balance|tilted|askew)\b"),
    (CameraAngle.LOW, r"\b(?:looks up|towers?|looms?|above (?:him|her|them)|low angle)\b"),
    (CameraAngle.HIGH, r"\b(?:looks down|high angle|far below|small against|dwarfed)\b"),
)
"""Words that place the camera in height. Source: house list."""

MOVE_WORDS: tuple[tuple[CameraMove, str], ...] = (
    (CameraMove.DOLLY_ZOOM, r"\b(?:dolly zoom|vertigo (?:shot|effect))\b"),
    (CameraMove.TRUCK_LEFT, r"\b(?:truck|track)(?:s|ing)? left\b"),
    (CameraMove.TRUCK_RIGHT, r"\b(?:truck|track)(?:s|ing)? right\b"),
    (CameraMove.CRANE_DOWN, r"\bcrane(?:s)? down\b"),
    (CameraMove.CRANE_UP, r"\b(?:crane(?:s)? up|crane shot)\b"),
    (CameraMove.BOOM_DOWN, r"\b(?:boom|pedestal)(?:s)? down\b"),
    (CameraMove.BOOM_UP, r"\b(?:boom|pedestal)(?:s)? up\b"),
    (CameraMove.ORBIT_RIGHT, r"\b(?:orbits?|circles?|arcs?) (?:round|around)\b"),
    (CameraMove.ZOOM_OUT, r"\b(?:pull back|pulls? back|widen|reveals?|recedes?|walks away)\b"),
    (CameraMove.ZOOM_IN, r"\b(?:push in|pushes in|closer|closes in|leans in|moves in)\b"),
    (CameraMove.PAN_LEFT, r"\b(?:pan left|to the left)\b"),
    (CameraMove.PAN_RIGHT, r"\b(?:pan right|to the right|follows|passes|crosses)\b"),
    (CameraMove.TILT_UP, r"\b(?:tilt up|rises|stands up|looks up|climbs)\b"),
    (CameraMove.TILT_DOWN, r"\b(?:tilt down|falls|drops|sinks|lowers)\b"),
    (CameraMove.STATIC, r"\b(?:locked off|motionless|frozen|static)\b"),
)
"""Words that move the camera. Source: house list."""

MOVES: dict[Coverage, tuple[CameraMove, ...]] = {
    Coverage.ESTABLISHING: (CameraMove.ZOOM_IN, CameraMove.PAN_RIGHT, CameraMove.TILT_UP),
    Coverage.MASTER: (CameraMove.PUSH_PAN, CameraMove.ZOOM_OUT, CameraMove.PAN_LEFT),
    Coverage.TWO_SHOT: (CameraMove.PAN_RIGHT, CameraMove.ZOOM_IN, CameraMove.STATIC),
    Coverage.SINGLE: (CameraMove.ZOOM_IN, CameraMove.STATIC, CameraMove.ZOOM_IN),
    Coverage.OTS: (CameraMove.STATIC, CameraMove.PAN_LEFT, CameraMove.ZOOM_IN),
    Coverage.INSERT: (CameraMove.ZOOM_IN, CameraMove.TILT_DOWN),
    Coverage.POV: (CameraMove.PUSH_PAN, CameraMove.PAN_RIGHT),
}
"""Gentle moves each purpose goes through where the words ask for none. House choice."""

POV_WORDS = re.compile(
    r"\bP\.?O\.?V\b|\bpoint of view\b|\bthrough (?:his|her|their) eyes\b|\bwe see what\b", re.I
)


def size_for(coverage: Coverage, *, words: str, turn: int) -> ShotSize:
    """Return the size: asked for by the words of a single, else the purpose's next in turn."""
    if coverage is Coverage.SINGLE:
        for size, pattern in SIZE_WORDS:
            if re.search(pattern, words, re.I):
                return size
    choices = SIZES[coverage]
    return choices[turn % len(choices)]


def angle_for(words: str) -> CameraAngle:
    """Return the angle that the words ask for, else eye level."""
    for angle, pattern in ANGLE_WORDS:
        if re.search(pattern, words, re.I):
            return angle
    return CameraAngle.EYE


def move_for(coverage: Coverage, *, words: str, turn: int) -> CameraMove:
    """Return the move that the words ask for, else the purpose's next in turn."""
    for move, pattern in MOVE_WORDS:
        if re.search(pattern, words, re.I):
            return move
    choices = MOVES[coverage]
    return choices[turn % len(choices)]
