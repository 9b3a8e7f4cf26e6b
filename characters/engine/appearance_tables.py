"""Word tables from which a person's look is read. S0's where it gives them; the rest are house tables and say so."""

from __future__ import annotations

AGE_BANDS: tuple[tuple[tuple[str, ...], tuple[int, int]], ...] = (
    (("experienced", "authoritative", "elderly", "veteran"), (50, 70)),
    (("young", "teen", "teenage", "teenager"), (18, 25)),
    (("professional", "confident"), (35, 50)),
)
"""Age in years by personality word. Source: seed S0, "Age Mapping" (elderly, veteran, teenage: house additions)."""

DEFAULT_AGE = (30, 45)
"""Source: seed S0."""

EXPRESSIONS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("stern", "authoritative"), "serious, determined"),
    (("nervous", "anxious"), "worried, tense"),
    (("confident",), "confident, composed"),
    (("defensive",), "defensive, guarded"),
)
"""Expression by personality word. Source: seed S0, "Expression Mapping"."""

DEFAULT_EXPRESSION = "neutral, professional"

CLOTHING: tuple[tuple[tuple[str, ...], str], ...] = (
    (("judge",), "black judicial robes"),
    (("lawyer", "prosecutor", "attorney"), "professional business suit, formal attire"),
    (("defendant",), "formal courtroom attire"),
)
"""Clothing by role word. Source: seed S0, "Clothing Mapping" (attorney: house addition)."""

DEFAULT_CLOTHING = "professional attire"

HAIR_COLOURS: dict[str, str] = {
    "silver": "#C9CDD2",
    "white": "#E8E6E1",
    "grey": "#8E9196",
    "gray": "#8E9196",
    "black": "#17110F",
    "dark": "#2A1E18",
    "brown": "#4A3224",
    "chestnut": "#6B3F2A",
    "auburn": "#7A3A22",
    "red": "#A3472A",
    "ginger": "#B5582C",
    "blonde": "#D8B26A",
    "blond": "#D8B26A",
    "fair": "#D8B26A",
}
"""Hair colours by word. Source: house table (S0 names a method and gives no table)."""

DRAWN_HAIR = ("black", "dark", "brown", "chestnut", "auburn", "blonde")
OLD_DRAWN_HAIR = ("silver", "white", "grey")
"""Hair drawn by seed; from 55 years (middle of the band) on from the second list. House choice."""

HAIR_STYLE_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bald", ("bald", "shaven head", "shaved head", "hairless")),
    ("buzz", ("buzz", "cropped", "crew cut")),
    ("ponytail", ("ponytail",)),
    ("bun", ("bun", "chignon", "hair up")),
    ("bob", ("bob",)),
    ("curly", ("curly", "curls", "afro")),
    ("swept", ("swept", "slicked", "combed back")),
    ("long", ("long hair", "long-haired", "braid", "braids")),
    ("short", ("short hair", "short-haired")),
)
"""Hair style by words; the styles are `HAIR_STYLES`. Source: house table."""

SKIN_COLOURS: dict[str, str] = {
    "very pale": "#F6DCC8",
    "pale": "#F0CDB2",
    "fair": "#EDC4A3",
    "light": "#E6B48E",
    "olive": "#C99C6B",
    "tan": "#BE8556",
    "tanned": "#BE8556",
    "brown": "#8D5A38",
    "dark brown": "#643F28",
    "dark": "#553422",
    "black": "#46291B",
    "deep": "#46291B",
}
"""Skin colours by the word before "skin" or "complexion". Source: house table."""

DRAWN_SKIN = ("#F0CDB2", "#E6B48E", "#D3A06F", "#B57C50", "#8D5A38", "#553422")
"""Six tones, each drawn with the same chance by the person's own seed. House choice: even, never from role or name."""

DRAWN_GENDERS = ("female", "male")
"""Drawn with the same chance by the person's own seed when no word says it. House choice: the voices come in these two."""

GENDER_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "female",
        (
            "woman",
            "female",
            "girl",
            "she",
            "her",
            "mother",
            "sister",
            "daughter",
            "lady",
            "aunt",
            "widow",
        ),
    ),
    (
        "male",
        (
            "man",
            "male",
            "boy",
            "he",
            "his",
            "him",
            "father",
            "brother",
            "son",
            "gentleman",
            "uncle",
        ),
    ),
    ("nonbinary", ("nonbinary", "non-binary", "they", "androgynous")),
)
"""Explicit words only; roles such as judge or nurse say nothing of gender. Source: house table."""

BUILDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("slim", ("slim", "slender", "thin", "slight", "gaunt")),
    ("lean", ("lean", "wiry", "lanky")),
    ("athletic", ("athletic", "muscular", "fit")),
    ("heavy", ("heavy", "stout", "large", "fat", "plump", "burly", "broad")),
)

HEIGHTS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (188, ("tall", "towering")),
    (158, ("small", "short woman", "short man", "petite", "tiny")),
)
"""Height in cm by word. House choice."""

GARMENTS = (
    "coat|jacket|suit|dress|robe|robes|scarf|shirt|sweater|uniform|cloak|hoodie|gown|vest|blouse|cardigan|overcoat|"
    "cape|jumpsuit|tie"
)
COLOURS: dict[str, str] = {
    "ink-blue": "#1B2A4A",
    "ink blue": "#1B2A4A",
    "navy": "#1F2F4F",
    "blue": "#2F5597",
    "teal": "#1C7C84",
    "green": "#3E6B48",
    "olive": "#6B6B3A",
    "yellow": "#D9A92B",
    "orange": "#D06A28",
    "red": "#A32A2E",
    "crimson": "#8E1F33",
    "magenta": "#B3226F",
    "pink": "#D98CA3",
    "purple": "#5B3A77",
    "brown": "#6A4A34",
    "leather": "#4A3527",
    "beige": "#C8B79A",
    "bone-white": "#E2D9C6",
    "bone": "#E2D9C6",
    "white": "#E8E6E1",
    "charcoal": "#36393F",
    "grey": "#74787E",
    "gray": "#74787E",
    "black": "#1E1E22",
}
"""Cloth colours by word. Source: house table."""

DRAWN_WARDROBE = (
    "#1B2A4A",
    "#1C7C84",
    "#7A2E3A",
    "#C08A2E",
    "#4B5D43",
    "#5B3A77",
    "#B9AE98",
    "#8A4B2C",
    "#3F6C8F",
    "#46484F",
)
"""Ten cloth colours apart in hue or lightness, drawn by seed. House choice."""

VOICE_VARIANTS: dict[str, tuple[str, ...]] = {
    "female": ("f1", "f2", "f3", "f4", "f5"),
    "male": ("m1", "m2", "m3", "m4", "m5", "m6", "m7"),
    "nonbinary": ("f1", "f2", "f4", "m1", "m3", "m5"),
}
"""espeak-ng voice variants. Source: espeak-ng's `voices/!v` folder."""

VOICE_PITCHES: dict[str, tuple[int, int]] = {
    "female": (48, 72),
    "male": (22, 46),
    "nonbinary": (36, 58),
}
"""Range of espeak's pitch (0–99, 50 is the voice's own). House choice: ranges overlap little, so voices are told apart."""
