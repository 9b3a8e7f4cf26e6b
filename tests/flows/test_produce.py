"""The main job by command, on real scripts: script → variants → policy → cut → checked film; and on broken ones."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import pytest

from tests.conftest import SCRIPT

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


class Studio:
    """A database and media folder of its own, driven by commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "APEX_VAR": str(folder / "var"),
            "DJANGO_SETTINGS_MODULE": "apexsite.settings.dev",
            "APEX_LEASE_SECONDS": "3",
        }
        for name in ("APEX_DATABASE_URL", "APEX_MEDIA", "APEX_OUTPUT"):
            self.environment.pop(name, None)
        self.manage("migrate", "--verbosity", "0")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def manage(self, *arguments: str) -> tuple[int, str, str]:
        child = self.start(*arguments)
        out, err = child.communicate(timeout=300)
        return child.returncode, out, err


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


def test_a_script_becomes_a_checked_film_and_the_second_run_makes_nothing_new(studio, tmp_path):
    script = tmp_path / "night_bus.fountain"
    script.write_bytes(SCRIPT)
    command = ("produce", "--script", str(script), "--auto-approve", "--preview", "--json")
    code, out, err = studio.manage(*command, "--out", str(tmp_path / "films"))
    assert code == 0, err
    report = json.loads(out)
    assert report["scenes"] == 2
    assert report["shots"] >= 5
    assert report["characters"] == 2
    assert report["variants"] == 3 * report["shots"]
    assert report["approved"] == report["shots"]
    assert report["fps"] == "24000/1001"
    assert report["qc"]["verdict"] == "met", report["qc"]
    assert set(report["seconds"]) >= {"script", "variants", "approve", "cut", "film"}
    assert Path(report["contact_sheet"]).is_file()
    with av.open(report["film"]) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height) == (1280, 720)
        assert sum(1 for _ in film.decode(stream)) == report["frames"]
    code, out, err = studio.manage(*command, "--out", str(tmp_path / "films"))
    assert code == 0, err
    again = json.loads(out)
    assert (again["variants"], again["approved"]) == (report["variants"], report["approved"])


def test_without_auto_approve_the_variants_wait_for_a_person(studio, tmp_path):
    script = tmp_path / "short.txt"
    script.write_text("INT. KITCHEN - DAY\n\nANNA pours tea.\n\nANNA\nIt is late.\n")
    code, out, err = studio.manage("produce", "--script", str(script), "--preview", "--json")
    assert code == 0, err
    report = json.loads(out)
    assert report["variants"] > 0
    assert (report["approved"], report["film"], report["qc"]) == (0, None, None)


def test_a_topic_becomes_a_script_that_says_who_wrote_it(studio, tmp_path):
    code, out, err = studio.manage(
        "produce",
        "--topic",
        "a lighthouse keeper hears a voice",
        "--style",
        "noir",
        "--preview",
        "--json",
    )
    assert code == 0, err
    assert json.loads(out)["shots"] >= 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.fountain", b""),
        ("junk.fountain", bytes(range(256)) * 40),
        ("missing.fountain", None),
    ],
)
def test_a_broken_script_ends_with_a_sentence_and_exit_code_one(studio, tmp_path, name, content):
    script = tmp_path / name
    if content is not None:
        script.write_bytes(content)
    code, _, err = studio.manage("produce", "--script", str(script), "--json")
    assert code == 1
    assert "Traceback" not in err
    assert name in err


def test_an_unknown_style_lists_the_valid_ones(studio):
    code, _, err = studio.manage("produce", "--topic", "x", "--style", "baroque")
    assert code == 1
    assert "courtroom_drama" in err


def test_a_worker_killed_in_the_middle_is_resumed_by_the_same_command(studio, tmp_path):
    script = tmp_path / "night_bus.fountain"
    script.write_bytes(SCRIPT)
    command = ("produce", "--script", str(script), "--auto-approve", "--preview", "--json")
    first = studio.start(*command)
    time.sleep(6)
    children = subprocess.run(
        ["pgrep", "-P", str(first.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    for pid in [*children, str(first.pid)]:
        os.kill(int(pid), signal.SIGKILL)
    first.communicate()
    code, out, err = studio.manage(*command, "--out", str(tmp_path / "films"))
    assert code == 0, err
    report = json.loads(out)
    assert report["variants"] >= 3 * report["shots"]
    assert report["qc"]["verdict"] == "met"
