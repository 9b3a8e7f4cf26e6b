"""Tables of casting: words to ancestry, eyes, outfits; which local changes make faces differ."""

from __future__ import annotations

ANCESTRY_WORDS: tuple[tuple[str, tuple[float, float, float]], ...] = (
    ("east african", (0.9, 0.0, 0.1)),
    ("west african", (1.0, 0.0, 0.0)),
    ("afro-caribbean", (0.9, 0.0, 0.1)),
    ("african-american", (0.8, 0.0, 0.2)),
    ("african", (1.0, 0.0, 0.0)),
    ("east asian", (0.0, 1.0, 0.0)),
    ("southeast asian", (0.1, 0.85, 0.05)),
    ("south asian", (0.15, 0.3, 0.55)),
    ("middle eastern", (0.1, 0.1, 0.8)),
    ("latin american", (0.15, 0.35, 0.5)),
    ("asian", (0.0, 1.0, 0.0)),
    ("european", (0.0, 0.0, 1.0)),
    ("caucasian", (0.0, 0.0, 1.0)),
)
"""African, Asian, Caucasian weights by explicit word. Source: the three anchors of the body tables; mixtures are house
choice. Names, roles, skin colours and places are never read for it."""

BUILDS: dict[str, tuple[float, float]] = {
    "slim": (0.25, 0.42),
    "lean": (0.33, 0.58),
    "average": (0.50, 0.50),
    "athletic": (0.48, 0.85),
    "heavy": (0.88, 0.48),
}
"""Weight and muscle (0 to 1) by build. House choice."""

EYE_COLOURS: dict[str, str] = {
    "brown": "#5B3A21",
    "dark": "#34200F",
    "hazel": "#7A5C2E",
    "green": "#5E7F58",
    "blue": "#4F7EA8",
    "grey": "#7C8A93",
    "gray": "#7C8A93",
}
DRAWN_EYES: tuple[str, ...] = ("brown", "dark", "hazel", "green", "blue", "grey")

OUTFIT_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("robe", ("robe", "robes", "judicial", "cloak", "cassock")),
    ("evening_dress", ("evening dress", "evening gown", "ball gown", "gown")),
    ("dress", ("dress", "summer dress", "frock")),
    ("uniform", ("uniform", "police", "fatigues")),
    ("coat", ("coat", "overcoat", "trench", "cape", "parka")),
    ("tshirt", ("t-shirt", "tee", "tshirt", "vest", "jumpsuit", "tank top")),
    ("knit", ("sweater", "jumper", "cardigan", "knit", "pullover", "turtleneck", "hoodie")),
    ("suit", ("suit", "attire", "jacket", "blazer", "tuxedo", "formal")),
    ("shirt", ("shirt", "blouse", "waistcoat")),
)
"""Outfit by garment word, first hit. House table; roles are not read, S0's clothing table has done that already."""

FACE_CHANGES: dict[str, float] = {
    "chin-width-incr": 0.44,
    "chin-height-incr": 0.36,
    "chin-jaw-drop-incr": 0.32,
    "chin-prominent-incr": 0.40,
    "chin-bones-incr": 0.36,
    "cheek-bones-incr": 0.40,
    "cheek-volume-incr": 0.36,
    "eye-scale-incr": 0.22,
    "eye-trans-out": 0.28,
    "eye-trans-up": 0.20,
    "eye-corner1-up": 0.32,
    "eye-height2-incr": 0.24,
    "eyebrows-trans-up": 0.32,
    "eyebrows-angle-up": 0.36,
    "forehead-scale-vert-incr": 0.32,
    "forehead-trans-forward": 0.28,
    "head-fat-incr": 0.32,
    "head-scale-horiz-incr": 0.24,
    "head-scale-vert-incr": 0.24,
    "mouth-scale-horiz-incr": 0.36,
    "mouth-upperlip-height-incr": 0.36,
    "mouth-lowerlip-height-incr": 0.36,
    "mouth-trans-up": 0.24,
    "nose-hump-incr": 0.32,
    "nose-scale-horiz-incr": 0.32,
    "nose-scale-vert-incr": 0.24,
    "nose-point-up": 0.36,
    "nose-width2-incr": 0.36,
    "nose-scale-depth-incr": 0.24,
    "ear-scale-incr": 0.24,
    "ear-wing-incr": 0.28,
    "neck-scale-horiz-incr": 0.24,
}
"""Spread (standard deviation) of each local change among faces; eye, ear, cheek ones go to both sides. House choice."""

FACE_MEANS: dict[str, float] = {"eye-height2-incr": 0.35, "eye-scale-incr": 0.12}
"""Middle of a change among faces where it is not 0: the tables' own eyes are half closed. House choice, set by eye."""

PAIRED = ("cheek-", "eye-", "ear-")
"""Beginnings of changes that exist as `l-` and `r-`."""
