"""Whether the files the stage says it made are whole: Blender ends without a word where the disk was full."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from apexsite.kit.errors import BackendError
from renders.engine.stage.room import free_disk_mb

PNG_END = b"IEND\xaeB`\x82"
"""The last chunk's name and check. Source: PNG specification, 11.2.5."""

ZSTD_START, ZSTD_END = b"\x28\xb5\x2f\xfd", b"\xb1\xea\x92\x8f"
"""Magic of a Zstandard frame, and of the table a seekable file ends with. Source: RFC 8878; zstd seekable format 0.1.0."""

BLEND_END = b"ENDB"
"""Code of an uncompressed Blender file's last block, which is empty. Source: Blender's file format."""


def refuse_half(files: Mapping[str, Path]) -> None:
    """Raise `BackendError` (worth a retry) that names the first file that is missing or broken off, with the free disk."""
    for kind, path in files.items():
        if not is_whole(path):
            free = free_disk_mb(path.parent)
            room = "" if free is None else f"; {free} MB are free at {path.parent}"
            raise BackendError(
                f"the stage left its {kind} unfinished ({path.name}, {_size(path)} bytes){room}",
                permanent=False,
            )


def is_whole(path: Path) -> bool:
    """Say whether a PNG or Blender file goes to its end; any other file, whether there is something in it."""
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            stream.seek(-min(_size(path), 64), 2)
            end = stream.read()
    except OSError:
        return False
    if path.suffix == ".png":
        return end.endswith(PNG_END)
    if path.suffix == ".blend":
        return end.endswith(ZSTD_END) if start == ZSTD_START else BLEND_END in end
    return bool(end)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
