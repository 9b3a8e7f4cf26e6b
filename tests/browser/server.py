"""A studio of its own for a browser test: a temporary data folder, a free port, one small project."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
STOP_SECONDS = 25
STRANGER = "not-on-any-project"
"""Password of Dan, who has an account and no project."""
SEED = """
import sys
from pathlib import Path
from django.contrib.auth.models import User
from characters.services.scripts import script_import
from projects.services.projects import project_create
from projects.services.scripts import episode_first
from renders.management.people import people_ensure, people_join

people_ensure()
ada = User.objects.get(username="ada")
project = project_create(user=ada, name="Night Bus", width=640, height=360)
people_join(project, ada)
User.objects.create_user("dan", password="{stranger}", first_name="Dan")
script_import(
    user=ada,
    episode=episode_first(project),
    content=Path({script!r}).read_bytes(),
    name="night_bus.fountain",
)
"""


@dataclass(frozen=True, slots=True)
class Studio:
    """Where the studio answers, and its people's passwords by user name."""

    address: str
    passwords: dict[str, str]
    log: Path

    def log_tail(self, lines: int = 60) -> str:
        """Return the last lines the server wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def run_in(made: Studio, code: str) -> None:
    """Run Python beside the served studio, on its rows."""
    environment = {
        **os.environ,
        "APEX_VAR": str(made.log.parent),
        "DJANGO_SETTINGS_MODULE": "apexsite.settings.dev",
    }
    _manage(environment, "shell", "--no-imports", "-c", code)


@contextmanager
def studio(folder: Path, script: bytes) -> Iterator[Studio]:
    """Serve a project "Night Bus" made from `script` out of `folder`; stops web and worker at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "APEX_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "apexsite.settings.dev",
    }
    for name in ("APEX_MEDIA", "APEX_OUTPUT", "APEX_DATABASE_URL"):
        environment.pop(name, None)
    script_path = folder / "night_bus.fountain"
    script_path.write_bytes(script)
    _manage(environment, "migrate", "--verbosity", "0")
    _manage(
        environment,
        "shell",
        "--no-imports",
        "-c",
        SEED.format(script=str(script_path), stranger=STRANGER),
    )
    port = _free_port()
    log = folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        passwords = json.loads((folder / "demo-logins.json").read_text()) | {"dan": STRANGER}
        made = Studio(f"http://127.0.0.1:{port}", passwords, log)
        _wait_until_it_answers(made, process)
        yield made
    finally:
        _stop(process)


def _manage(environment: dict[str, str], *arguments: str) -> None:
    ended = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{ended.stdout}{ended.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(made: Studio, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}:\n{made.log_tail()}")
        try:
            with urlopen(f"{made.address}/login/", timeout=5):
                return
        except HTTPError as error:
            raise RuntimeError(f"/login/ answers {error.code}:\n{made.log_tail()}") from None
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"no answer in {START_SECONDS} s:\n{made.log_tail()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop `serve`, which stops its web and worker; each of them leads a process group of its own."""
    groups = [*_children(process.pid), process.pid]
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=STOP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            pass
    for group in groups:
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
