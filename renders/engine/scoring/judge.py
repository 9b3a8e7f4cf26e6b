"""The judge: all four criteria of a picture, and one sentence for the card."""

from __future__ import annotations

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3
from renders.engine.imaging.base import ImageRequest
from renders.engine.scoring.aesthetic import aesthetic
from renders.engine.scoring.artifacts import artifacts
from renders.engine.scoring.card import ScoreCard
from renders.engine.scoring.composition import composition
from renders.engine.scoring.style import style
from renders.engine.scoring.views import views_of


def judged(
    pixels: Bytes3, *, request: ImageRequest, subject: tuple[float, float] | None = None
) -> ScoreCard:
    """Return the card of a uint8 H×W×3 sRGB picture; `subject` is (x, y) in [0, 1] where the engine knows it.

    Raises `InputError` for another array or a subject outside the frame. The same picture gives the same numbers.
    """
    if subject is not None and not all(0.0 <= at <= 1.0 for at in subject):
        raise InputError(f"subject={subject} must be x, y from 0 to 1")
    views = views_of(pixels)
    bible = request.bible
    technical, defect = artifacts(views, film_grain=float(bible.document["film_grain"]))
    criteria = (
        aesthetic(views),
        composition(views, rule=bible.composition_rule, subject=subject),
        style(views, bible=bible, brief=request.brief),
        technical,
    )
    best = max(criteria, key=lambda criterion: criterion.value)
    weakest = min(criteria, key=lambda criterion: criterion.value)
    reason = f"Best: {best.name}, {best.reason}. Weakest: {weakest.name}, {weakest.reason}."
    return ScoreCard(criteria, reason, defect)
