"""What somebody wears in a scene: what its words put on them, a coat outside at night or in the wet, else their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from characters.engine.casting.tables import OUTFIT_WORDS
from characters.engine.human.cast import BodyCast
from characters.engine.profile import CharacterProfile
from projects.engine.brief import ShotBrief
from projects.engine.framing import Setting, TimeOfDay
from renders.engine.stage.memory import SceneMemory

WET = r"rain\w*|snow\w*|storm\w*|sleet|hail|drizzl\w*|blizzard|freez\w*|wind(?:y)?"
KEPT_OUTSIDE = ("coat", "uniform")
"""Outfits that need no coat over them outside. House choice."""

PUT_ON = r"\b(?:in|and|wearing|wears|with|puts on) (?:an? |her |his |their |the )?(?:[\w-]+ ){0,3}"


def dressed(
    brief: ShotBrief, person: CharacterProfile, body: BodyCast, scene: SceneMemory
) -> tuple[BodyCast, str]:
    """Return somebody's body in the clothes of the scene, and the rule that chose them; their own have no rule.

    The whole scene's words count, so that every shot of it has the same clothes.
    """
    people = scene.with_cast((person,))
    said = [action for _, action in scene.actions] or [brief.action]
    outfit, word = worn_in(person, people, said)
    rule = f"the scene's words: {word!r}" if outfit else ""
    if not outfit and body.wardrobe.outfit not in KEPT_OUTSIDE and _is_cold(brief):
        outfit, rule = "coat", "outside at night or in the wet with no garment named: a coat"
    if not outfit or outfit == body.wardrobe.outfit:
        return body, ""
    worn = tuple(name for name in body.wardrobe.accessories if name != "tie")
    colour = "#15151A" if outfit == "robe" else person.wardrobe_colour.upper()
    wardrobe = replace(body.wardrobe, outfit=outfit, colour=colour, accessories=worn)
    return replace(body, wardrobe=wardrobe), rule


def _is_cold(brief: ShotBrief) -> bool:
    """Return whether one wears a coat here. House rule."""
    if brief.setting is Setting.INT:
        return False
    wet = re.search(rf"\b(?:{WET})\b", brief.weather.lower())
    return brief.time_of_day is TimeOfDay.NIGHT or wet is not None


def worn_in(
    person: CharacterProfile, people: Sequence[CharacterProfile], actions: Sequence[str]
) -> tuple[str, str]:
    """Return the outfit that a scene's words put on somebody, and the word: "… and a long blue coat", "Mara, robed"."""
    for words in _said_up_to_the_next(person, people, actions):
        if re.search(r"\brobed\b", words):
            return "robe", "robed"
        for name, garments in OUTFIT_WORDS:
            for garment in garments:
                if re.search(PUT_ON + re.escape(garment) + r"\b", words):
                    return name, garment
    return "", ""


def _said_up_to_the_next(
    person: CharacterProfile, people: Sequence[CharacterProfile], actions: Sequence[str]
) -> list[str]:
    """Return what sentences say of somebody, each from their name to the next person's or its end."""
    own = _names(person)
    others = {name for p in people if p.key != person.key for name in _names(p)} - own
    found = []
    for sentence in re.split(r"[.;!?]", ". ".join(actions).lower()):
        hits = [m.end() for name in own for m in re.finditer(rf"\b{re.escape(name)}\b", sentence)]
        if not hits:
            continue
        rest = sentence[max(hits) :]
        ends = [m.start() for n in others if (m := re.search(rf"\b{re.escape(n)}\b", rest))]
        found.append(rest[: min(ends)] if ends else rest)
    return found


def _names(person: CharacterProfile) -> set[str]:
    return {part for part in person.name.lower().split() if len(part) > 2}
