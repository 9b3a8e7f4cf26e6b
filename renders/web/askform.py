"""The "More" of the form that asks for variants: how many, which model, what to start from, whom to show, the finish."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from apexsite.kit.errors import InputError
from projects.models import Shot
from renders.bridge import cast_of
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.options import PictureOptions
from renders.models import Tier, Variant, Verdict
from renders.readings.modelchoices import ModelChoice, model_choices
from renders.services.engines import engine_likely
from renders.services.references import person_shown
from renders.services.variants import MOST_VARIANTS
from renders.web.finishform import SLIDERS, Slider, options_of

COUNT = 3
STRENGTH = Slider("strength", "How much is redrawn", 0.05, 1.0)
STRENGTH_AT = 0.6
"""Where the slider stands; the models' own, too. Source: `strength` of the profiles."""
MOST_STARTS = 12


@dataclass(frozen=True, slots=True)
class AskMore:
    """What the form shows besides its button, as far as the engine that will likely draw has a part for it."""

    models: list[ModelChoice]
    starts: list[Variant]
    shown: list[str]
    count: int = COUNT
    most: int = MOST_VARIANTS
    strength: Slider = STRENGTH
    strength_at: float = STRENGTH_AT
    finish: tuple[Slider, ...] = SLIDERS


def ask_more(shot: Shot, *, tier: str) -> AskMore:
    """Return the form's further part for a shot and a tier."""
    project = shot.scene.episode.project
    engine = engine_likely(project, tier)
    can = BACKENDS.get(engine).capabilities
    people = cast_of(shot) if can.most_references else []
    return AskMore(
        models=model_choices(project, engine),
        starts=_starts(shot, tier) if can.takes_start else [],
        shown=[person.name for person in people if person_shown(person) is not None],
    )


def asked_values(form: QueryDict) -> dict[str, Any]:
    """Return what the form asks of `variants_request`; raises `InputError` for what is no number."""
    options = options_of(form) or PictureOptions()
    start = form.get("start", "")
    if form.get("model"):
        options = replace(options, model=form["model"][:80])
    if start:
        options = replace(options, strength=_strength(form.get("strength", "")))
    return {
        "count": _count(form.get("count", "")),
        "options": None if options == PictureOptions() else options,
        "start": start or None,
        # A tick left out of a form that showed it says no; a form without it says nothing.
        "show_cast": "cast-asked" not in form or "show-cast" in form,
    }


def _starts(shot: Shot, tier: str) -> list[Variant]:
    """Return the pictures one may start from: the tier's own, newest first, then what was approved in the others."""
    rows = Variant.objects.filter(shot=shot).order_by("-number")
    own = list(rows.filter(tier=tier)[:MOST_STARTS])
    return own + list(rows.filter(verdict=Verdict.APPROVED, tier__in=set(Tier.values) - {tier}))


def _count(text: str) -> int:
    if not text.strip():
        return COUNT
    if not (text.strip().isdecimal() and len(text.strip()) <= 4):
        raise InputError(f"How many={text[:20]!r} must be a whole number from 1 to {MOST_VARIANTS}")
    return int(text)


def _strength(text: str) -> float:
    try:
        return float(text or STRENGTH_AT)
    except ValueError:
        raise InputError(
            f"{STRENGTH.label}={text[:20]!r} must be a number from {STRENGTH.least:g} to {STRENGTH.most:g}"
        ) from None
