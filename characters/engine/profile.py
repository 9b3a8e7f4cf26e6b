"""CharacterProfile: the frozen value that says how a person looks and sounds, wherever they appear."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from apexsite.kit.documents import document_hash
from apexsite.kit.errors import InputError
from apexsite.kit.seeds import seed_from_name


@dataclass(frozen=True, slots=True)
class CharacterProfile:
    """One person. Colours are `#RRGGBB`; `age_years` is a pair from–to; `key` is the public id, e.g. `judge_abc123`."""

    key: str
    name: str
    role: str = ""
    personality: str = ""
    description: str = ""
    age_years: tuple[int, int] = (30, 45)
    gender: str = ""
    build: str = "average"
    height_cm: int = 172
    skin_colour: str = "#E0AC69"
    hair_colour: str = "#3B2A20"
    hair_style: str = "short"
    expression: str = "neutral, professional"
    clothing: str = "professional attire"
    wardrobe_colour: str = "#3A4657"
    voice_pitch: int = 50
    voice_words_per_minute: int = 165
    voice_variant: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            raise InputError("key of a character must not be empty")
        if not 0 <= self.voice_pitch <= 99:
            raise InputError(f"voice_pitch={self.voice_pitch} must be from 0 to 99")

    @property
    def seed(self) -> int:
        """Return the person's own seed, drawn from the public id (S0)."""
        return seed_from_name(self.key)

    def to_document(self) -> dict[str, Any]:
        """Return the profile as plain JSON values."""
        return {**asdict(self), "age_years": list(self.age_years)}

    @property
    def profile_hash(self) -> str:
        """Return the hash that changes when anything about the person changes."""
        return document_hash(self.to_document())


HAIR_STYLES: tuple[str, ...] = (
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
"""Hair styles every picture engine of Apex knows. Source: house table (S0 names a method, no table)."""
