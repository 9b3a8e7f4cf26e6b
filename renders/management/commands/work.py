"""Do queued work in this process: `manage.py work [--queue cpu] [--until-idle]`."""

from __future__ import annotations

import os
import signal
import socket
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from renders.services.jobs import work_one

IDLE_SECONDS = 0.5


class Command(BaseCommand):
    """A worker without a queue: claims tasks from the rows, with lease and fence like any other."""

    help = "Do queued work in this process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--queue", default="cpu")
        parser.add_argument("--until-idle", action="store_true", help="end when nothing is queued")

    def handle(self, *args: Any, **options: Any) -> None:
        """Claim and run until told to stop."""
        stopped = False

        def stop(*_: object) -> None:
            nonlocal stopped
            stopped = True

        signal.signal(signal.SIGTERM, stop)
        worker = f"{socket.gethostname()}:{os.getpid()}"
        while not stopped:
            if work_one(queue=options["queue"], worker=worker):
                continue
            if options["until_idle"]:
                return
            time.sleep(IDLE_SECONDS)
