"""Whether the stage's program runs without a network here, and the words that start it so."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

LAUNCHER = Path(__file__).with_name("apart.py")
PROBE_SECONDS = 20.0
REMEDY = "let the service make user namespaces (sysctl kernel.unprivileged_userns_clone=1; in Docker, a seccomp profile with unshare)"


def apart(command: Sequence[str]) -> list[str]:
    """Return a command that becomes `command` after it has left the network, as far as the kernel lets it."""
    return [sys.executable, "-I", "-S", "-B", str(LAUNCHER), *command]


@cache
def network_left() -> str:
    """Return why a program started here keeps the network, nothing when it has none. Asked once in a process."""
    try:
        told = subprocess.run(apart([]), capture_output=True, timeout=PROBE_SECONDS, check=True)
        said = json.loads(told.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as err:
        return f"it cannot be tried: {err}"
    return "" if said["network"] == "none" else str(said["why"])


def network_words(why: str) -> str:
    """Return how a recipe says it: `none`, or that the program was not isolated and why."""
    return f"not isolated: {why}" if why else "none"
