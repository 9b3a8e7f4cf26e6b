"""A stage that cannot run here: each thing that is missing is named with the command that gets it, and the sketch says the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from renders.engine.stage import environment, libraries, room
from renders.engine.stage.environment import stage_availability, stage_faults
from renders.engine.stage.libraries import install_command, missing_libraries
from renders.models import Tier, Variant
from renders.services.health import health_rows
from renders.services.jobs import run_until_done
from renders.services.variants import variants_request
from tests.factories import first_shot

needs_compiler = pytest.mark.skipif(
    shutil.which("gcc") is None or shutil.which("ldd") is None, reason="needs gcc and ldd"
)


def compiled(target: Path, *, soname: str = "", needs: tuple[Path, ...] = ()) -> Path:
    """Make a shared library, linked with others."""
    source = target.with_suffix(".c")
    source.write_text("int apex_probe(void) { return 1; }\n")
    words = ["gcc", "-shared", "-fPIC", "-o", str(target), str(source)]
    words += [f"-Wl,-soname,{soname}"] if soname else []
    words += ["-Wl,--no-as-needed", *(str(one) for one in needs)] if needs else []
    subprocess.run(words, check=True, capture_output=True)
    return target


@pytest.fixture
def home(monkeypatch, tmp_path) -> Path:
    """Return an environment that looks like the stage's, with nothing in its bpy."""
    made = tmp_path / "stage"
    (made / "bin").mkdir(parents=True)
    (made / "bin" / "python").touch()
    (made / "lib" / "python3.11" / "site-packages" / "bpy").mkdir(parents=True)
    monkeypatch.delenv("APEX_STAGE", raising=False)
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    monkeypatch.setenv("APEX_STAGE_PYTHON", str(made / "bin" / "python"))
    monkeypatch.setenv("APEX_VAR", str(tmp_path / "var"))
    return made


def linked_with_the_absent(home: Path, *sonames: str) -> Path:
    """Give the environment a Blender linked with libraries that are then taken away; returns where they went."""
    bpy, away = home / "lib/python3.11/site-packages/bpy", home.parent / "away"
    away.mkdir()
    needs = tuple(compiled(away / soname, soname=soname) for soname in sonames)
    compiled(bpy / "__init__.so", needs=needs)
    kept = home.parent / "kept"
    away.rename(kept)
    return kept


@needs_compiler
def test_a_library_of_the_system_that_is_missing_is_named_with_its_package(home, monkeypatch):
    kept = linked_with_the_absent(home, "libICE.so.6x")
    monkeypatch.setitem(libraries.PACKAGES, "libICE.so.6x", "libice6x")
    (fault,) = stage_faults()
    assert fault.what == "a system library is missing: libICE.so.6x"
    assert fault.remedy.endswith("apt-get install libice6x")
    asked = [sys.executable, "-m", "renders.engine.stage.libraries", str(home)]
    told = subprocess.run(asked, cwd=environment.ROOT, capture_output=True, text=True, check=True)
    assert "apt-file search libICE.so.6x" in told.stdout, "what `make stage` says"
    monkeypatch.setenv("LD_LIBRARY_PATH", str(kept))
    assert stage_faults() == (), "found where the loader is told to look"


@needs_compiler
def test_an_install_shows_without_a_restart(home, monkeypatch):
    kept = linked_with_the_absent(home, "libabsent.so.3")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(kept.parent / "away"))
    assert stage_faults()[0].remedy == "apt-file search libabsent.so.3"
    kept.rename(kept.parent / "away")
    assert stage_faults() == ()


def test_all_that_is_missing_is_one_command():
    told = install_command(("libGL.so.1", "libX11.so.6", "libodd.so.1", "GLIBC_2.99"))
    assert "apt-get install libgl1 libx11-6; apt-file search libodd.so.1" in told
    assert "a system with GLIBC_2.99 or newer" in told


def test_another_python_is_told_from_the_right_one(home):
    (home / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.4\n")
    (fault,) = stage_faults()
    assert "needs Python 3.11" in fault.what
    assert "3.12.4" in fault.what
    assert "rm " not in fault.remedy, "an environment of one's own is not ours to remove"


def test_too_little_memory_and_disk_are_told_with_what_is_there_and_what_is_needed(
    home, monkeypatch
):
    monkeypatch.setattr(environment, "memory_mb", lambda: 900)
    monkeypatch.setattr(environment, "free_disk_mb", lambda folder: 12)
    found = stage_availability()
    assert not found.is_available
    assert "900 MB, the stage needs 2000" in found.reason
    assert "12 MB free" in found.reason
    assert "APEX_VAR" in found.remedy


def test_a_containers_limit_counts_as_its_memory(monkeypatch, tmp_path):
    limit = tmp_path / "memory.max"
    limit.write_text("512000000\n")
    monkeypatch.setattr(room, "CGROUPS", (str(limit),))
    assert room.memory_mb() == 512
    limit.write_text("max\n")
    assert room.memory_mb() > 512


@needs_compiler
@pytest.mark.django_db
def test_the_doctor_and_the_sketch_that_stands_in_say_the_same(home, episode, ben, monkeypatch):
    linked_with_the_absent(home, "libXi.so.6x", "libSM.so.6x")
    monkeypatch.setitem(libraries.PACKAGES, "libXi.so.6x", "libxi6")
    monkeypatch.setitem(libraries.PACKAGES, "libSM.so.6x", "libsm6")
    (row,) = (row for row in health_rows() if row.kind == "stage")
    assert row.detail == "system libraries are missing: libSM.so.6x, libXi.so.6x"
    assert row.remedy.endswith("apt-get install libsm6 libxi6")
    job = variants_request(user=ben, shot=first_shot(episode), tier=Tier.PREVIZ, count=1)
    run_until_done(job)
    variant = Variant.objects.get(task__job=job)
    (hop,) = variant.recipe["hops"]
    assert variant.engine == "storyboard"
    assert row.detail in hop["reason"]
    assert row.remedy in hop["reason"]


@pytest.mark.stage
def test_the_stage_that_is_installed_here_lacks_nothing(monkeypatch):
    monkeypatch.delenv("APEX_STAGE", raising=False)
    (bpy,) = (environment.ROOT / ".venv-stage" / "lib").glob("python3.*/site-packages/bpy")
    assert missing_libraries(bpy) == ()
    assert stage_availability().is_available
