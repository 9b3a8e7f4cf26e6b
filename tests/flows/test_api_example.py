"""The example of the API, run as it stands against a studio with a worker: from a script to a film file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import pytest

from tests.browser.server import ROOT, studio

pytestmark = pytest.mark.slow
EXAMPLE = ROOT / "docs" / "api-example.py"
SCRIPT = "INT. KITCHEN - DAY\n\nANNA (40s) pours tea.\n\nANNA\nIt is late.\n"


def test_the_example_is_short_and_needs_nothing_but_python():
    text = EXAMPLE.read_text(encoding="utf-8")
    assert text.count("\n") <= 60
    imported = {
        line.split()[1].split(".")[0] for line in text.splitlines() if line[:7] == "import "
    }
    assert imported <= sys.stdlib_module_names


def test_a_script_becomes_a_film_file_through_the_api_alone(tmp_path: Path):
    script, film = tmp_path / "tea.fountain", tmp_path / "film.mp4"
    script.write_text(SCRIPT, encoding="utf-8")
    with studio(tmp_path / "var", SCRIPT.encode()) as made:
        environment = {**os.environ, "APEX_VAR": str(tmp_path / "var")}
        environment["DJANGO_SETTINGS_MODULE"] = "apexsite.settings.dev"
        command = [sys.executable, "manage.py", "token_create", "ada"]
        scopes = ["--scope", "read", "--scope", "make", "--scope", "approve"]
        secret = subprocess.run(
            [*command, *scopes],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        done = subprocess.run(
            [sys.executable, str(EXAMPLE), made.address, str(script), str(film)],
            env={"PATH": os.environ["PATH"], "APEX_TOKEN": secret},
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + made.log_tail()
    assert "check met" in done.stdout
    with av.open(str(film)) as opened:
        assert opened.streams.video[0].frames > 24
