"""Light by name, and the roles each may play in a three-point setup: key, fill, rim, background."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S1, Lighting Setups and Advanced Usage.
S1 = "name: the product brief; words: house choice"
SET = "house choice from common set practice"


def _light(key: str, title: str, words: str, roles: list[str], source: str = SET) -> Term:
    return Term(key, title, words, source, asks={"roles": roles})


LIGHTS = table(
    _light("soft_box", "Soft box", "soft box light", ["key", "fill"], S1),
    _light("volumetric_lighting", "Volumetric light", "volumetric light beams", ["key", "background"], S1),
    _light("reflector", "Reflector", "reflector fill", ["fill"], S1),
    _light("blue_accents", "Blue accents", "blue accent light", ["fill", "rim", "background"], S1),
    _light("hair_light", "Hair light", "hair light", ["rim"], S1),
    _light("practical_glow", "Practical glow", "glow of practical lamps", ["key", "rim", "background"], S1),
    _light("neutral", "Neutral", "neutral background", ["background"], S1),
    _light("window_light", "Window light", "soft window light from the side", ["key", "fill"]),
    _light("hard_sun", "Hard sun", "hard direct sunlight, crisp shadows", ["key", "rim"]),
    _light("golden_hour", "Golden hour", "low golden sun", ["key", "rim", "background"]),
    _light("moonlight", "Moonlight", "cool moonlight", ["key", "fill", "rim"]),
    _light("neon", "Neon", "coloured neon light", ["key", "fill", "rim", "background"]),
    _light("candlelight", "Candlelight", "warm flickering candlelight", ["key", "fill"]),
    _light("overhead", "Overhead", "single overhead light, shaded eyes", ["key"]),
    _light("bounce", "Bounce", "bounced fill light, low contrast", ["fill"]),
    _light("no_fill", "No fill", "no fill light, black shadows", ["fill"]),
    _light("kicker", "Kicker", "low kicker light along the cheek", ["rim"]),
    _light("dark", "Dark", "background falling into darkness", ["background"]),
    _light("gradient", "Gradient", "background with a soft gradient of light", ["background"]),
    _light("city_lights", "City lights", "out-of-focus city lights behind", ["background"]),
)  # fmt: skip
