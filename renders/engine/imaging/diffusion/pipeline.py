"""One loaded model: its parts in memory, and the pipeline that draws from words or from a start picture."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass, field
from typing import Any

from apexsite.kit.errors import BackendError, InputError, OutOfMemory, RequestRefused
from apexsite.kit.faultwords import words_of_fault
from renders.engine.imaging.diffusion.memory import (
    allocator_set,
    clean,
    free_mb,
    is_out_of_memory,
    ways_wanted,
)
from renders.engine.imaging.diffusion.places import (
    HALF,
    FoundModel,
    fingerprint,
    number_count,
    weight_files,
)
from renders.engine.imaging.diffusion.profiles import FAMILIES

NUMBER_BYTES = {"float32": 4, "float16": 2, "bfloat16": 2}
SOFTWARE = ("torch", "diffusers", "transformers", "peft")


@dataclass(slots=True)
class Loaded:
    """A model in memory. `kind` is what its pipeline draws from now, `words` or `start`.

    `loras` are the LoRAs mixed in now as (path, scale), `identity_slots` how many faces its adapter has room for, 0 for
    no adapter. Everything here is changed by the functions of this room only, under the warm holder's lock.
    """

    pipe: Any
    found: FoundModel
    device: str
    dtype: str
    fingerprint: str
    is_sliced: bool
    kind: str = "words"
    is_offloaded: bool = False
    loras: tuple[tuple[str, float], ...] = ()
    identity_slots: int = 0
    scheduler_config: dict[str, Any] = field(default_factory=dict)
    software: dict[str, str] = field(default_factory=dict)


def load(found: FoundModel) -> Loaded:
    """Load a model from its folder or file; never asks the network.

    fp16 (bf16 for FLUX) on a GPU, fp32 on a processor. Raises `OutOfMemory` when it does not fit, `BackendError` when the
    files are broken, `RequestRefused` for wrong settings.
    """
    allocator_set()
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = found.profile.gpu_dtype if device == "cuda" else "float32"
    try:
        wanted = ways_wanted()
        _refuse_too_large(torch, found, "cpu", dtype)
    except InputError as err:
        raise RequestRefused(err.message) from err
    try:
        pipe = _from_files(found, getattr(torch, dtype))
        loaded = Loaded(pipe, found, device, dtype, fingerprint(found.path), "slicing" in wanted)
        _settle(loaded)
        placed(loaded, is_offloaded="offload" in wanted)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as err:
        clean(torch)
        if is_out_of_memory(err):
            raise OutOfMemory(f"{found.profile.title} does not fit into memory: {err}") from err
        raise BackendError(
            f"{found.path.name} cannot be loaded: {words_of_fault(err, found.path)}", permanent=True
        ) from err
    loaded.software = {name: importlib.metadata.version(name) for name in SOFTWARE}
    return loaded


def _from_files(found: FoundModel, dtype: Any) -> Any:
    import diffusers
    import transformers

    for library in (diffusers, transformers):
        library.utils.logging.disable_progress_bar()
    pipeline = getattr(diffusers, FAMILIES[found.profile.family]["words"])
    settings = {"add_watermarker": False} if found.profile.family == "sdxl" else {}
    if found.configs is not None:
        return pipeline.from_single_file(
            str(found.path),
            config=str(found.configs),
            torch_dtype=dtype,
            local_files_only=True,
            **settings,
        )
    variant = "fp16" if any(HALF in file.name for file in weight_files(found.path)) else None
    return pipeline.from_pretrained(
        str(found.path),
        dtype=dtype,
        variant=variant,
        use_safetensors=True,
        local_files_only=True,
        **settings,
    )


def _settle(loaded: Loaded) -> None:
    """Set the VAE to slices, which change no pixel, no bar on the terminal, and the profile's scheduler."""
    loaded.pipe.vae.enable_slicing()
    loaded.pipe.set_progress_bar_config(disable=True)
    loaded.scheduler_config = dict(loaded.pipe.scheduler.config)
    fit_profile(loaded, loaded.found)


def fit_profile(loaded: Loaded, found: FoundModel) -> None:
    """Take a profile's scheduler over the model's own settings; the files must be those that are loaded."""
    import diffusers

    scheduler = getattr(diffusers, found.profile.scheduler)
    loaded.pipe.scheduler = scheduler.from_config(
        loaded.scheduler_config, **found.profile.scheduler_settings
    )
    loaded.found = found


def placed(loaded: Loaded, *, is_offloaded: bool) -> None:
    """Put the model on its device, or leave its parts in main memory until each is needed; offload means GPU only."""
    loaded.is_offloaded = is_offloaded and loaded.device == "cuda"
    if loaded.is_offloaded:
        loaded.pipe.enable_model_cpu_offload()
    else:
        loaded.pipe.remove_all_hooks()
        loaded.pipe.to(loaded.device)
    if loaded.is_sliced and not loaded.identity_slots:
        loaded.pipe.enable_attention_slicing()


def as_kind(loaded: Loaded, kind: str) -> None:
    """Make the pipeline one that draws from words or from a start picture, over the same parts."""
    if loaded.kind == kind:
        return
    import diffusers
    import torch

    pipeline = getattr(diffusers, FAMILIES[loaded.found.profile.family][kind])
    settings = {"add_watermarker": False} if loaded.found.profile.family == "sdxl" else {}
    was_offloaded = loaded.is_offloaded
    # Without its own number format said, from_pipe turns every part to fp32.
    loaded.pipe = pipeline.from_pipe(loaded.pipe, dtype=getattr(torch, loaded.dtype), **settings)
    loaded.kind = kind
    loaded.pipe.set_progress_bar_config(disable=True)
    placed(loaded, is_offloaded=was_offloaded)


def _refuse_too_large(torch: Any, found: FoundModel, device: str, dtype: str) -> None:
    """Refuse a model that main memory cannot hold, rather than have the system kill the worker while it is read."""
    needed = number_count(found.path) * NUMBER_BYTES[dtype] // 1_000_000
    free = free_mb(torch, device)
    if free is not None and needed > free:
        raise OutOfMemory(
            f"{found.profile.title} takes {needed} MB of main memory as {dtype}, {free} MB are free"
        )
