"""What a library or the system said of a file, in words that name the file and not the folder it lies in."""

from __future__ import annotations

from pathlib import Path


def words_of_fault(err: BaseException, path: Path | str) -> str:
    """Return what went wrong with a file, without the folders of this machine: pages show it to everybody."""
    if isinstance(err, OSError) and err.strerror:
        return err.strerror
    folder = str(Path(path).parent)
    return str(err).replace(f"{folder}/", "") if len(folder) > 1 else str(err)
