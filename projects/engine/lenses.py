"""The lenses a look prefers: a shot is taken on the one nearest to what its size would have.

>>> nearest_lens(24, (35, 50, 85))
35
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from projects.engine.breakdown import Breakdown

LENS = re.compile(r"^\s*(\d{1,3})(?:\.\d)?\s*mm\b", re.IGNORECASE)


def lenses_of(words: Sequence[str]) -> tuple[int, ...]:
    """Return the focal lengths in mm of words such as `35mm`, shortest first; what names none is passed over."""
    found = {int(match[1]) for match in map(LENS.match, words) if match}
    return tuple(sorted(lens for lens in found if lens > 0))


def nearest_lens(lens_mm: int, preferred: Sequence[int]) -> int:
    """Return the preferred focal length nearest in ratio, the shorter of two as near; the lens itself where none is preferred.

    Ratio, because a picture's scale goes with the focal length: 35 is as far from 24 as 50 from 35.
    """
    return min(preferred, key=lambda lens: (abs(math.log(lens / lens_mm)), lens), default=lens_mm)


def with_lenses(breakdown: Breakdown, preferred: Sequence[int]) -> Breakdown:
    """Return the breakdown with every shot on a preferred lens."""
    scenes = tuple(
        replace(
            scene,
            shots=tuple(
                replace(shot, lens_mm=nearest_lens(shot.lens_mm, preferred)) for shot in scene.shots
            ),
        )
        for scene in breakdown.scenes
    )
    return replace(breakdown, scenes=scenes)
