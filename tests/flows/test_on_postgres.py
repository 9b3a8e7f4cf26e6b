"""What a studio runs on: the rules, readings and doors hold on PostgreSQL as they do on SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import postgres_url  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
SAME_TESTS = (
    "tests/projects/test_access.py",
    "tests/projects/test_invitations.py",
    "tests/projects/test_notifications.py",
    "tests/projects/test_shotlist.py",
    "tests/renders/test_board.py",
    "tests/renders/test_bulk.py",
    "tests/renders/test_comments.py",
    "tests/renders/test_feed.py",
    "tests/renders/test_recommendations.py",
    "tests/renders/test_reviews.py",
    "tests/renders/test_waiting.py",
    "tests/renders/test_jobs.py",
    "tests/api/test_once.py",
    "tests/api/test_projects.py",
)


@pytest.mark.slow
def test_the_same_tests_pass_on_postgresql(postgres_url, tmp_path):  # noqa: F811
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))},
        "APEX_DATABASE_URL": postgres_url,
        "APEX_VAR": str(tmp_path),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *SAME_TESTS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    assert " passed" in ended.stdout
    assert "skipped" not in ended.stdout
