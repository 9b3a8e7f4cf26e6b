"""Which steps a finish may name, how far each goes, and the check of what was given."""

from __future__ import annotations

from collections.abc import Mapping

from apexsite.kit.errors import InputError

RANGES: dict[str, tuple[float, float]] = {
    "palette": (0.0, 1.0),
    "brightness": (-1.0, 1.0),
    "contrast": (-1.0, 1.0),
    "sharpen": (0.0, 1.0),
    "grain": (0.0, 1.0),
}
"""The steps in the order they are done, with their least and most; 0 leaves a picture alone.

Source: seed S4 names sharpening, contrast, brightness and grain; the palette pull and the order are house choices:
colour before tone, edges after tone, grain last so that nothing sharpens it.
"""


def finish_checked(finish: object) -> dict[str, float]:
    """Return the steps that do something; raises `InputError` naming an unknown step or a number out of range."""
    valid = ", ".join(f"{name} {least:g} to {most:g}" for name, (least, most) in RANGES.items())
    if not isinstance(finish, Mapping):
        raise InputError(f"finish={finish!r} must be steps with numbers; valid: {valid}")
    for name, value in finish.items():
        if name not in RANGES:
            raise InputError(f"finish step {name!r} is not known; valid: {valid}")
        least, most = RANGES[name]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not least <= value <= most:
            raise InputError(f"finish.{name}={value!r} must be a number from {least:g} to {most:g}")
    return {name: float(finish[name]) for name in RANGES if finish.get(name)}
