"""The manifest's files are verified by content, fetched whole or not at all, and may be placed by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from apexsite.kit.errors import BackendError, InputError, NotAvailable
from apexsite.kit.progress import NullProgress
from renders.engine.models_manifest import (
    fetch_model,
    load_manifest,
    model_status,
    verify_model,
)


def test_the_voice_data_in_the_installed_package_is_the_one_we_know(tmp_path: Path) -> None:
    entry = next(e for e in load_manifest() if e.id == "espeak-ng-voice-data")
    assert verify_model(entry, tmp_path).is_available


def test_an_absent_model_says_how_to_get_it(tmp_path: Path) -> None:
    entry = next(e for e in load_manifest() if e.id == "kokoro-82m-int8")
    status = model_status(entry, tmp_path)
    assert not status.is_available and status.remedy == "manage.py models fetch kokoro-82m-int8"


def test_a_file_placed_by_hand_is_found_and_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    entry = replace(load_manifest()[0], sources=(), size_bytes=3)
    (tmp_path / entry.file_name).write_bytes(b"abc")
    assert model_status(entry, tmp_path).is_available
    assert "expected" in verify_model(entry, tmp_path).reason


def test_content_that_is_not_the_manifests_is_not_kept(tmp_path: Path) -> None:
    entry = replace(load_manifest()[0], sha256="0" * 64)
    with pytest.raises(BackendError, match="nothing was kept"):
        fetch_model(entry, tmp_path, NullProgress())
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_does_not_answer_leaves_advice(tmp_path: Path) -> None:
    sources = ({"kind": "package-file", "package": "no_such_package", "parts": ["x"]},)
    with pytest.raises(NotAvailable, match="by hand"):
        fetch_model(replace(load_manifest()[0], sources=sources), tmp_path, NullProgress())


def test_a_manifest_with_an_unknown_source_is_refused(tmp_path: Path) -> None:
    text = '{"schema": "apex.models/1", "models": [{"id": "x"}]}'
    (tmp_path / "m.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="incomplete"):
        load_manifest(tmp_path / "m.json")
