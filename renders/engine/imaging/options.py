"""PictureOptions: what a person, or a rule that says so, asks of the making of a picture beyond its brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from apexsite.kit.errors import InputError, listed
from renders.engine.finish.ranges import finish_checked

MOST_STEPS = 150
MOST_MORE_STEPS = 60
MOST_GUIDANCE = 30.0
MOST_REASON_LETTERS = 400


AVOIDED: dict[str, tuple[type, ...]] = {"across": (int, float), "light_side": (str,)}
"""What an engine may be asked to do otherwise, and what its values are."""


@dataclass(frozen=True, slots=True)
class LoraUse:
    """A LoRA of the ledger, and how strongly it is mixed in, 0 to 2."""

    model: str
    scale: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.scale <= 2.0:
            raise InputError(f"scale={self.scale} of LoRA {self.model!r} must be from 0 to 2")


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """Options of one picture; None leaves the engine's own. Engines without a part for an option leave it alone.

    `model` is a ledger id; `guidance` how strictly words are followed; `strength` how much of a start picture is redrawn,
    0 to 1; `tightness` how strictly the look is, 0 as drawn to 1; `finish` the steps after drawing, by name.
    `more_steps` are drawn over the model's own number, as far as it takes them; `steps` stands over both.
    `lessons` are reasons of rejections it learns from; `avoid` what an engine that places things by hand does otherwise:
    `across` where the lead stood (0 to 1), `light_side` where the light came from.
    `because` says in words who asked for what: a person, the drift alarm, reasons of rejections.
    """

    model: str = ""
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None
    tightness: float = 0.0
    loras: tuple[LoraUse, ...] = ()
    finish: Mapping[str, float] = field(default_factory=dict)
    lessons: tuple[str, ...] = ()
    avoid: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    because: tuple[str, ...] = ()
    more_steps: int = 0

    def __post_init__(self) -> None:
        _within("steps", self.steps, 1, MOST_STEPS)
        _within("more_steps", self.more_steps, 0, MOST_MORE_STEPS)
        if not isinstance(self.more_steps, int):
            raise InputError(f"more_steps={self.more_steps!r} must be a whole number")
        _within("guidance", self.guidance, 0.0, MOST_GUIDANCE)
        _within("strength", self.strength, 0.0, 1.0)
        _within("tightness", self.tightness, 0.0, 1.0)
        finish_checked(self.finish)

    def to_document(self) -> dict[str, Any]:
        """Return what is set, as plain JSON values; nothing set is an empty object."""
        avoid = {name: list(values) for name, values in self.avoid.items()}
        document = asdict(self) | {"finish": dict(self.finish), "avoid": avoid}
        return {
            key: value for key, value in document.items() if value not in ("", None, (), {}, 0.0)
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> PictureOptions:
        """Return options of a document; raises `InputError` naming an unknown or unusable one."""
        known = [one.name for one in fields(cls)]
        unknown = sorted(set(document) - set(known))
        if unknown:
            raise InputError(f"option {unknown[0]!r} is not known; valid: {listed(known)}")
        for name in ("loras", "lessons", "because"):
            if not isinstance(document.get(name, ()), list | tuple):
                raise InputError(f"option {name}={document[name]!r} must be a list")
        loras = tuple(_lora(use) for use in document.get("loras", ()))
        because = tuple(str(reason)[:MOST_REASON_LETTERS] for reason in document.get("because", ()))
        lessons = tuple(str(key)[:40] for key in document.get("lessons", ()))
        avoid = _avoid(document.get("avoid", {}))
        changed = {"loras": loras, "because": because, "lessons": lessons, "avoid": avoid}
        return cls(**{**document, **changed})


def _avoid(given: object) -> dict[str, tuple[Any, ...]]:
    valid = f"an object of {listed(AVOIDED)} → list"
    if not isinstance(given, Mapping) or not set(given) <= set(AVOIDED):
        raise InputError(f"option avoid={given!r} must be {valid}")
    for name, values in given.items():
        kind = AVOIDED[name]
        if not isinstance(values, list | tuple) or not all(
            isinstance(value, kind) and not isinstance(value, bool) for value in values
        ):
            raise InputError(f"option avoid.{name}={values!r} must be a list; valid: {valid}")
    return {name: tuple(values) for name, values in given.items()}


def _lora(use: object) -> LoraUse:
    if not isinstance(use, Mapping) or not {"model"} <= set(use) <= {"model", "scale"}:
        raise InputError(f"lora {use!r} must be an object with model and, if you like, scale")
    scale = use.get("scale", 1.0)
    if isinstance(scale, bool) or not isinstance(scale, int | float):
        raise InputError(f"scale={scale!r} of LoRA {use['model']!r} must be a number from 0 to 2")
    return LoraUse(str(use["model"]), float(scale))


def _within(name: str, value: float | None, least: float, most: float) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise InputError(f"{name}={value!r} must be a number from {least:g} to {most:g}")
