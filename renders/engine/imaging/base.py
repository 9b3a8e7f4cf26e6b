"""The one contract of all picture engines: request in, picture and the story of its making out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from apexsite.kit.errors import InputError, listed
from apexsite.kit.pixels import Bytes3
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from characters.engine.human.cast import BodyCast
from characters.engine.profile import CharacterProfile
from projects.engine.bible import StyleBible
from projects.engine.brief import ShotBrief
from renders.engine.imaging.options import PictureOptions
from renders.engine.prompting.prompt import Prompt
from renders.engine.stage.memory import SceneMemory

QUALITIES: tuple[str, ...] = ("sketch", "draft", "good")
TIERS: tuple[str, ...] = ("storyboard", "previz", "final")
SEED_MEANINGS: tuple[str, ...] = ("exact", "best_effort", "none")
DIALECTS: tuple[str, ...] = ("fields", "clip", "prose")
"""How an engine is spoken to: the brief's fields, tags under CLIP's 77 tokens, or sentences."""
START = "start"
"""What a reference is `of` when a picture is drawn over it."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do, as data a chooser reads.

    `sizes` are the (width, height) it was trained on, empty for any; `seed` says what a seed means to it; `model_id` is
    the ledger's entry of what it draws with, empty for Apex's own drawing; `watermark` names an unseen mark it puts in;
    `draws_in_steps` says that it heeds `PictureOptions.more_steps`.
    """

    name: str
    title: str
    tier: str
    is_deterministic: bool
    needs_network: bool
    licence: str
    is_commercial: bool
    most_pixels: int
    cost_cents: int = 0
    dialect: str = "fields"
    sizes: tuple[tuple[int, int], ...] = ()
    most_references: int = 0
    takes_negative: bool = False
    takes_start: bool = False
    seed: str = "exact"
    model_id: str = ""
    watermark: str = ""
    draws_in_steps: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture an engine is shown: encoded PNG or JPEG bytes, and of what it is (a character's key, `style`, `start`)."""

    content: bytes
    content_type: str
    of: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One picture to make. `cast` holds the profiles of `brief.cast`, in the same order.

    `bodies` are the same people as the previz stage builds them, empty to have them cast from their profiles;
    `blocking` is what was set by hand of who does what on the stage, checked; `scene` is who is in the
    scene and what happens in it, so that its pictures agree; `quality` is how much work a picture is worth to engines that can choose.
    `prompt` is the brief in parts, for engines that read words; `references` are pictures to show; `options` is what a person
    or a rule asked of the making itself.
    """

    brief: ShotBrief
    cast: tuple[CharacterProfile, ...]
    bible: StyleBible
    width: int
    height: int
    seed: int
    variant_index: int = 0
    bodies: tuple[BodyCast, ...] = ()
    quality: str = "draft"
    blocking: Mapping[str, Any] = field(default_factory=dict)
    scene: SceneMemory = field(default_factory=SceneMemory)
    prompt: Prompt = field(default_factory=Prompt)
    references: tuple[Reference, ...] = ()
    options: PictureOptions = field(default_factory=PictureOptions)

    def __post_init__(self) -> None:
        if self.quality not in QUALITIES:
            raise InputError(f"quality={self.quality!r} must be one of {listed(QUALITIES)}")
        if self.bodies and len(self.bodies) != len(self.cast):
            raise InputError(
                f"bodies={len(self.bodies)} must be as many as the cast, {len(self.cast)}"
            )
        if not (16 <= self.width <= 8192 and 16 <= self.height <= 8192):
            raise InputError(f"size={self.width}×{self.height} must be from 16 to 8192 a side")


@dataclass(frozen=True, slots=True)
class RenderedImage:
    """A finished picture: uint8 H×W×3 sRGB, the engine that really drew it, and its parameters for the recipe.

    `files` are further files of the picture by kind (depth, masks, normal, blend), to be kept before the next picture.
    """

    pixels: Bytes3
    engine: str
    engine_version: str
    parameters: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)


class ImageBackend(Protocol):
    """A picture engine. `render` raises `Cancelled`, `BackendError` or `NotAvailable`, nothing else."""

    @property
    def capabilities(self) -> Capabilities:
        """Say what the engine can do; of several models, the one it draws with when none is named."""

    def availability(self) -> Availability:
        """Say whether the engine can run here, and if not, how to get it."""

    def render(self, request: ImageRequest, progress: Progress) -> RenderedImage:
        """Draw one picture."""
