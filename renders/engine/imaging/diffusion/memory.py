"""Memory of the machine a model runs on: the allocator's setting, ways to take less, what is free, cleaning up."""

from __future__ import annotations

import gc
import os
from typing import Any

from apexsite.kit.errors import InputError, listed
from renders.engine.stage.room import free_memory_mb

MEMORY_VARIABLE = "APEX_SDXL_MEMORY"
WAYS: tuple[str, ...] = ("tiling", "offload", "slicing")
"""VAE in tiles, parts of the model kept in main memory, attention in slices: each takes less memory and more time."""

ALLOCATOR = "expandable_segments:True"
ALLOCATOR_VARIABLES = ("PYTORCH_ALLOC_CONF", "PYTORCH_CUDA_ALLOC_CONF")
"""The newer and the older name of the same setting. Source: PyTorch, "Optimizing memory usage" of the CUDA notes."""

LEAST_FREE_MB = {"cuda": 1024, "cpu": 1024}
"""With less free after a picture the warm model is let go. House choice: what the next film's encoder wants."""

OUT_OF_MEMORY_WORDS = ("out of memory", "can't allocate memory", "not enough memory")
"""What torch says in a plain RuntimeError: CUDA's libraries, the CPU allocator on Linux and on Windows."""


def allocator_set() -> None:
    """Ask CUDA's allocator to grow its segments, against fragmentation; call it before torch is imported."""
    if not any(os.environ.get(name) for name in ALLOCATOR_VARIABLES):
        os.environ[ALLOCATOR_VARIABLES[0]] = ALLOCATOR


def ways_wanted() -> frozenset[str]:
    """Return the ways `APEX_SDXL_MEMORY` names, such as `offload,slicing`; raises `InputError` for an unknown one."""
    given = os.environ.get(MEMORY_VARIABLE, "")
    names = frozenset(name.strip() for name in given.split(",") if name.strip())
    unknown = sorted(names - set(WAYS))
    if unknown:
        raise InputError(
            f"{MEMORY_VARIABLE}={given!r}: {unknown[0]!r} is not known; valid: {listed(WAYS)}"
        )
    return names


def is_out_of_memory(err: BaseException) -> bool:
    """Say whether an error is torch's, or Python's, way of saying that memory is out."""
    if isinstance(err, MemoryError) or type(err).__name__ == "OutOfMemoryError":
        return True
    return isinstance(err, RuntimeError) and any(w in str(err) for w in OUT_OF_MEMORY_WORDS)


def free_mb(torch: Any, device: str) -> int | None:
    """Return the free memory of a device in MB, None where nobody can tell."""
    if device == "cuda":
        free, _ = torch.cuda.mem_get_info()
        return int(free) // 1_000_000
    return free_memory_mb()


def peak_mb(torch: Any, device: str) -> int | None:
    """Return the most memory tensors took since `peak_reset`, None on a processor."""
    return int(torch.cuda.max_memory_allocated()) // 1_000_000 if device == "cuda" else None


def peak_reset(torch: Any, device: str) -> None:
    """Begin a new measurement of the peak."""
    if device == "cuda":
        torch.cuda.reset_peak_memory_stats()


def emptied(torch: Any) -> None:
    """Give the device back what no tensor uses, after each picture. Source: seed S4, "Explicit GPU cache cleanup".

    What a picture used is free by then without a search for circles, which takes longer than some pictures.
    """
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def clean(torch: Any) -> None:
    """Search for circles that hold tensors, then give back what none uses: for a model let go, and between rungs."""
    gc.collect()
    emptied(torch)


def is_pressed(torch: Any, device: str) -> bool:
    """Say whether so little is free that the warm model should go; where nobody can tell it stays."""
    free = free_mb(torch, device)
    main = free_memory_mb()
    return (free is not None and free < LEAST_FREE_MB[device]) or (
        main is not None and main < LEAST_FREE_MB["cpu"]
    )
