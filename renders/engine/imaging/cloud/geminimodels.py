"""The Gemini picture models as data (`gemini.json`): what each draws, what it costs, when it ends, what comes after it.

Source: Google's pages of image models, prices and deprecations as read in October 2026. A cost of null is one nobody told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log
from pathlib import Path
from typing import Any

from apexsite.kit.documents import upgrade_document
from apexsite.kit.errors import InputError, ModelGone, listed

TABLE = Path(__file__).with_name("gemini.json")
SIDES_1K: dict[str, tuple[int, int]] = {
    "1:1": (1024, 1024), "2:3": (848, 1264), "3:2": (1264, 848), "3:4": (896, 1200),
    "4:3": (1200, 896), "4:5": (928, 1152), "5:4": (1152, 928), "9:16": (768, 1376),
    "16:9": (1376, 768), "21:9": (1584, 672),
}  # fmt: skip
"""Pixels of each ratio at 1K; 2K and 4K have two and four times the sides. Source: Google's table of image sizes."""
TIMES = {"1K": 1, "2K": 2, "4K": 4}


@dataclass(frozen=True, slots=True)
class GeminiModel:
    """One row of the table; `cost_cents` is a picture's price by size, US cents."""

    id: str
    title: str
    ratios: tuple[str, ...]
    cost_cents: dict[str, float | None]
    most_references: int
    sunset: date | None
    replacement: str

    def sides(self, ratio: str, size: str) -> tuple[int, int]:
        """Return the pixels of a ratio at a size."""
        width, height = SIDES_1K[ratio]
        return width * TIMES[size], height * TIMES[size]


@cache
def models() -> dict[str, GeminiModel]:
    """Return the table by id."""
    return {row.id: row for row in map(_model, _document()["models"])}


def default_id() -> str:
    """Return the model that draws when none is named."""
    return str(_document()["default"])


def model_named(name: str) -> GeminiModel:
    """Return a model of the table; raises `InputError` that lists them."""
    try:
        return models()[name]
    except KeyError:
        raise InputError(f"Gemini model={name!r} is not known; valid: {listed(models())}") from None


def model_today(name: str, today: date) -> GeminiModel:
    """Return the model itself, or what replaces it once its day has come; raises `ModelGone` at a dead end."""
    found, passed = model_named(name), [name]
    while found.sunset and today >= found.sunset:
        if not found.replacement or found.replacement in passed:
            raise ModelGone(f"{name} ended on {found.sunset} and nothing replaces it", model=name)
        passed.append(found.replacement)
        found = model_named(found.replacement)
    return found


def fitting(model: GeminiModel, width: int, height: int) -> tuple[str, str]:
    """Return the ratio nearest to a raster, and the smallest size that covers it, else the largest there is.

    >>> fitting(model_named("gemini-3.1-flash-image"), 2304, 1296)
    ('16:9', '2K')
    """
    shape = log(width / height)
    ratio = min(model.ratios, key=lambda r: abs(log(SIDES_1K[r][0] / SIDES_1K[r][1]) - shape))
    for size in model.cost_cents:
        wide, high = model.sides(ratio, size)
        if wide >= width and high >= height:
            return ratio, size
    return ratio, list(model.cost_cents)[-1]


@cache
def _document() -> dict[str, Any]:
    document = json.loads(TABLE.read_text(encoding="utf-8"))
    return upgrade_document(document, kind="gemini_models", version=1, upgrades={})


def _model(row: dict[str, Any]) -> GeminiModel:
    sunset = row["sunset"]
    return GeminiModel(
        **{
            **row,
            "ratios": tuple(row["ratios"]),
            "sunset": date.fromisoformat(sunset) if isinstance(sunset, str) else None,
        }
    )
