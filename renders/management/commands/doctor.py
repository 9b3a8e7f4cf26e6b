"""What is installed and what is missing: `manage.py doctor [--json]`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from renders.services.health import health_report

MARKS = {"sunset": "ENDS   "}
"""What stands before a row that is not about something missing."""


class Command(BaseCommand):
    """Prints a row a tool, engine and model; exit code 1 when something needed is missing."""

    help = "Say what is installed, what is missing, and the command that gets it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and print."""
        report = health_report()
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            for row in report["rows"]:
                lacks = "MISSING" if row["is_needed"] else MARKS.get(row["kind"], "absent ")
                mark = "ok     " if row["is_present"] else lacks
                self.stdout.write(f"{mark}  {row['kind']:<8} {row['name']:<22} {row['detail']}")
                if row["remedy"] and not row["is_present"]:
                    self.stdout.write(f"{'':<41}get it: {row['remedy']}")
        if not report["ok"]:
            sys.exit(1)
