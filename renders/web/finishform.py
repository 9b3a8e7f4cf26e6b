"""The finish of new variants as sliders of a form, in the order people think of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from apexsite.kit.errors import InputError
from renders.engine.finish.ranges import RANGES
from renders.engine.imaging.options import PictureOptions

LABELS = {
    "palette": "Pull to the look",
    "sharpen": "Sharpen",
    "contrast": "Contrast",
    "brightness": "Brightness",
    "grain": "Film grain",
}
"""Source: seed S4, post-processing; the pull of the palette is a house choice."""


@dataclass(frozen=True, slots=True)
class Slider:
    """One step as a slider."""

    name: str
    label: str
    least: float
    most: float


SLIDERS = tuple(Slider(name, label, *RANGES[name]) for name, label in LABELS.items())


def options_of(form: QueryDict) -> PictureOptions | None:
    """Return what the sliders ask, or None when all are at rest; raises `InputError` for what is no number."""
    finish: dict[str, float] = {}
    for slider in SLIDERS:
        text = form.get(f"finish-{slider.name}", "").strip()
        try:
            value = float(text or 0)
        except ValueError:
            raise InputError(
                f"{slider.label}={text[:20]!r} must be a number from {slider.least:g} to {slider.most:g}"
            ) from None
        if value:
            finish[slider.name] = value
    return PictureOptions(finish=finish) if finish else None
