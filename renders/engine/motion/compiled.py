"""The one door to numba: typed, compiled once, kept on disk, free of the interpreter lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(kernel: Kernel) -> Kernel:
    """Return the kernel as machine code; `NUMBA_CACHE_DIR` names the folder of the compiled code if it is set.

    Multiplications and additions may be fused, which is exact enough and the same on every run of one machine.
    """
    made: Any = numba.njit(cache=True, nogil=True, fastmath={"contract"})(kernel)
    return cast(Kernel, made)
