"""BodyCast: everything the stage must know of a person's looks, as one frozen value that goes to JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from apexsite.kit.documents import schema_label, upgrade_document
from apexsite.kit.errors import InputError, listed
from characters.engine.human.phenotype import Phenotype

KIND, VERSION = "body", 1

HAIR: tuple[str, ...] = (
    "bald",
    "buzz",
    "short",
    "swept",
    "bob",
    "long",
    "bun",
    "ponytail",
    "curly",
)
BEARDS: tuple[str, ...] = ("none", "stubble", "moustache", "full")
OUTFITS: tuple[str, ...] = (
    "shirt",
    "tshirt",
    "suit",
    "robe",
    "knit",
    "coat",
    "dress",
    "evening_dress",
    "uniform",
)
ACCESSORIES: tuple[str, ...] = ("tie", "glasses", "hat")


@dataclass(frozen=True, slots=True)
class Skin:
    """Colour as #RRGGBB; freckles, blush and lines 0 to 1."""

    colour: str = "#C99C6B"
    freckles: float = 0.0
    blush: float = 0.3
    lines: float = 0.0


@dataclass(frozen=True, slots=True)
class Hair:
    """Style of `HAIR`, beard of `BEARDS`; `grey` 0 to 1; `receding` 0 to 1; brows 0.5 to 1.5 thick."""

    style: str = "short"
    colour: str = "#3B2A20"
    grey: float = 0.0
    receding: float = 0.0
    beard: str = "none"
    brows: float = 1.0


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """Outfit of `OUTFITS`, its colours as #RRGGBB, accessories of `ACCESSORIES`."""

    outfit: str = "shirt"
    colour: str = "#3A4657"
    second_colour: str = "#F2F0EA"
    accent_colour: str = "#6E1F28"
    accessories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyCast:
    """One person as the stage builds them. Raises `InputError` for a name that is not known."""

    phenotype: Phenotype = field(default_factory=Phenotype)
    changes: Mapping[str, float] = field(default_factory=dict)
    height_cm: float = 172.0
    skin: Skin = field(default_factory=Skin)
    hair: Hair = field(default_factory=Hair)
    eye_colour: str = "#5B3A21"
    wardrobe: Wardrobe = field(default_factory=Wardrobe)

    def __post_init__(self) -> None:
        _named("hair.style", self.hair.style, HAIR)
        _named("hair.beard", self.hair.beard, BEARDS)
        _named("wardrobe.outfit", self.wardrobe.outfit, OUTFITS)
        for accessory in self.wardrobe.accessories:
            _named("wardrobe.accessories", accessory, ACCESSORIES)
        if not 130.0 <= self.height_cm <= 220.0:
            raise InputError(f"height_cm={self.height_cm!r} must be from 130 to 220")

    def to_document(self) -> dict[str, Any]:
        """Return the cast body as plain JSON values with its schema label."""
        plain = asdict(self)
        plain["changes"] = dict(sorted(self.changes.items()))
        plain["wardrobe"]["accessories"] = list(self.wardrobe.accessories)
        return {"schema": schema_label(KIND, VERSION), **plain}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> BodyCast:
        """Return the cast body of a document. Raises `InputError` for another schema or an unknown field."""
        plain = upgrade_document(document, kind=KIND, version=VERSION, upgrades={})
        plain.pop("schema")
        try:
            wardrobe = dict(plain.pop("wardrobe"))
            wardrobe["accessories"] = tuple(wardrobe["accessories"])
            return cls(
                phenotype=Phenotype(**plain.pop("phenotype")),
                skin=Skin(**plain.pop("skin")),
                hair=Hair(**plain.pop("hair")),
                wardrobe=Wardrobe(**wardrobe),
                **plain,
            )
        except (TypeError, KeyError) as error:
            raise InputError(f"body document cannot be read: {error}") from error


def _named(field_name: str, value: str, names: tuple[str, ...]) -> None:
    if value not in names:
        raise InputError(f"{field_name}={value!r} is not known; valid: {listed(names)}")
