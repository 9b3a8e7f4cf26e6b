"""What a picture's bytes depend on beside its recipe: versions of what drew it, and the machine's kind."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata

MOST_SHOWN = 30
COMMON: tuple[str, ...] = ("numpy", "scipy", "pillow")
PACKAGES: dict[str, tuple[str, ...]] = {
    "sdxl": ("torch", "diffusers", "transformers", "accelerate", "safetensors", "peft"),
    "flux": ("torch", "diffusers", "transformers", "accelerate", "safetensors", "peft"),
    "gemini": ("google-genai",),
    "hf_endpoint": ("huggingface_hub",),
}
"""Further packages an engine draws with. Reading a version imports nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was when a picture was made; empty where it was or is not there."""

    what: str
    was: str
    now: str

    def to_document(self) -> dict[str, str]:
        """Return it as plain JSON values."""
        return {"what": self.what, "was": self.was, "now": self.now}

    def __str__(self) -> str:
        return f"{self.what} {_short(self.was)} → {_short(self.now)}"


def software_of(engine: str) -> dict[str, str]:
    """Return the versions an engine draws with here, the machine's processor and its operating system."""
    found = {
        "python": platform.python_version(),
        "machine": platform.machine().lower(),
        "system": platform.system().lower(),
    }
    for name in (*COMMON, *PACKAGES.get(engine, ())):
        version = _version(name)
        if version:
            found[name] = version
    return found


def differences(was: Mapping[str, object], now: Mapping[str, object]) -> tuple[Difference, ...]:
    """Return what is another in `now` than in `was`, by name; what `was` never recorded is no difference."""
    return tuple(
        Difference(name, str(was[name]), str(now.get(name) or ""))
        for name in sorted(was)
        if was[name] is not None and str(was[name]) != str(now.get(name) or "")
    )


def _short(value: str) -> str:
    """Return a value as words hold it: a hash by its first twelve digits."""
    return f"{value[:12]}…" if len(value) > MOST_SHOWN else value or "none"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
