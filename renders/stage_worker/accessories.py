# SPDX-License-Identifier: GPL-3.0-or-later
"""Accessories: collars, tie, judge's bands, glasses, hat."""

from __future__ import annotations

import bpy

from characters.engine.human.cast import BodyCast
from characters.engine.human.figure import Figure


def build_accessories(cast: BodyCast, person: Figure) -> list[bpy.types.Object]:
    """Return what a person wears besides clothes."""
    return []
