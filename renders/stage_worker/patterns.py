# SPDX-License-Identifier: GPL-3.0-or-later
"""Outfits: which pieces each is made of, and which skin it hides."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from characters.engine.human.cast import Wardrobe
from renders.stage_worker.garments import along_arm, neckline
from renders.stage_worker.tailoring import (
    Piece,
    above,
    bands,
    below,
    close_at_neck,
    collar,
    jacket,
    shirt,
    shirt_collar,
    shoes,
    sleeve,
    stand_off,
    tie,
    trousers,
    trunk_above,
)
from renders.stage_worker.trimmings import belt, cuffs, pockets, strip

DARK, JEANS, LINEN = "#20242B", "#2C3A52", "#EFECE4"
NECKS = {
    "tshirt": (0.020, 0.006, 0.010),
    "knit": (0.004, 0.0, 0.010),
    "dress": (0.050, 0.026, 0.0),
    "evening_dress": (0.115, 0.040, 0.0),
}
"""How far the neckline falls in front, opens at the sides, falls behind, metres. House choice."""


def _neck(outfit: str) -> dict[str, float]:
    return dict(zip(("drop", "wide", "nape"), NECKS[outfit], strict=True))


def _tie(wear: Wardrobe) -> list[Piece]:
    return tie(wear.accent_colour) if "tie" in wear.accessories else []


def _suit(wear: Wardrobe) -> list[Piece]:
    second = wear.second_colour
    return [
        *trousers(wear.colour),
        *shirt(second),
        *_tie(wear),
        *shirt_collar(second),
        *jacket(wear.colour),
        *pockets(wear.colour, "wool", off=0.017, chest=False),
    ]


def _coat(wear: Wardrobe) -> list[Piece]:
    second = wear.second_colour
    long = jacket(wear.colour, hem=-0.42, bottom=0.34, ease=0.020)
    return [*trousers(DARK), *shirt(second, cloth="knit"), *long]


def _robe(wear: Wardrobe) -> list[Piece]:
    limits = (collar(0.02), trunk_above(0.13), sleeve(1.86))
    wide = stand_off(0.020, sleeve_end=0.050)
    return [
        *shirt(LINEN),
        *shirt_collar(LINEN),
        *bands(),
        Piece("robe", "tights", limits, wear.colour, offset=wide, thick=0.004),
        Piece(
            "robe skirt",
            "skirt",
            (below(0.17), above(-0.71)),
            wear.colour,
            offset=stand_off(0.012, hem=0.06),
            thick=0.004,
        ),
    ]


def _tshirt(wear: Wardrobe) -> list[Piece]:
    limits = (collar(*NECKS["tshirt"]), trunk_above(0.055), sleeve(0.62))
    offset = close_at_neck(stand_off(0.008, sleeve_end=0.02), **_neck("tshirt"))
    top = Piece("tshirt", "tights", limits, wear.colour, "cotton", offset, thick=0.0025)
    return [*trousers(JEANS), top]


def _knit(wear: Wardrobe) -> list[Piece]:
    limits = (collar(*NECKS["knit"]), trunk_above(0.06), sleeve(1.90))
    offset = close_at_neck(stand_off(0.012, sleeve_end=0.006), **_neck("knit"))
    return [
        *trousers(DARK),
        Piece("knit", "tights", limits, wear.colour, "knit", offset, thick=0.006),
    ]


def _uniform(wear: Wardrobe) -> list[Piece]:
    limits = (collar(), trunk_above(0.10), sleeve(1.91))
    offset = stand_off(0.009, sleeve_end=0.008)
    top = Piece("uniform", "tights", limits, wear.colour, "cotton", offset, thick=0.003)
    return [
        *trousers(wear.colour),
        top,
        *pockets(wear.colour, "cotton", off=0.0115, chest=True),
        *belt(),
        *tie("#14171C"),
        *shirt_collar(wear.colour),
    ]


def _shirt(wear: Wardrobe) -> list[Piece]:
    return [
        *trousers(DARK),
        *shirt(wear.colour),
        strip(wear.colour, off=0.0072),
        cuffs(wear.colour, off=0.0085),
        *belt(),
        *_tie(wear),
        *shirt_collar(wear.colour),
    ]


def _dress(wear: Wardrobe) -> list[Piece]:
    evening = wear.outfit == "evening_dress"
    edge = collar(*NECKS[wear.outfit])
    cloth, hem = ("silk", -0.70) if evening else ("cotton", -0.40)
    limits = (edge, trunk_above(0.13), sleeve(0.03 if evening else 0.50))
    offset = stand_off(0.010, sleeve_end=0.008)
    low = stand_off(0.006, hem=0.03 if evening else 0.015)
    skirt = (below(0.165), above(hem))
    return [
        Piece("dress", "tights", limits, wear.colour, cloth, offset, thick=0.0025),
        Piece("dress skirt", "skirt", skirt, wear.colour, cloth, low, thick=0.0025),
    ]


OUTFITS: dict[str, Callable[[Wardrobe], list[Piece]]] = {
    "suit": _suit,
    "coat": _coat,
    "robe": _robe,
    "tshirt": _tshirt,
    "knit": _knit,
    "uniform": _uniform,
    "shirt": _shirt,
    "dress": _dress,
    "evening_dress": _dress,
}


def pieces_of(wear: Wardrobe) -> list[Piece]:
    """Return the pieces of an outfit, innermost first."""
    return [*shoes(), *OUTFITS[wear.outfit](wear)]


def hides(wear: Wardrobe, template: np.ndarray) -> np.ndarray:
    """Return which skin vertices lie well under cloth."""
    arm, height = along_arm(template), template[:, 2]
    reach = {"tshirt": 0.48, "dress": 0.40, "evening_dress": -0.05}.get(wear.outfit, 1.80)
    drop, wide, nape = NECKS.get(wear.outfit, (0.0, 0.0, 0.0))
    trunk = (
        (neckline(template, drop=drop, wide=wide, nape=nape) > 0.012)
        & (height > 0.05)
        & (arm < reach)
    )
    legs = (height <= 0.06) & (arm < 0.2) & (np.abs(template[:, 0]) < 0.31)
    if wear.outfit == "dress":
        legs &= height > -0.33
    foot = height < -0.75
    return trunk | legs | foot
