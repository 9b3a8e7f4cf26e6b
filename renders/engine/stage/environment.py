"""Where the stage's own Python is, and what it lacks here. Starts nothing but the system's loader."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from apexsite.kit.registry import Availability
from renders.engine.stage.libraries import install_command, missing_libraries
from renders.engine.stage.room import LEAST_DISK_MB, LEAST_MEMORY_MB, free_disk_mb, memory_mb

ROOT = Path(__file__).resolve().parents[3]
REMEDY = "make stage"
PYTHON = "3.11"
"""The only Python bpy 4.5 is built for. Source: the tags of its wheel, cp311."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps the stage from drawing here: what, and the exact command or act that ends it."""

    what: str
    remedy: str


def stage_python() -> Path:
    """Return the stage's interpreter: `APEX_STAGE_PYTHON`, else the one `make stage` puts beside the project."""
    given = os.environ.get("APEX_STAGE_PYTHON", "")
    return Path(given) if given else ROOT / ".venv-stage" / "bin" / "python"


def is_off() -> bool:
    """Say whether the stage is switched off (`APEX_STAGE=off`)."""
    return os.environ.get("APEX_STAGE", "").strip().lower() in ("off", "0", "no")


def stage_availability() -> Availability:
    """Say whether the stage can be started, without starting it; all that is wrong at once."""
    if is_off():
        return Availability(False, "the stage is switched off (APEX_STAGE=off)", "unset APEX_STAGE")
    faults = stage_faults()
    if not faults:
        return Availability(True)
    remedies = dict.fromkeys(fault.remedy for fault in faults)
    return Availability(False, "; ".join(fault.what for fault in faults), "; ".join(remedies))


def stage_faults() -> tuple[Fault, ...]:
    """Return everything that keeps the stage from drawing: environment, libraries, memory, disk."""
    installed = _install_fault()
    faults = [installed] if installed else []
    if installed is None:
        faults += [fault for bpy in _packages("bpy") if (fault := _library_fault(bpy))]
    return (*faults, *_room_faults())


def cache_root() -> Path:
    """Return the folder of finished stage pictures, by the hash of their briefs."""
    return Path(os.environ.get("APEX_VAR", str(ROOT / "var"))) / "stage"


def _install_fault() -> Fault | None:
    python = stage_python()
    home = python.parent.parent
    if not python.exists():
        return Fault(f"the previz stage is not installed ({_name()} is missing)", _remedy())
    version = _version(home)
    if version and not f"{version}.".startswith(f"{PYTHON}."):
        return Fault(
            f"the stage needs Python {PYTHON}, {_name()} is Python {version}",
            f"rm -r .venv-stage; {REMEDY} PYTHON=python{PYTHON}"
            if home == ROOT / ".venv-stage"
            else _remedy(),
        )
    if not _packages("bpy"):
        return Fault(f"bpy is missing in {_name()}", _remedy())
    return None


def _name() -> str:
    """Return how the stage's environment is called to people: never by where it lies."""
    return "what APEX_STAGE_PYTHON names" if os.environ.get("APEX_STAGE_PYTHON") else ".venv-stage"


def _remedy() -> str:
    """Return what installs the stage where it is looked for; an interpreter of one's own is not ours to fill."""
    return f"unset APEX_STAGE_PYTHON; {REMEDY}" if os.environ.get("APEX_STAGE_PYTHON") else REMEDY


def _library_fault(bpy: Path) -> Fault | None:
    names = missing_libraries(bpy)
    if not names:
        return None
    told = "system libraries are" if len(names) > 1 else "a system library is"
    return Fault(f"{told} missing: {', '.join(names)}", install_command(names))


def _room_faults() -> list[Fault]:
    faults = []
    memory, disk = memory_mb(), free_disk_mb(cache_root())
    if 0 < memory < LEAST_MEMORY_MB:
        faults.append(
            Fault(
                f"too little memory: {memory} MB, the stage needs {LEAST_MEMORY_MB}",
                f"give this machine or container {LEAST_MEMORY_MB} MB or more",
            )
        )
    if disk is not None and disk < LEAST_DISK_MB:
        faults.append(
            Fault(
                f"too little disk: {disk} MB free where pictures are kept, the stage needs {LEAST_DISK_MB}",
                "free some, or point APEX_VAR elsewhere",
            )
        )
    return faults


def _packages(name: str) -> list[Path]:
    return sorted((stage_python().parent.parent / "lib").glob(f"python3.*/site-packages/{name}"))


def _version(home: Path) -> str:
    """Return the version an environment says it has, else that of its folder of packages, else nothing."""
    try:
        told = re.search(
            r"^version(?:_info)?\s*=\s*([\d.]+)",
            (home / "pyvenv.cfg").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    except (OSError, UnicodeDecodeError):
        told = None
    if told:
        return told[1]
    folders = sorted((home / "lib").glob("python3.*"))
    return folders[0].name.removeprefix("python") if len(folders) == 1 else ""
