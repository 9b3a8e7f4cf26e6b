"""The judge: all four criteria of a picture against what was asked for, and one sentence for the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apexsite.kit.errors import InputError
from apexsite.kit.pixels import Bytes3
from renders.engine.imaging.base import ImageRequest
from renders.engine.scoring.aesthetic import aesthetic
from renders.engine.scoring.artifacts import BLACK, artifacts
from renders.engine.scoring.blur import Box
from renders.engine.scoring.card import Criterion, ScoreCard, SubScore
from renders.engine.scoring.composition import composition
from renders.engine.scoring.faces import faces_score
from renders.engine.scoring.fingerprint import SAME, bits_apart, fingerprint
from renders.engine.scoring.neural import Models, neural_parts
from renders.engine.scoring.style import WANTED_WARMTH, style
from renders.engine.scoring.views import ramp, views_of

DUPLICATE = "duplicate"


def judged(
    pixels: Bytes3,
    *,
    request: ImageRequest,
    subject: tuple[float, float] | None = None,
    subject_box: Box | None = None,
    models: Models | None = None,
    text: str = "",
    others: Mapping[int, int] | None = None,
    faces: Sequence[Box] = (),
) -> ScoreCard:
    """Return the card of a uint8 H×W×3 sRGB picture.

    `subject` is (x, y) and `subject_box` (x0, y0, x1, y1) in [0, 1] where the engine knows them; `text` are the words it
    was asked with, for models that read them; `others` are the shot's other variants, number → fingerprint;
    `faces` the boxes of faces that are seen from the front, in [0, 1].
    Raises `InputError` for another array or a subject outside the frame. The same picture gives the same numbers.
    """
    if subject is not None and not all(0.0 <= at <= 1.0 for at in subject):
        raise InputError(f"subject={subject} must be x, y from 0 to 1")
    views = views_of(pixels)
    bible, brief = request.bible, request.brief
    twin = _difference(pixels, others or {})
    named = models or Models()
    seen = faces_score(pixels, faces, path=named.landmarks) if brief.cast else None
    technical, defect = artifacts(
        views,
        film_grain=float(bible.document["film_grain"]) + request.options.finish.get("grain", 0.0),
        subject_box=subject_box,
        more=[part for part in (twin, seen) if part],
    )
    if not defect and twin.value is not None and twin.value < 0.5:
        defect = DUPLICATE
    neural = neural_parts(pixels, text=text, models=named)
    criteria: tuple[Criterion, ...] = (
        aesthetic(views, neural=neural, wanted_warmth=WANTED_WARMTH[brief.time_of_day]),
        composition(views, rule=bible.composition_rule, subject=subject),
        style(views, bible=bible, brief=brief),
        technical,
    )
    if defect == BLACK:
        criteria = _nothing_seen(criteria)
    best = max(criteria, key=lambda criterion: criterion.value)
    weakest = min(criteria, key=lambda criterion: criterion.value)
    reason = f"Best: {best.name}, {best.reason}. Weakest: {weakest.name}, {weakest.reason}."
    if defect == BLACK:
        reason = "A black frame: there is nothing to judge."
    elif defect == DUPLICATE:
        reason += f" Nearly the same as {twin.measured.partition(', ')[0]}."
    return ScoreCard(criteria, reason, defect)


def _difference(pixels: Bytes3, others: Mapping[int, int]) -> SubScore:
    """Return how different a picture is from the nearest of its shot's other variants."""
    if not others:
        return SubScore("difference", None, "the only variant")
    own = fingerprint(pixels)
    number = min(others, key=lambda key: (bits_apart(own, others[key]), key))
    apart = bits_apart(own, others[number])
    value = ramp(float(apart), bad=SAME - 4.0, good=SAME + 5.0)
    return SubScore("difference", value, f"variant {number}, {apart} of 64 bits apart")


def _nothing_seen(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    return tuple(Criterion(one.name, 0.0, one.sub_scores, "nothing is seen") for one in criteria)
