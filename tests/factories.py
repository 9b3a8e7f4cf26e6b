"""Rows for tests, made the way services make them."""

from __future__ import annotations

from uuid import uuid4

import numpy as np

from apexsite.kit.pixels import png_bytes
from projects.models import Shot
from renders.bridge import shot_inputs_hash
from renders.models import Variant
from renders.services.media import media_keep_bytes


def variant_of(
    shot: Shot, *, number: int = 1, tier: str = "storyboard", score: float = 0.5
) -> Variant:
    """Make a variant with a small grey picture of its own."""
    shade = int(uuid4()) % 200
    pixels = np.full((54, 96, 3), shade, dtype=np.uint8)
    pixels[0, 0] = (number, int(score * 100), shade)
    media = media_keep_bytes(png_bytes(pixels), content_type="image/png", width=96, height=54)
    return Variant.objects.create(
        shot=shot,
        tier=tier,
        number=number,
        media=media,
        thumbnail=media,
        engine="made for a test",
        recipe={"schema": "apex.recipe/1"},
        inputs_hash=shot_inputs_hash(shot),
        score_total=score,
    )


def first_shot(episode) -> Shot:  # type: ignore[no-untyped-def]
    """Return the first shot of an episode."""
    return Shot.objects.filter(scene__episode=episode).order_by("scene__number", "order")[0]
