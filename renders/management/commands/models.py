"""The model ledger: `manage.py models list | sync | fetch ID | verify [ID]`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apexsite.kit.errors import ApexError, InputError, listed
from apexsite.kit.progress import NullProgress
from renders.engine.models_manifest import (
    ModelEntry,
    fetch_model,
    load_manifest,
    model_status,
    verify_model,
)
from renders.readings.licences import LedgerLine, ledger_lines
from renders.services.ledgersync import ledger_sync


class Command(BaseCommand):
    """Lists, fetches and verifies the model files Apex knows; each is checked by its sha256."""

    help = (
        "List the models Apex knows with licence and end; sync the ledger; fetch and verify files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "action", nargs="?", default="list", choices=("list", "sync", "fetch", "verify")
        )
        parser.add_argument("--json", action="store_true", help="the list as JSON")
        parser.add_argument("id", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the action on one entry or all."""
        if options["action"] == "sync":
            told = ledger_sync()
            self.stdout.write(f"{told['added']} added, {told['changed']} changed")
            return
        if options["action"] == "list":
            self._list(options["id"], options["json"])
            return
        entries = load_manifest()
        folder = Path(settings.APEX_MODELS_ROOT)
        try:
            if options["id"]:
                entries = [_entry(entries, options["id"])]
            elif options["action"] == "fetch":
                fetchable = (e.id for e in entries if e.is_fetchable)
                raise InputError(f"id must be given; valid: {listed(fetchable)}")
            answers = [self._one(options["action"], entry, folder) for entry in entries]
        except ApexError as err:
            raise CommandError(err.message) from err
        if not all(answers):
            sys.exit(1)

    def _list(self, id_: str, as_json: bool) -> None:
        """Print the ledger's rows; the word of the site counts where it says otherwise."""
        lines = ledger_lines(None, today=timezone.localdate())
        if id_ and not (lines := [line for line in lines if line.entry.model_id == id_]):
            raise CommandError(f"id={id_!r} is not in the ledger; see: manage.py models list")
        if as_json:
            self.stdout.write(json.dumps([_told(line) for line in lines], ensure_ascii=False))
            return
        for line in lines:
            row = line.entry
            use = "commercial" if row.may_be_sold else "non-commercial"
            self.stdout.write(
                f"{line.state:<8} {row.kind:<8} {row.model_id:<29} {use:<15} {row.title} ({row.licence})"
            )
            if line.notice:
                self.stdout.write(f"{'':<18}{line.notice}")

    def _one(self, action: str, entry: ModelEntry, folder: Path) -> bool:
        if action == "fetch":
            path = fetch_model(entry, folder, NullProgress())
            self.stdout.write(f"fetched  {entry.id} → {path}")
            return True
        status = model_status(entry, folder)
        if not status.is_available:
            self.stdout.write(f"{'hosted' if entry.is_hosted else 'absent':<8} {entry.id}")
            return True
        if entry.sha256 is None:
            self.stdout.write(f"unknown  {entry.id} {entry.status}")
            return True
        checked = verify_model(entry, folder)
        self.stdout.write(
            f"{'verified' if checked.is_available else 'BROKEN  '} {entry.id} {checked.reason}"
        )
        return checked.is_available


def _told(line: LedgerLine) -> dict[str, Any]:
    row = line.entry
    return {
        "id": row.model_id,
        "title": row.title,
        "kind": row.kind,
        "base": row.base,
        "revision": row.revision or None,
        "sha256": row.sha256 or None,
        "size_bytes": row.size_bytes,
        "licence": row.licence,
        "licence_source": row.licence_source,
        "is_commercial": row.may_be_sold,
        "sunset": row.ends_on.isoformat() if row.ends_on else None,
        "replacement": row.next_model or None,
        "state": line.state,
        "notice": line.notice,
    }


def _entry(entries: list[ModelEntry], id_: str) -> ModelEntry:
    for entry in entries:
        if entry.id == id_:
            return entry
    raise InputError(f"id={id_!r} is not in the manifest; valid: {listed(e.id for e in entries)}")
