"""The studio on this machine: web and one worker, `manage.py serve [--port 8000]`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand

from projects.models import Project
from renders.management.people import PEOPLE, people_ensure, people_join

STOP_SECONDS = 10


class Command(BaseCommand):
    """Starts uvicorn and a worker, and stops both when it is stopped or when one of them ends."""

    help = "Serve the studio: web and one worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="make no demo people")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, print the log-ins, run until stopped."""
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Apex at http://{options['host']}:{options['port']}/")
        if not options["no_demo"]:
            self._print_people()
        self.stdout.flush()
        children = [
            self._child("-m", "uvicorn", "apexsite.asgi:application", "--host", options["host"],
                        "--port", str(options["port"]), "--log-level", "warning"),
            self._child(str(settings.BASE_DIR / "manage.py"), "qcluster"),
        ]  # fmt: skip
        try:
            _wait_for_stop(children)
        finally:
            _stop(children)

    def _child(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "Q_CLUSTER_NAME": "cpu"}
        # A group of its own: killing only django-q's parent would leave its workers running.
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )

    def _print_people(self) -> None:
        passwords = people_ensure()
        ada = User.objects.get(username="ada")
        for project in Project.objects.filter(created_by=ada):
            people_join(project, ada)
        self.stdout.write("log in as:")
        for username, (_, role) in PEOPLE.items():
            self.stdout.write(f"  {role:<9} {username:<5} {passwords[username]}")


def _wait_for_stop(children: list[subprocess.Popen[bytes]]) -> None:
    is_stopped = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal is_stopped
        is_stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not is_stopped and all(child.poll() is None for child in children):
        time.sleep(0.2)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            # To the parent alone: a worker that is told by itself leaves django-q's parent waiting for it.
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
