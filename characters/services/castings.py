"""Who is in which shot."""

from __future__ import annotations

from collections.abc import Mapping

from characters.models import Casting, Character
from projects.engine.breakdown import Breakdown
from projects.models import Episode, Shot


def castings_store(
    *, episode: Episode, breakdown: Breakdown, characters: Mapping[str, Character]
) -> int:
    """Make the castings of an episode those of its breakdown; called inside the import's transaction."""
    shots = {shot.code: shot for shot in Shot.objects.filter(scene__episode=episode)}
    rows = []
    for scene in breakdown.scenes:
        for brief in scene.shots:
            shot = shots[brief.code]
            rows += [
                Casting(shot=shot, character=characters[key], position=position)
                for position, key in enumerate(brief.cast)
            ]
    Casting.objects.filter(shot__in=shots.values()).delete()
    Casting.objects.bulk_create(rows)
    return len(rows)
