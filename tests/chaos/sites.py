"""An empty site in a folder of its own, on SQLite or a real PostgreSQL, and children that work in it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CHILD_SECONDS = 120


class Site:
    """A database and a folder; Python started here sees them through its environment."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.environment = {
            **os.environ,
            "APEX_VAR": str(folder / "var"),
            "APEX_DATABASE_URL": database_url,
            "APEX_LEASE_SECONDS": "2",
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start Python with arguments; it has a process group of its own."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> str:
        """Run Python to its end and return what it printed; fails with its errors."""
        child = self.start(*arguments)
        out, err = child.communicate(timeout=CHILD_SECONDS)
        assert child.returncode == 0, err
        return out.strip()

    def scenario(self, name: str, *arguments: str) -> str:
        """Run one function of `tests.chaos.scenarios` in a child."""
        return self.run("-m", "tests.chaos.scenarios", name, *arguments)


@pytest.fixture(params=["sqlite", "postgres"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """An empty, migrated site on either database."""
    url = ""
    if request.param == "postgres":
        url = new_database(request.getfixturevalue("postgres_url"))
    made = Site(tmp_path, url)
    made.run("-m", "django", "migrate", "-v", "0")
    return made


def new_database(url: str) -> str:
    """Make an empty database on the server at `url` and return its address."""
    import psycopg

    name = f"apex_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')
    return url.replace("/apex?", f"/{name}?")


def wait_for(is_so: Callable[[], object], what: str, seconds: float = 60.0) -> None:
    """Wait until something is so; fails with its name when it never is."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"{what} did not happen in {seconds} s"
        time.sleep(0.05)
