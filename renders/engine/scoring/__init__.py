"""Scores of pictures: `score_picture` measures a picture against its brief and bible. Cheap to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from renders.engine.scoring.card import WEIGHTS, Criterion, ScoreCard, SubScore

if TYPE_CHECKING:
    from apexsite.kit.pixels import Bytes3
    from renders.engine.imaging.base import ImageRequest

__all__ = ["WEIGHTS", "Criterion", "ScoreCard", "SubScore", "score_picture"]


def score_picture(pixels: Bytes3, *, request: ImageRequest, **known: Any) -> ScoreCard:
    """Return the score card of a picture; `known` as `renders.engine.scoring.judge.judged` takes it."""
    from renders.engine.scoring.judge import judged

    return judged(pixels, request=request, **known)
