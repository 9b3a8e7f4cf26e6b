"""A variant's colours held against the look of its shot. Read each time from the picture; found colours are kept a while."""

from __future__ import annotations

from functools import lru_cache

from apexsite.kit.maincolours import MainColour, main_colours
from apexsite.kit.pixels import read_picture
from characters.models import Casting
from projects.engine.palettereport import PaletteReport, report_of
from renders.bridge import bible_of, current_bible
from renders.models import Variant
from renders.services.media import content_store


def variant_palette(variant: Variant) -> PaletteReport:
    """Return how the main colours of a variant lie to the look its shot has today.

    Skin is looked for where somebody is in the shot. Raises `NotFound` for a picture the store lost.
    """
    shot = variant.shot
    bible = bible_of(shot, current_bible(shot.scene.episode.project))
    with_people = Casting.objects.filter(shot=shot).exists()
    return report_of(_found(variant.media.sha256), bible=bible, with_people=with_people)


@lru_cache(maxsize=512)
def _found(sha256: str) -> tuple[MainColour, ...]:
    """A picture never changes under its hash, so what was found of it stays true."""
    return tuple(main_colours(read_picture(content_store().open_path(sha256))))
