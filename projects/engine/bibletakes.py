"""Colours found in a picture taken into a look: added to the palette or the skin tones, or in place of one of them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from apexsite.kit.documents import Document
from apexsite.kit.errors import InputError
from projects.engine.biblereaders import MOST_COLOURS
from projects.engine.bibleschema import BY_NAME, HEX_COLOUR, put_at
from projects.engine.biblesheet import value_of

PALETTE, SKIN = "palette", "skin"
GROUP_OF = {PALETTE: BY_NAME["color_palette.primary_colors"], SKIN: BY_NAME["color_palette.skin_tones"]}  # fmt: skip


def colours_taken(document: Mapping[str, Any], takes: Mapping[str, str]) -> Document:
    """Return a look's document with colours of a picture in it; `takes` says for each `#RRGGBB` where it goes.

    That is `palette` or `skin` to add it there, or the `#RRGGBB` of the look whose place it takes. A colour that is there
    already is not added twice. Raises `InputError` for anything else, and when a palette would grow too long.
    """
    if not takes:
        raise InputError("no colour was chosen; say for one at least where it goes")
    colours = {key: [str(c).upper() for c in value_of(document, f)] for key, f in GROUP_OF.items()}
    for given, where in takes.items():
        colour = given.upper()
        if not HEX_COLOUR.fullmatch(colour):
            raise InputError(f"colour={given[:20]!r} must look like #RRGGBB")
        _take(colours, colour, where)
    taken = copy.deepcopy(dict(document))
    for key, field in GROUP_OF.items():
        if len(colours[key]) > MOST_COLOURS:
            raise InputError(
                f"{field.label.lower()} of {len(colours[key])} colours is too long; at most {MOST_COLOURS} fit: "
                "put some in the place of others"
            )
        if colours[key] != [str(c).upper() for c in value_of(document, field)]:
            put_at(taken, field.path, colours[key])
    return taken


def _take(colours: dict[str, list[str]], colour: str, where: str) -> None:
    if where in colours:
        if colour not in colours[where]:
            colours[where].append(colour)
        return
    for group in colours.values():
        if where.upper() in group:
            at = group.index(where.upper())
            if colour in group:
                del group[at]
            else:
                group[at] = colour
            return
    raise InputError(
        f"where={where[:20]!r} must be {PALETTE}, {SKIN}, or a colour of the look such as "
        f"{', '.join([*colours[PALETTE], *colours[SKIN]][:4])}"
    )
