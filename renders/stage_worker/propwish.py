# SPDX-License-Identifier: GPL-3.0-or-later
"""What a brief says of its prop. Kit only: read before Blender is there."""

from __future__ import annotations

from dataclasses import dataclass

from apexsite.kit.errors import InputError, listed

NAMES: tuple[str, ...] = (
    "gavel", "box", "recorder", "phone", "clock", "watch", "lamp", "glasses", "letter", "envelope", "folder",
    "photograph", "book", "map", "card", "key", "ring", "knife", "coin", "door", "cup", "glass", "bottle", "candle",
    "flower", "hat", "raindrop",
)  # fmt: skip
WHERE = ("table", "ground", "doorway")


@dataclass(frozen=True, slots=True)
class PropWish:
    """`name` is one of `NAMES`, `where` of `WHERE`; `colour` is #RRGGBB or empty; `lit`: its lamp or flame is on."""

    name: str
    where: str = "table"
    colour: str = ""
    lit: bool = False

    def __post_init__(self) -> None:
        for name, value, valid in (("prop", self.name, NAMES), ("where", self.where, WHERE)):
            if value not in valid:
                raise InputError(f"{name}={value!r} is not known; valid: {listed(valid)}")
