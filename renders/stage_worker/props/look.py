# SPDX-License-Identifier: GPL-3.0-or-later
"""How the words have a prop: its colour where one is named, whether it burns, runs or is lit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """`colour` is #RRGGBB or empty for the prop's own; `lit` says that its lamp, screen or flame is on."""

    colour: str = ""
    lit: bool = False

    def or_else(self, own: str) -> str:
        """Return the colour named, else the prop's own."""
        return self.colour or own
