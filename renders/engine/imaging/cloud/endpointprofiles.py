"""What an inference endpoint takes, as data: profiles of `endpoints.json`, or one of the site's own in a file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import log
from pathlib import Path
from typing import Any

from apexsite.kit.documents import upgrade_document
from apexsite.kit.errors import InputError, listed
from apexsite.kit.faultwords import words_of_fault
from renders.engine.imaging.base import ImageRequest
from renders.engine.prompting.build import prompt_of

TABLE = Path(__file__).with_name("endpoints.json")
PARAMETERS = (
    "negative_prompt", "width", "height", "num_inference_steps", "guidance_scale", "scheduler", "seed",
)  # fmt: skip
"""What the package's call has a name for. Source: huggingface_hub 2.4.0, InferenceClient.text_to_image."""
LOOKS = ("sharpness", "realism_level", "film_stock")
"""Seed S0's three controls, as a look holds them."""
PARTS = {"sharpness": "sharpness", "realism_level": "realism", "film_stock": "film_stock"}
"""The part of a prompt that says each of them in words."""


@dataclass(frozen=True, slots=True)
class EndpointProfile:
    """One kind of endpoint. `takes` are the call's own parameters, `extra` maps further ones to fields of a look."""

    name: str
    title: str
    takes: tuple[str, ...] = PARAMETERS
    extra: Mapping[str, str] = field(default_factory=dict)
    sizes: tuple[tuple[int, int], ...] = ()
    most_letters: int = 4000
    cost_cents: float = 0
    licence: str = "not stated"
    is_commercial: bool = False

    def __post_init__(self) -> None:
        for name in self.takes:
            if name not in PARAMETERS:
                raise InputError(
                    f"endpoint profile {self.name!r}: takes {name!r}; valid: {listed(PARAMETERS)}"
                )
        for name, look in self.extra.items():
            if look not in LOOKS:
                raise InputError(
                    f"endpoint profile {self.name!r}: extra.{name}={look!r}; valid: {listed(LOOKS)}"
                )

    def size_for(self, width: int, height: int) -> tuple[int, int]:
        """Return the trained size of the nearest shape, or the raster itself, in whole eights, where any will do."""
        if not self.sizes:
            return width // 8 * 8, height // 8 * 8
        shape = log(width / height)
        return min(self.sizes, key=lambda size: (abs(log(size[0] / size[1]) - shape), -size[0]))


def profile_asked() -> EndpointProfile:
    """Return the profile of `APEX_HF_PROFILE`: a name of the table, or the path of a file with one profile."""
    asked = os.environ.get("APEX_HF_PROFILE") or "diffusers"
    if asked.endswith(".json"):
        try:
            return _profile(json.loads(Path(asked).read_text(encoding="utf-8")))
        except (OSError, ValueError) as err:
            name, told = Path(asked).name, words_of_fault(err, asked)
            raise InputError(f"APEX_HF_PROFILE={name!r} cannot be read: {told}") from err
    document = json.loads(TABLE.read_text(encoding="utf-8"))
    rows = upgrade_document(document, kind="endpoint_profiles", version=1, upgrades={})["profiles"]
    known = {row["name"]: row for row in rows}
    if asked not in known:
        raise InputError(
            f"APEX_HF_PROFILE={asked!r} must be the path of a .json file or one of: {listed(known)}"
        )
    return _profile(known[asked])


def looks_split(
    profile: EndpointProfile, request: ImageRequest
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return S0's controls as this endpoint takes them: parameters where declared, the others by their words.

    A look that says nothing of one sends nothing of it; the words stand in the prompt already.
    """
    document = request.bible.document
    sent = {name: document[look] for name, look in profile.extra.items() if document.get(look)}
    words = {part.name: part.words for part in prompt_of(request).parts}
    in_words = {
        look: words[part]
        for look, part in PARTS.items()
        if part in words and look not in profile.extra.values()
    }
    return sent, in_words


def _profile(row: Any) -> EndpointProfile:
    known = [one.name for one in fields(EndpointProfile)]
    if not isinstance(row, Mapping):
        raise InputError(f"an endpoint profile must be an object with: {listed(known)}")
    unknown = sorted(set(row) - set(known))
    if unknown or not {"name", "title"} <= set(row):
        raise InputError(
            f"endpoint profile: {unknown[0] if unknown else 'name or title'} "
            f"is {'not known' if unknown else 'missing'}; valid: {listed(known)}"
        )
    sizes = tuple((int(w), int(h)) for w, h in row.get("sizes", ()))
    return EndpointProfile(**{**row, "takes": tuple(row.get("takes", ())), "sizes": sizes})
