"""The model manifest: `manage.py models list | fetch ID | verify [ID]`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError, InputError, listed
from apexsite.kit.progress import NullProgress
from renders.engine.models_manifest import (
    ModelEntry,
    fetch_model,
    load_manifest,
    model_status,
    verify_model,
)


class Command(BaseCommand):
    """Lists, fetches and verifies the model files Apex knows; each is checked by its sha256."""

    help = "List, fetch and verify model files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("action", choices=("list", "fetch", "verify"))
        parser.add_argument("id", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the action on one entry or all."""
        entries = load_manifest()
        folder = Path(settings.APEX_MODELS_ROOT)
        try:
            if options["id"]:
                entries = [_entry(entries, options["id"])]
            elif options["action"] == "fetch":
                raise InputError(f"id must be given; valid: {listed(e.id for e in entries)}")
            answers = [self._one(options["action"], entry, folder) for entry in entries]
        except ApexError as err:
            raise CommandError(err.message) from err
        if not all(answers):
            sys.exit(1)

    def _one(self, action: str, entry: ModelEntry, folder: Path) -> bool:
        if action == "list":
            status = model_status(entry, folder)
            state = "present" if status.is_available else "absent"
            use = "commercial" if entry.is_commercial else "non-commercial"
            self.stdout.write(
                f"{state:<8} {entry.id:<28} {entry.licence:<14} {use:<15} {entry.title}"
            )
            return True
        if action == "fetch":
            path = fetch_model(entry, folder, NullProgress())
            self.stdout.write(f"fetched  {entry.id} → {path}")
            return True
        status = model_status(entry, folder)
        if not status.is_available:
            self.stdout.write(f"absent   {entry.id}")
            return True
        checked = verify_model(entry, folder)
        self.stdout.write(
            f"{'verified' if checked.is_available else 'BROKEN  '} {entry.id} {checked.reason}"
        )
        return checked.is_available


def _entry(entries: list[ModelEntry], id_: str) -> ModelEntry:
    for entry in entries:
        if entry.id == id_:
            return entry
    raise InputError(f"id={id_!r} is not in the manifest; valid: {listed(e.id for e in entries)}")
