"""Ten grown people for the look book and the stage's measurements, cast from profiles as the studio casts them."""

from __future__ import annotations

from functools import cache

from characters.engine.casting.rules import bodies_of_cast
from characters.engine.human.cast import BodyCast
from characters.engine.profile import CharacterProfile

PEOPLE: tuple[dict[str, object], ...] = (
    {"key": "ada", "gender": "female", "age_years": (30, 34), "height_cm": 168, "skin_colour": "#E3B893", "hair_colour": "#5A3420", "hair_style": "bob", "clothing": "knit sweater", "wardrobe_colour": "#7A2E3A", "description": "european woman, green eyes"},
    {"key": "bela", "gender": "male", "age_years": (44, 50), "height_cm": 182, "skin_colour": "#D9A77F", "hair_colour": "#3A2A20", "hair_style": "short", "clothing": "navy suit", "wardrobe_colour": "#222C40", "description": "european man in a tie, stubble"},
    {"key": "chidi", "gender": "male", "age_years": (28, 33), "height_cm": 186, "build": "athletic", "skin_colour": "#5B3A26", "hair_colour": "#120E0C", "hair_style": "buzz", "clothing": "t-shirt", "wardrobe_colour": "#C9A227", "description": "west african man"},
    {"key": "dora", "gender": "female", "age_years": (68, 74), "height_cm": 160, "skin_colour": "#E6BFA2", "hair_colour": "#C9C6C0", "hair_style": "bun", "clothing": "black robe", "wardrobe_colour": "#15151A", "description": "european woman, blue eyes, glasses"},
    {"key": "eun", "gender": "female", "age_years": (24, 28), "height_cm": 163, "build": "slim", "skin_colour": "#E8C19A", "hair_colour": "#14100E", "hair_style": "long", "clothing": "summer dress", "wardrobe_colour": "#3E6B8A", "description": "east asian woman"},
    {"key": "farid", "gender": "male", "age_years": (55, 61), "height_cm": 174, "build": "heavy", "skin_colour": "#B98055", "hair_colour": "#5C5854", "hair_style": "swept", "clothing": "long coat", "wardrobe_colour": "#4A4034", "description": "middle eastern man, moustache, receding hair, hat"},
    {"key": "grace", "gender": "female", "age_years": (38, 44), "height_cm": 172, "skin_colour": "#6E4630", "hair_colour": "#1A1210", "hair_style": "curly", "clothing": "evening gown", "wardrobe_colour": "#6A1B2E", "description": "afro-caribbean woman"},
    {"key": "hiro", "gender": "male", "age_years": (70, 78), "height_cm": 166, "build": "lean", "skin_colour": "#D8AC84", "hair_colour": "#B8B6B2", "hair_style": "bald", "clothing": "shirt", "wardrobe_colour": "#8A9AA8", "description": "east asian man, glasses"},
    {"key": "ines", "gender": "female", "age_years": (48, 54), "height_cm": 166, "build": "heavy", "skin_colour": "#C08A62", "hair_colour": "#2A1A14", "hair_style": "ponytail", "clothing": "police uniform", "wardrobe_colour": "#26324A", "description": "latin american woman"},
    {"key": "jan", "gender": "male", "age_years": (19, 23), "height_cm": 178, "build": "slim", "skin_colour": "#EBC6A6", "hair_colour": "#B08A4E", "hair_style": "curly", "clothing": "shirt", "wardrobe_colour": "#5E7A5A", "description": "european man, blue eyes, freckles"},
)  # fmt: skip


@cache
def people() -> dict[str, BodyCast]:
    """Return the ten bodies by key."""
    profiles = [CharacterProfile(name=str(one["key"]).title(), **one) for one in PEOPLE]  # type: ignore[arg-type]
    made = bodies_of_cast(profiles)
    return {one.key: body for one, (body, _) in zip(profiles, made, strict=True)}
