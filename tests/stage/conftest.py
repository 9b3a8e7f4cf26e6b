"""The stage played by a program that draws a grey card: the whole way through the studio, without Blender."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from renders.engine.stage import process
from renders.engine.stage.process import StageProcess
from renders.services import embodying, jobs


@pytest.fixture
def standin(monkeypatch, tmp_path) -> Iterator[StageProcess]:
    """Put the stand-in where the stage is, its pictures in a folder of a name that is not ASCII."""
    home = tmp_path / "étage"
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").touch()
    (home / "lib" / "python3.11" / "site-packages" / "bpy").mkdir(parents=True)
    monkeypatch.delenv("APEX_STAGE", raising=False)
    monkeypatch.setenv("APEX_STAGE_PYTHON", str(home / "bin" / "python"))
    monkeypatch.setenv("APEX_VAR", str(tmp_path / "Bühne 王"))
    monkeypatch.setattr(jobs, "RETRY_DELAY_SECONDS", 0.0)
    monkeypatch.setattr(embodying, "has_network", lambda: False)
    made = StageProcess([sys.executable, "-m", "tests.stage.standin"])
    monkeypatch.setattr(process, "STAGE", made)
    yield made
    made.stop()


@pytest.fixture
def kept(standin, tmp_path) -> Path:
    """Return the folder of the pictures the stand-in made."""
    return tmp_path / "Bühne 王" / "stage"
