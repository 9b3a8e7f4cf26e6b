"""The main job headless: `manage.py produce --script FILE | --topic TEXT …`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError, InputError
from apexsite.kit.seeds import seed_from_name
from projects.engine.outline import outline_from_topic, outline_styles
from renders.engine.export.profiles import DEFAULT, PROFILES
from renders.management.terminal import TerminalRunner
from renders.models import Tier
from renders.services.productions import (
    production_approve,
    production_draw,
    production_film,
    production_report,
    production_start,
)

PREVIEW_LINES = 720


class Command(BaseCommand):
    """Script or topic in, film out. Running it again resumes where it stopped."""

    help = "Make a film from a script or a topic, without a browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--script", type=Path, help="a Fountain or plain-text file")
        source.add_argument(
            "--topic", help="words; the offline outline writer makes a script of them"
        )
        parser.add_argument(
            "--style", default="courtroom_drama", help=f"for --topic: {', '.join(outline_styles())}"
        )
        parser.add_argument("--tier", default=Tier.STORYBOARD, choices=Tier.values)
        parser.add_argument(
            "--engine",
            default="",
            help="who draws; the project's own order and what is here otherwise",
        )
        parser.add_argument("--preview", action="store_true", help="at most 720 lines, veryfast")
        parser.add_argument(
            "--profile", default=DEFAULT, choices=tuple(PROFILES), help="the delivery to make"
        )
        parser.add_argument(
            "--auto-approve", action="store_true", help="approve the best-scored variants by policy"
        )
        parser.add_argument("--music", type=Path, help="cut to this file instead of Apex's own bed")
        parser.add_argument("--out", type=Path, help="folder for film and contact sheet")
        parser.add_argument("--user", default="producer", help="who the project belongs to")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the stages; an expected failure ends with its message and exit code 1."""
        try:
            report = self._produce(options)
        except ApexError as err:
            raise CommandError(err.message) from err
        if options["json"]:
            self.stdout.write(json.dumps(report))
        elif report["film"]:
            self.stdout.write(f"film           {report['film']}")
            self.stdout.write(f"contact sheet  {report['contact_sheet']}")
            self.stdout.write(f"check          {report['qc']['verdict']}")
        else:
            self.stdout.write(
                f"{report['variants']} variants of {report['shots']} shots wait for a verdict: approve them in the "
                "studio (make serve), or run again with --auto-approve"
            )

    def _produce(self, options: dict[str, Any]) -> dict[str, Any]:
        script, name, title = _script(options)
        user, made = User.objects.get_or_create(username=options["user"])
        if made:
            user.set_unusable_password()
            user.save()
        run = TerminalRunner(sys.stderr, quiet=options["json"])
        tier, is_preview = options["tier"], options["preview"]
        production = production_start(user=user, name=title, script=script, script_name=name)
        lines = PREVIEW_LINES if is_preview else None
        production_draw(
            production, user=user, tier=tier, run=run, lines=lines, engine=options["engine"]
        )
        if options["auto_approve"]:
            production_approve(production, user=user, tier=tier, lines=lines)
        report = production_report(production, tier=tier)
        if report["approved"] == report["shots"]:
            production_film(
                production,
                user=user,
                tier=tier,
                out=options["out"] or Path(settings.APEX_OUTPUT_ROOT) / str(report["project"]),
                run=run,
                is_preview=is_preview,
                profile=options["profile"],
                music=options["music"],
            )
        return production_report(production, tier=tier)


def _script(options: dict[str, Any]) -> tuple[bytes, str, str]:
    if options["topic"] is not None:
        text = outline_from_topic(
            options["topic"], style=options["style"], seed=seed_from_name(options["topic"])
        )
        return text.encode(), "outline.fountain", options["topic"]
    path: Path = options["script"]
    try:
        return path.read_bytes(), path.name, path.stem.replace("_", " ").strip() or "Untitled"
    except OSError as err:
        raise InputError(f"script={path} cannot be read: {err.strerror}") from err
