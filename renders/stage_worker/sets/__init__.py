# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage's sets by name; an unknown name answers with the nearest by words."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from renders.stage_worker.sets import courtroom, forest, living, office, street, studio

Build = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """How a set is built for a time of day, and the words that lead to it."""

    build: Build
    words: tuple[str, ...]
    by_day: float = 0.55
    by_night: float = 0.85

    def lamp_share(self, time_of_day: str) -> float:
        """Return how strong the mood's lamps are here, beside the set's own light."""
        return self.by_night if time_of_day == "night" else self.by_day


SETS: dict[str, Stage] = {
    "courtroom": Stage(courtroom.build, ("court", "tribunal", "judge", "chamber", "hearing")),
    "office": Stage(
        office.build, ("office", "desk", "study", "bureau", "interrogation", "newsroom", "clinic")
    ),
    "living room": Stage(
        living.build,
        ("living", "lounge", "home", "house", "apartment", "flat", "parlour", "kitchen", "bedroom"),
    ),
    "street": Stage(
        street.build, ("street", "alley", "road", "city", "neon", "pavement", "avenue", "market")
    ),
    "forest": Stage(
        forest.build, ("forest", "wood", "clearing", "jungle", "park", "garden", "grove", "field")
    ),
    "studio": Stage(studio.build, ("studio", "stage", "void", "limbo", "backdrop"), 1.0, 1.0),
}


def nearest_set(words: str) -> str:
    """Return the name of the set that the words mean: a word of it, else the most alike name, else the studio."""
    text = words.lower()
    for name, stage in SETS.items():
        if any(word in text for word in stage.words):
            return name
    alike = difflib.get_close_matches(text, SETS, n=1, cutoff=0.6)
    return alike[0] if alike else "studio"
