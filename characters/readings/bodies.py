"""A person's body for the stage as a page tells it: each part with its value, the rule that gave it, and where from."""

from __future__ import annotations

from dataclasses import dataclass

from apexsite.kit.errors import NotSupported
from characters.engine.casting.limits import refuse_unsupported
from characters.engine.human.cast import BodyCast
from characters.engine.profilesheet import in_words
from characters.models import Character
from characters.services.characters import profile_from_document

SHEET, CHOSEN, SPREAD = "from the sheet", "chosen by default", "spread apart"
DEFAULTS = ("drawn", "no garment word", "the first face", "nearest is", "default")
"""How the rules of what nobody asked for begin."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line: what, its value (and a colour to show), the rule, and which of three kinds the rule is."""

    label: str
    value: str
    rule: str
    origin: str
    colour: str = ""


def refusal_of(character: Character) -> str:
    """Return why the stage does not draw somebody, as they are now, else nothing."""
    try:
        refuse_unsupported(profile_from_document(character.profile))
    except NotSupported as err:
        return err.message
    return ""


def parts_of(character: Character) -> list[Part]:
    """Return the parts of a cast body, the face first; nothing while there is none."""
    if not character.body:
        return []
    body, rules, profile = (
        BodyCast.from_document(character.body),
        character.body_sources,
        character.profile,
    )
    hair, wear = body.hair, body.wardrobe
    beard = "" if hair.beard == "none" else f", {hair.beard} beard"
    worn = f" with {', '.join(wear.accessories)}" if wear.accessories else ""
    return [
        _part("Face", "own features, kept for good", rules.get("apart") or rules.get("face", "")),
        _part("Ancestry", _ancestry(body), rules.get("ancestry", "")),
        _trait(character, "Age", "age_years", in_words("age_years", profile["age_years"])),
        _trait(character, "Gender", "gender", profile["gender"]),
        _trait(character, "Build", "build", profile["build"]),
        _trait(character, "Height", "height_cm", f"{body.height_cm:g} cm"),
        _trait(character, "Skin", "skin_colour", "", body.skin.colour),
        _part("Eyes", "", rules.get("eyes", ""), body.eye_colour),
        _trait(character, "Hair", "hair_style", f"{hair.style}{beard}", hair.colour),
        _part(
            "Wardrobe",
            f"{wear.outfit.replace('_', ' ')}{worn}",
            rules.get("wardrobe", ""),
            wear.colour,
        ),
    ]


def _part(label: str, value: str, rule: str, colour: str = "") -> Part:
    is_default = rule.startswith(DEFAULTS) or rule.endswith("default")
    origin = CHOSEN if is_default else SPREAD if rule.startswith("spread") else SHEET
    return Part(label, value, rule, origin, colour)


def _trait(character: Character, label: str, name: str, value: str, colour: str = "") -> Part:
    """Return a part that is a trait of the sheet, with the rule that gave the sheet its value."""
    return _part(label, value, character.profile_sources.get(name, ""), colour)


def _ancestry(body: BodyCast) -> str:
    shares = {name: getattr(body.phenotype, name) for name in ("african", "asian", "caucasian")}
    whole = sum(shares.values()) or 1.0
    named = {"caucasian": "european"}
    order = sorted(shares, key=lambda name: -shares[name])
    cents = {name: round(100 * shares[name] / whole) for name in order[1:]}
    cents[order[0]] = 100 - sum(cents.values())
    return ", ".join(f"{cents[name]} % {named.get(name, name)}" for name in order if cents[name])
