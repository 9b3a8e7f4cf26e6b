"""Where the stage's own Python is, and whether it can be used here."""

from __future__ import annotations

import os
from pathlib import Path

from apexsite.kit.registry import Availability

ROOT = Path(__file__).resolve().parents[3]
REMEDY = "make stage"
LIBRARIES = (
    "apt-get install libx11-6 libxi6 libxkbcommon0 libxxf86vm1 libxfixes3 libxrender1 libsm6 "
    "libice6 libgl1"
)
"""What Blender as a module loads from the system. Source: bpy 4.5 wheel, its undefined libraries on a bare Debian."""


def stage_python() -> Path:
    """Return the stage's interpreter: `APEX_STAGE_PYTHON`, else the one `make stage` puts beside the project."""
    given = os.environ.get("APEX_STAGE_PYTHON", "")
    return Path(given) if given else ROOT / ".venv-stage" / "bin" / "python"


def is_off() -> bool:
    """Say whether the stage is switched off (`APEX_STAGE=off`)."""
    return os.environ.get("APEX_STAGE", "").strip().lower() in ("off", "0", "no")


def stage_availability() -> Availability:
    """Say whether the stage can be started, without starting it."""
    if is_off():
        return Availability(False, "the stage is switched off (APEX_STAGE=off)", "unset APEX_STAGE")
    python = stage_python()
    if not python.exists():
        return Availability(
            False, f"the previz stage is not installed ({python} is missing)", REMEDY
        )
    site = python.parent.parent / "lib"
    if not any(site.glob("python3.*/site-packages/bpy")):
        return Availability(False, f"bpy is missing in {python.parent.parent}", REMEDY)
    return Availability(True)


def cache_root() -> Path:
    """Return the folder of finished stage pictures, by the hash of their briefs."""
    return Path(os.environ.get("APEX_VAR", str(ROOT / "var"))) / "stage"
