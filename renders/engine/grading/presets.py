"""Ready grades by plain names: a table of documents, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apexsite.kit.errors import InputError, listed


@dataclass(frozen=True, slots=True)
class Preset:
    """A name, what it does in words, its numbers, and its source."""

    key: str
    name: str
    words: str
    values: Mapping[str, float]
    source: str


HOUSE = "house choice"
PRESETS: tuple[Preset, ...] = (
    Preset("none", "As drawn", "Nothing is changed", {}, "the identity"),
    Preset(
        "natural", "Natural", "A little more light, contrast and colour",
        {"exposure_stops": 0.2, "contrast_percent": 15, "brightness_percent": 5,
         "saturation_percent": 8},
        "seed S1, the numbers of its example",
    ),
    Preset(
        "cinematic", "Cinematic", "Natural, with teal shadows, orange lights, grain and a vignette",
        {"exposure_stops": 0.2, "contrast_percent": 15, "brightness_percent": 5,
         "saturation_percent": 8, "teal_orange_percent": 50, "film_grain": 0.1, "vignette": 0.3,
         "sharpening": 0.4},
        "seed S1, the numbers of its example, all four stages",
    ),
    Preset(
        "warm_evening", "Warm evening", "A low sun; lights glow",
        {"temperature_kelvin": 6600, "tint": 2, "contrast_percent": 6, "saturation_percent": 6,
         "halation": 0.25},
        HOUSE,
    ),
    Preset(
        "cold_night", "Cold night", "Darker, bluer, less colour; skin keeps its own",
        {"exposure_stops": -0.35, "temperature_kelvin": 4700, "contrast_percent": 10,
         "others_saturation_percent": -25, "skin_saturation_percent": 10},
        HOUSE,
    ),
    Preset(
        "silver", "Silver", "Hard contrast, little colour",
        {"contrast_percent": 28, "saturation_percent": -55, "exposure_stops": 0.15,
         "film_grain": 0.2},
        "after the bleach bypass of film laboratories; numbers are a house choice",
    ),
    Preset(
        "faded_print", "Faded print", "Black is lifted on purpose, white is cream",
        {"curve_black": 7, "curve_shadows": 28, "curve_white": 95, "saturation_percent": -18,
         "temperature_kelvin": 6000, "film_grain": 0.25},
        "after prints whose dyes have faded; numbers are a house choice",
    ),
    Preset(
        "skin_only", "Only skin has colour", "All but skin nearly grey",
        {"others_saturation_percent": -85, "skin_saturation_percent": 5},
        "seed S1, selective desaturation; numbers are a house choice",
    ),
    Preset(
        "black_and_white", "Black and white", "No colour, firm contrast, grain",
        {"saturation_percent": -100, "contrast_percent": 18, "film_grain": 0.25, "vignette": 0.25},
        HOUSE,
    ),
)  # fmt: skip


def preset_named(key: str) -> Preset:
    """Return a preset; raises `InputError` with the names there are."""
    for preset in PRESETS:
        if preset.key == key:
            return preset
    raise InputError(f"preset={key[:80]!r} must be one of {listed(p.key for p in PRESETS)}")
