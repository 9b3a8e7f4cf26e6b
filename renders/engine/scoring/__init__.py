"""Scores of pictures: `score_picture` measures a picture against its brief and bible. Cheap to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from renders.engine.scoring.card import WEIGHTS, Criterion, ScoreCard, SubScore

if TYPE_CHECKING:
    from apexsite.kit.pixels import Bytes3
    from renders.engine.imaging.base import ImageRequest

__all__ = ["WEIGHTS", "Criterion", "ScoreCard", "SubScore", "score_picture"]


def score_picture(
    pixels: Bytes3, *, request: ImageRequest, subject: tuple[float, float] | None = None
) -> ScoreCard:
    """Return the score card of a picture. See `renders.engine.scoring.judge.judged`."""
    from renders.engine.scoring.judge import judged

    return judged(pixels, request=request, subject=subject)
