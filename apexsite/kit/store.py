"""Files by content: written once under their sha256, referenced many times. Paths come from hashes only."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from apexsite.kit.errors import InputError, NoRoom, NotFound

CHUNK_BYTES = 1 << 20
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""A full disk, a full quota, a file over the process's limit."""

DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store answers: the content's sha256 (hex) and its size."""

    sha256: str
    size_bytes: int


class ContentStore:
    """A folder of files named by sha256, two levels deep."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, sha256: str) -> Path:
        """Return where a content lies; raises `InputError` for what is no sha256."""
        if not DIGEST.fullmatch(sha256):
            raise InputError(f"sha256={sha256[:80]!r} must be 64 hex digits")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def put_bytes(self, content: bytes) -> Stored:
        """Keep bytes; keeping the same bytes twice is one file."""
        digest = hashlib.sha256(content).hexdigest()
        target = self.path(digest)
        if not target.exists():
            with self._half(target, len(content)) as half:
                half.write_bytes(content)
        return Stored(digest, len(content))

    def put_file(self, source: Path) -> Stored:
        """Keep a copy of a file."""
        digest = file_sha256(source)
        target = self.path(digest)
        if not target.exists():
            with self._half(target, source.stat().st_size) as half:
                shutil.copyfile(source, half)
        return Stored(digest, source.stat().st_size)

    @contextlib.contextmanager
    def _half(self, target: Path, size_bytes: int) -> Iterator[Path]:
        """Give a file to write that becomes `target` once it is whole and is gone when it cannot be written."""
        half: Path | None = None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent)
            os.close(handle)
            half = Path(name)
            yield half
            half.replace(target)
        except BaseException as err:
            if half is not None:
                half.unlink(missing_ok=True)
            if isinstance(err, OSError) and err.errno in FULL:
                raise NoRoom(
                    f"no room for {size_bytes} bytes in {self.root}: {err.strerror}; free some and try again"
                ) from err
            raise

    def open_path(self, sha256: str) -> Path:
        """Return the path of a kept content, or raise `NotFound`."""
        path = self.path(sha256)
        if not path.exists():
            raise NotFound(f"media {sha256[:12]} is not in the store {self.root}")
        return path


def file_sha256(path: Path) -> str:
    """Return the sha256 (hex) of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
