"""One process at a time compiles: two that fill numba's cache of generalised functions together have crashed."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

_compiled: set[str] = set()


@contextlib.contextmanager
def compiling_alone(what: str) -> Iterator[None]:
    """Hold the compiler's cache (`NUMBA_CACHE_DIR`) for this process's first call of `what`; later calls go straight on.

    Source: house measurement; librosa's beat tracker, first called by two processes at once on an empty cache, ended
    both with a segmentation fault.
    """
    folder = os.environ.get("NUMBA_CACHE_DIR", "")
    if what in _compiled or not folder:
        yield
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    with (Path(folder) / f"{what}.lock").open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    _compiled.add(what)
