"""How each picture model wants to be asked: scheduler, steps, guidance, sizes, number format, licence. Data, with sources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from apexsite.kit.documents import upgrade_document
from apexsite.kit.errors import InputError, listed
from apexsite.kit.faultwords import words_of_fault

TABLE = Path(__file__).with_name("profiles.json")
OWN_FILE = "apex-profile.json"
"""A studio's own fine-tune says in this file, beside its weights, which profile it follows and what differs."""

FAMILIES: Mapping[str, Mapping[str, str]] = {
    "sdxl": {
        "words": "StableDiffusionXLPipeline",
        "start": "StableDiffusionXLImg2ImgPipeline",
    },
    "flux": {"words": "FluxPipeline", "start": "FluxImg2ImgPipeline"},
}
"""The pipeline class of each family, drawing from words alone and from a start picture."""

OWN_KEYS = ("id", "title", "steps", "guidance", "sizes", "licence", "is_commercial", "strength")
"""What an own profile may change; `follows` names the profile it starts from."""


@dataclass(frozen=True, slots=True)
class ModelProfile:
    """One model. `sizes` are (width, height) it was trained on; ranges are inclusive; `id` is its entry in the ledger.

    A model that is a LoRA over another names that one in `base` and its file in `base_lora`. `strength` is how much of a
    start picture is redrawn when nobody says, 0 to 1.
    """

    id: str
    title: str
    family: str
    scheduler: str
    scheduler_settings: Mapping[str, Any]
    steps: int
    steps_range: tuple[int, int]
    guidance: float
    guidance_range: tuple[float, float]
    takes_negative: bool
    sizes: tuple[tuple[int, int], ...]
    gpu_dtype: str
    licence: str
    is_commercial: bool
    base: str
    base_lora: str
    base_lora_scale: float
    strength: float
    place_from: str
    sources: tuple[str, ...]


@cache
def profiles() -> Mapping[str, ModelProfile]:
    """Return all profiles by id, in the order models are looked for."""
    document = upgrade_document(
        json.loads(TABLE.read_text(encoding="utf-8")),
        kind="diffusion-profiles",
        version=1,
        upgrades={},
    )
    found = {}
    for row in document["profiles"]:
        found[row["id"]] = ModelProfile(
            **{
                **row,
                "steps_range": tuple(row["steps_range"]),
                "guidance_range": tuple(row["guidance_range"]),
                "sizes": _sizes(document["sizes"][row["sizes"]], row["id"]),
                "sources": tuple(row["sources"]),
            }
        )
    return found


def profile_of(model_id: str) -> ModelProfile:
    """Return a profile; raises `InputError` listing the known ones."""
    try:
        return profiles()[model_id]
    except KeyError:
        raise InputError(f"model={model_id!r} is not known; valid: {listed(profiles())}") from None


def own_profile(path: Path) -> ModelProfile:
    """Return the profile of a studio's own model from its `apex-profile.json`.

    `{"follows": "sdxl-base-1.0", "id": "our-look-3", "licence": "our own", "is_commercial": true}`; raises `InputError`
    for a broken file, an unknown key or a value of the wrong kind.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        followed = profile_of(document.pop("follows"))
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as err:
        raise InputError(
            f"{where} must be a JSON object with `follows`, a model's id: {words_of_fault(err, path)}"
        ) from err
    unknown = sorted(set(document) - set(OWN_KEYS))
    if unknown:
        raise InputError(
            f"{where}: {unknown[0]!r} is not known; valid: follows, {listed(OWN_KEYS)}"
        )
    for key, value in document.items():
        if not _is_fit(followed, key, value):
            raise InputError(f"{where}: {key}={value!r} must be {_wanted(followed, key)}")
    if "sizes" in document:
        document["sizes"] = _sizes(document["sizes"], where)
    return replace(followed, **document)


def _is_fit(followed: ModelProfile, key: str, value: object) -> bool:
    if key == "is_commercial":
        return isinstance(value, bool)
    if key == "sizes":
        return True
    least_most = _range(followed, key)
    if least_most is None:
        return isinstance(value, str) and bool(value.strip())
    kinds = int if key == "steps" else (int, float)
    is_number = isinstance(value, kinds) and not isinstance(value, bool)
    return is_number and least_most[0] <= value <= least_most[1]  # type: ignore[operator]


def _range(followed: ModelProfile, key: str) -> tuple[float, float] | None:
    ranges = {
        "steps": followed.steps_range,
        "guidance": followed.guidance_range,
        "strength": (0.0, 1.0),
    }
    return ranges.get(key)


def _wanted(followed: ModelProfile, key: str) -> str:
    if key == "is_commercial":
        return "true or false"
    least_most = _range(followed, key)
    return f"a number from {least_most[0]:g} to {least_most[1]:g}" if least_most else "a text"


def _sizes(rows: object, where: str) -> tuple[tuple[int, int], ...]:
    if not isinstance(rows, list) or not rows:
        raise InputError(f"{where}: sizes must be a list of [width, height]")
    for row in rows:
        is_pair = isinstance(row, list) and len(row) == 2
        if not is_pair or any(not isinstance(side, int) or side < 16 or side % 8 for side in row):
            raise InputError(f"{where}: size {row!r} must be [width, height] in multiples of 8")
    return tuple((row[0], row[1]) for row in rows)
