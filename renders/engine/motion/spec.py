"""How a clip's camera moves beyond its named move: keys, curve, strength, shutter, and depth with focus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from apexsite.kit.errors import InputError
from renders.engine.motion.easing import CURVES
from renders.engine.motion.keyframes import Key, require_keys

RANGES: dict[str, tuple[float, float]] = {
    "amount": (0.0, 4.0),
    "shutter_degrees": (0.0, 360.0),
    "parallax": (0.0, 2.0),
    "focus": (0.0, 1.0),
    "aperture": (0.0, 1.0),
    "depth_near_m": (0.0, 1e6),
    "depth_far_m": (0.0, 1e6),
}
"""What is taken. Source: 360 degrees is a shutter that never closes; the rest house choice."""


@dataclass(frozen=True, slots=True)
class Motion:
    """`keys` replace the named move, `curve` replaces its easing, `amount` is how much of it is made.

    `depth` is a grey picture of the still's shape: white near and black far, or, with `depth_near_m` and `depth_far_m`,
    distances in metres from black (near) to white (far). With it layers move apart by `parallax` about the nearness
    `focus`, and what lies off `focus` is blurred by `aperture` (1: a fiftieth of the width).
    """

    keys: tuple[Key, ...] = ()
    curve: str = ""
    amount: float = 1.0
    shutter_degrees: float = 0.0
    depth: Path | None = None
    parallax: float = 0.5
    focus: float = 0.5
    aperture: float = 0.0
    depth_near_m: float = 0.0
    depth_far_m: float = 0.0

    def __post_init__(self) -> None:
        require_keys(self.keys)
        if self.curve and self.curve not in CURVES:
            raise InputError(f"curve={self.curve!r} must be one of {', '.join(CURVES)}")
        for name, (least, most) in RANGES.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise InputError(f"{name}={value} must be from {least:g} to {most:g}")
        near, far = self.depth_near_m, self.depth_far_m
        if (near or far) and not 0.0 < near < far:
            raise InputError(f"depth from {near:g} to {far:g} m must begin above 0 and end farther")

    @property
    def is_deep(self) -> bool:
        """Return whether frames are made of light and layers, not by moving the still alone."""
        return self.depth is not None or self.shutter_degrees > 0.0


STILL = Motion()


def motion_to_document(motion: Motion) -> dict[str, Any]:
    """Return what differs from no motion at all, as plain JSON values."""
    plain, usual = asdict(motion), asdict(STILL)
    document = {name: value for name, value in plain.items() if value != usual[name]}
    if motion.depth is not None:
        document["depth"] = str(motion.depth)
    if "keys" in document:
        document["keys"] = [asdict(key) for key in motion.keys]
    return document


def motion_from_document(document: Mapping[str, Any]) -> Motion:
    """Return the motion of a document; raises `InputError` for values that do not fit."""
    try:
        values = dict(document)
        keys = tuple(Key(**key) for key in values.pop("keys", ()))
        depth = values.pop("depth", None)
        return Motion(keys=keys, depth=None if depth is None else Path(str(depth)), **values)
    except TypeError as err:
        raise InputError(f"motion of a clip does not fit: {err}") from err
