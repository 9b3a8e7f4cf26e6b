"""Requests to build prompts of."""

from __future__ import annotations

from typing import Any

from characters.engine.profile import CharacterProfile
from projects.engine.bible import bible_from
from projects.engine.brief import ShotBrief
from projects.engine.framing import ShotSize
from renders.engine.imaging.base import ImageRequest
from renders.engine.imaging.options import PictureOptions

MARA = CharacterProfile(
    "mara_1", "Mara Voss", age_years=(50, 59), gender="female", hair_style="bun",
    hair_colour="#C9CDD2", clothing="black judicial robes", expression="serious, determined",
)  # fmt: skip
IVO = CharacterProfile("ivo_1", "Ivo", age_years=(30, 39), gender="male", clothing="coat")
RICH = {
    "genre": "courtroom_drama",
    "director": "wes_anderson",
    "film_stock": "kodak_portra",
    "lighting": {"key": "soft_box", "fill": "reflector", "rim": "hair_light", "mood": "dramatic"},
    "exposure": {"aperture": "f/2.8", "iso": "ISO 800", "shutter_speed": "1/125"},
    "elements": [
        {"name": "smoke", "value": "thin", "weight": 0.4},
        {"name": "colors", "value": "battle_hues", "weight": 0.8},
        {"name": "rain", "value": "heavy", "weight": 0},
    ],
}


def request_of(
    *cast: CharacterProfile, bible: dict[str, Any] | None = None, tightness: float = 0, **brief: Any
) -> ImageRequest:
    """Return a request of a close-up in a courtroom, or what else is said."""
    values: dict[str, Any] = {
        "code": "s01_010", "place": "COURTROOM", "action": "Mara looks up.", "size": ShotSize.CU,
        "lighting": "soft window light", "mood": "tense", "cast": tuple(one.key for one in cast),
    }  # fmt: skip
    return ImageRequest(
        brief=ShotBrief(**{**values, **brief}),
        cast=cast,
        bible=bible_from(RICH if bible is None else bible),
        width=640,
        height=360,
        seed=1,
        options=PictureOptions(tightness=tightness),
    )
