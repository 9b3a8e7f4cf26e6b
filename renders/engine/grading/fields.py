"""Every number of a grade: its stage, its words on the page, where it changes nothing, and what is taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from apexsite.kit.colour import COOLEST_KELVIN, WARMEST_KELVIN


class Stage(StrEnum):
    """The four stages, in their order. Source: seed S1, "4-Stage Color Grading Pipeline"."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    CREATIVE = "creative"
    FINISHING = "finishing"


@dataclass(frozen=True, slots=True)
class GradeField:
    """A number of a grade; at `identity` it changes nothing, or is not looked at. `step` is a slider's."""

    stage: Stage
    name: str
    label: str
    identity: float
    least: float
    most: float
    step: float
    unit: str = ""
    hint: str = ""


P, S, C, F = Stage.PRIMARY, Stage.SECONDARY, Stage.CREATIVE, Stage.FINISHING
FIELDS: tuple[GradeField, ...] = (
    GradeField(P, "exposure_stops", "Exposure", 0.0, -8.0, 8.0, 0.05, "stops"),
    GradeField(P, "contrast_percent", "Contrast", 0.0, -100.0, 300.0, 1.0, "%"),
    GradeField(P, "brightness_percent", "Brightness", 0.0, -100.0, 300.0, 1.0, "%"),
    GradeField(P, "saturation_percent", "Saturation", 0.0, -100.0, 300.0, 1.0, "%"),
    GradeField(
        P, "temperature_kelvin", "White balance", 5600.0, WARMEST_KELVIN, COOLEST_KELVIN, 50.0, "K",
        "5600 changes nothing, higher is warmer",
    ),
    GradeField(P, "tint", "Tint", 0.0, -150.0, 150.0, 1.0, "", "minus is green, plus is magenta"),
    GradeField(P, "gamma", "Gamma", 1.0, 0.1, 10.0, 0.01, "", "1 changes nothing"),
    GradeField(S, "skin_saturation_percent", "Saturation of skin", 0.0, -100.0, 100.0, 1.0, "%"),
    GradeField(S, "skin_hue_degrees", "Hue of skin", 0.0, -30.0, 30.0, 0.5, "°", "plus is redder"),
    GradeField(S, "skin_brightness_percent", "Brightness of skin", 0.0, -50.0, 50.0, 1.0, "%"),
    GradeField(
        S, "others_saturation_percent", "Saturation of all else", 0.0, -100.0, 100.0, 1.0, "%"
    ),
    GradeField(S, "skin_y_min", "Skin, luma from", 0.1, 0.0, 1.0, 0.01),
    GradeField(S, "skin_y_max", "Skin, luma to", 0.9, 0.0, 1.0, 0.01),
    GradeField(S, "skin_cb_min", "Skin, Cb from", 0.35, 0.0, 1.0, 0.01),
    GradeField(S, "skin_cb_max", "Skin, Cb to", 0.65, 0.0, 1.0, 0.01),
    GradeField(S, "skin_cr_min", "Skin, Cr from", 0.45, 0.0, 1.0, 0.01),
    GradeField(S, "skin_cr_max", "Skin, Cr to", 0.65, 0.0, 1.0, 0.01),
    GradeField(S, "skin_softness", "Softness of its edge", 0.7, 0.05, 1.0, 0.05),
    GradeField(C, "curve_black", "Curve at black", 0.0, 0.0, 100.0, 1.0, "%"),
    GradeField(C, "curve_shadows", "Curve at 25 %", 25.0, 0.0, 100.0, 1.0, "%"),
    GradeField(C, "curve_mids", "Curve at 50 %", 50.0, 0.0, 100.0, 1.0, "%"),
    GradeField(C, "curve_highlights", "Curve at 75 %", 75.0, 0.0, 100.0, 1.0, "%"),
    GradeField(C, "curve_white", "Curve at white", 100.0, 0.0, 100.0, 1.0, "%"),
    GradeField(
        C, "teal_orange_percent", "Teal and orange", 0.0, 0.0, 100.0, 1.0, "%",
        "shadows to teal, lights to orange; skin, black and white stay",
    ),
    GradeField(C, "lut_percent", "Strength of the table", 100.0, 0.0, 100.0, 1.0, "%"),
    GradeField(F, "film_grain", "Grain", 0.0, 0.0, 1.0, 0.01, "", "0.2 looks like fine stock"),
    GradeField(F, "sharpening", "Sharpening", 0.0, 0.0, 2.0, 0.05),
    GradeField(F, "vignette", "Vignette", 0.0, 0.0, 0.95, 0.05, "", "light lost in the corners"),
    GradeField(
        F, "chromatic_aberration", "Colour fringes", 0.0, 0.0, 2.0, 0.05, "‰",
        "how much larger red is drawn than green",
    ),
    GradeField(F, "halation", "Halation", 0.0, 0.0, 1.0, 0.05, "", "a red glow about the lights"),
)  # fmt: skip
"""Source: seed S1 for stage 1, for the skin mask (its fields, with the prefix `skin_`), for the names of stage 4 and
for the units (percent, kelvin, stops; 5600 K is neutral); the rest and all ranges are house choices."""

IDENTITY: dict[str, float] = {field.name: field.identity for field in FIELDS}
FIELD_NAMED: dict[str, GradeField] = {field.name: field for field in FIELDS}


def names_of(stage: Stage) -> tuple[str, ...]:
    """Return the names of a stage's numbers in their order."""
    return tuple(field.name for field in FIELDS if field.stage == stage)
