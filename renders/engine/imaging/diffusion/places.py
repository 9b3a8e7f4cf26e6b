"""Where weights lie on this machine, and what to place where when they do not. Reads folders only; loads nothing."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from apexsite.kit.errors import InputError, NotAvailable, listed
from apexsite.kit.faultwords import words_of_fault
from apexsite.kit.registry import Availability
from renders.engine.imaging.diffusion.headers import read_header
from renders.engine.imaging.diffusion.profiles import (
    OWN_FILE,
    ModelProfile,
    own_profile,
    profile_of,
    profiles,
)
from renders.engine.models_manifest import load_manifest

ROOT = Path(__file__).resolve().parents[4]
MODEL_VARIABLE = "APEX_SDXL_MODEL"
PACKAGES = ("torch", "diffusers", "transformers", "accelerate", "peft")
INDEX = "model_index.json"
HOME = "the folder of models (APEX_MODELS)"
"""How it is called to people: remedies stand on pages, and where a server keeps its files is nobody's to read there."""

HALF = ".fp16."
"""In the name of the half-size kind. Source: the naming of variants in the diffusers documentation."""

FINGERPRINT_BYTES = 65536
UNTOLD: dict[str, Any] = {
    "licence": f"not told: name it in {OWN_FILE} beside the weights",
    "is_commercial": False,
}
"""Of weights under a name nobody knows. They are drawn with as SDXL base is, and sold by nobody. House choice."""


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model whose weights are here: its profile, a diffusers folder or a single file, and the LoRA it is made with.

    `configs` is the diffusers folder that names the parts of a single file (its numbers are not read).
    """

    profile: ModelProfile
    path: Path
    configs: Path | None = None
    lora: Path | None = None


def models_root() -> Path:
    """Return the folder of models: `APEX_MODELS`, else `models` in the folder of what is generated."""
    var = os.environ.get("APEX_VAR") or str(ROOT / "var")
    return Path(os.environ.get("APEX_MODELS") or str(Path(var) / "models"))


def missing_packages() -> list[str]:
    """Return the libraries of `make install TIER=gen` that are not installed."""
    return [name for name in PACKAGES if importlib.util.find_spec(name) is None]


def availability() -> Availability:
    """Say whether a picture model can be loaded here, and if not, exactly what to place where."""
    lacking = missing_packages()
    if lacking:
        return Availability(
            False, f"{listed(lacking)} for picture models is not installed", "make install TIER=gen"
        )
    try:
        found_model("")
    except NotAvailable as err:
        reason, _, remedy = err.message.partition("; get it with: ")
        return Availability(False, reason, remedy)
    except InputError as err:
        return Availability(False, err.message, f"correct it, or unset {MODEL_VARIABLE}")
    return Availability(True)


def found_model(model_id: str) -> FoundModel:
    """Return the model asked for, or the first that is here when none is named.

    `APEX_SDXL_MODEL` names a folder or file outside the models folder; it stands for the profile its name or its
    `apex-profile.json` says, else for weights of no told licence, drawn with as SDXL base is. Raises `NotAvailable` with what to place where, `InputError` for an
    unknown model.
    """
    given = os.environ.get(MODEL_VARIABLE, "")
    own = _given(Path(given)) if given else None
    if own is not None and model_id in ("", own.profile.id):
        return own
    if not model_id:
        for profile in profiles().values():
            found = _placed(profile, own)
            if found is not None:
                return found
        raise NotAvailable(_placing(profile_of("sdxl-base-1.0")))
    at_home = _own_at_home(model_id)
    if at_home is not None:
        return at_home
    found = _placed(profile_of(model_id), own)
    if found is None:
        raise NotAvailable(_placing(profile_of(model_id)))
    return found


def placed_profiles() -> tuple[ModelProfile, ...]:
    """Return the profiles of the table whose weights are here; what is placed wrongly is left to who draws with it."""
    found = []
    for name, profile in profiles().items():
        try:
            found_model(name)
        except (NotAvailable, InputError):
            continue
        found.append(profile)
    return tuple(found)


def file_ways(model_id: str) -> tuple[Path, ...]:
    """Return where a model's single file may lie: under its id, or under the name the manifest fetches it by."""
    return tuple(models_root() / name for name in (f"{model_id}.safetensors", *_names(model_id)))


@cache
def _names(model_id: str) -> tuple[str, ...]:
    return tuple(entry.file_name for entry in load_manifest() if entry.id == model_id)


def weight_files(path: Path) -> list[Path]:
    """Return the files that are read of a model: of a folder those of its parts, the half-size kind where there is one.

    A repository fetched whole holds the same weights three times over; only what is loaded counts.
    """
    if path.is_file():
        return [path]
    try:
        parts = json.loads((path / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError) as err:
        told = words_of_fault(err, path / INDEX)
        raise InputError(f"{INDEX} of {path.name} is no JSON: {told}") from err
    found: list[Path] = []
    for part in sorted(parts):
        files = sorted((path / part).glob("*.safetensors"))
        found += [file for file in files if HALF in file.name] or files
    return found


def fingerprint(path: Path) -> str:
    """Return sixteen hex digits of the names, sizes, first and last 64 KiB of all weights: quick, and told in recipes."""
    digest = hashlib.sha256()
    for file in weight_files(path):
        size = file.stat().st_size
        digest.update(f"{file.relative_to(path) if path.is_dir() else ''}:{size}".encode())
        with file.open("rb") as stream:
            digest.update(stream.read(FINGERPRINT_BYTES))
            stream.seek(max(0, size - FINGERPRINT_BYTES))
            digest.update(stream.read(FINGERPRINT_BYTES))
    return digest.hexdigest()[:16]


def number_count(path: Path) -> int:
    """Return how many numbers the weights hold; raises `InputError` for a broken file."""
    return sum(read_header(file).number_count for file in weight_files(path))


def _given(path: Path) -> FoundModel:
    if not path.exists():
        raise NotAvailable(
            f"{MODEL_VARIABLE} names {path.name}, which is not there; get it with: "
            f"a diffusers folder ({INDEX} and its parts) or a .safetensors file where it points"
        )
    return _found_at(path, _profile_at(path))


def _profile_at(path: Path) -> ModelProfile:
    own = (path if path.is_dir() else path.with_suffix("")) / OWN_FILE
    if own.is_file():
        return own_profile(own)
    name = path.name if path.is_dir() else path.stem
    known = {Path(file).stem: one for one in profiles() for file in _names(one)}
    model_id = known.get(name, name)
    if model_id in profiles():
        return profiles()[model_id]
    return replace(profile_of("sdxl-base-1.0"), id=name, title=name, **UNTOLD)


def _own_at_home(model_id: str) -> FoundModel | None:
    for file in sorted(models_root().glob(f"*/{OWN_FILE}")):
        profile = own_profile(file)
        if profile.id == model_id:
            single = file.parent.with_name(f"{file.parent.name}.safetensors")
            return _found_at(single if single.is_file() else file.parent, profile)
    return None


def _placed(profile: ModelProfile, own: FoundModel | None) -> FoundModel | None:
    if profile.base:
        lora = models_root() / profile.base_lora
        base = _placed(profile_of(profile.base), own)
        if base is None or not lora.is_file():
            return None
        return FoundModel(profile, base.path, base.configs, lora)
    if own is not None and own.profile.id == profile.id:
        return own
    for path in (models_root() / profile.id, *file_ways(profile.id)):
        if (path / INDEX).is_file() or path.is_file():
            return _found_at(path, profile)
    return None


def _found_at(path: Path, profile: ModelProfile) -> FoundModel:
    if path.is_dir():
        if not (path / INDEX).is_file():
            raise InputError(f"{path.name} has no {INDEX}, so it is no diffusers folder")
        return FoundModel(profile, path)
    if path.suffix != ".safetensors":
        raise InputError(
            f"{path.name} must be a folder or a .safetensors file; others can hold code"
        )
    beside = (path.with_suffix(""), models_root() / profile.id, models_root() / "sdxl-base-1.0")
    for folder in beside:
        if (folder / INDEX).is_file():
            return FoundModel(profile, path, configs=folder)
    raise NotAvailable(
        f"{path.name} is a single file and names no parts; get it with: the {INDEX}, configs and tokenizers of "
        f"{profile.place_from} (its small files) beside it in a folder {path.stem}"
    )


def _placing(profile: ModelProfile) -> str:
    if profile.base:
        return (
            f"{profile.title} needs {profile.base} and its LoRA; get it with: {profile.base_lora} of "
            f"{profile.place_from} placed in {HOME}, and {profile.base} as its own row says"
        )
    return (
        f"the weights of {profile.title} are not here; get it with: the diffusers folder of {profile.place_from} placed as "
        f"{profile.id} (with {INDEX}) in {HOME}, or {MODEL_VARIABLE}=/path/to/that/folder"
    )
