"""Disk and memory of this machine, as far as the stage needs them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from apexsite.kit.errors import BackendError

LEAST_MEMORY_MB = 2_000
"""Memory a machine must have for the stage: a drawn picture peaks near 1,500 MB (`make bench WHAT=stage`)."""

LEAST_FREE_MB = 600
"""Memory that must be free when the program is started; Blender takes 350 MB before the first picture. House choice."""

LEAST_DISK_MB = 100
"""Free disk for the files of some ten pictures. House choice; a draft with all its passes measures 2 to 8 MB."""

CGROUPS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def memory_mb() -> int:
    """Return the memory of this machine or its container, whichever is less; 0 where the system does not tell."""
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
    for name in CGROUPS:
        try:
            told = Path(name).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if told.isdecimal():
            total = min(total, int(told))
    return total // 1_000_000


def free_memory_mb() -> int | None:
    """Return the memory programs can still have without swapping, None where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        told = next(line.split()[1] for line in lines if line.startswith("MemAvailable"))
        return int(told) * 1024 // 1_000_000
    except (OSError, ValueError, IndexError, StopIteration):
        return None


def free_disk_mb(folder: Path) -> int | None:
    """Return the free space where a folder is or would be, None where nobody can tell."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free // 1_000_000
    except OSError:
        return None


def refuse_without_room() -> None:
    """Raise `BackendError` (worth a retry) while too little memory is free to start the program."""
    free = free_memory_mb()
    if free is not None and free < LEAST_FREE_MB:
        raise BackendError(
            f"the stage is not started: {free} MB of memory are free, {LEAST_FREE_MB} are needed; close something",
            permanent=False,
        )
