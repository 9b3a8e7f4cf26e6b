"""The main job headless: `manage.py produce --script FILE | --topic TEXT …`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError, InputError
from apexsite.kit.seeds import seed_from_name
from projects.engine.writing.style import built_in_styles
from projects.engine.writing.wish import LANGUAGES, MOST_SHOTS, ScriptWish, wish_of
from projects.models import ScriptDraft, Writer
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
from renders.services.writtenproductions import production_from_topic, written_by

PREVIEW_LINES = 720


class Command(BaseCommand):
    """Script or topic in, film out. Running it again resumes where it stopped."""

    help = "Make a film from a script or a topic, without a browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--script", type=Path, help="a Fountain or plain-text file")
        source.add_argument(
            "--topic", help="words; a script is written of them, and the result says by whom"
        )
        topic_options(parser)
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
            if report["script"]["credit"]:
                self.stdout.write(f"script         {report['script']['credit']}")
            self.stdout.write(f"film           {report['film']}")
            self.stdout.write(f"contact sheet  {report['contact_sheet']}")
            self.stdout.write(f"check          {report['qc']['verdict']}")
        else:
            self.stdout.write(
                f"{report['variants']} variants of {report['shots']} shots wait for a verdict: approve them in the "
                "studio (make serve), or run again with --auto-approve"
            )

    def _produce(self, options: dict[str, Any]) -> dict[str, Any]:
        user = producer_named(options["user"])
        run = TerminalRunner(sys.stderr, quiet=options["json"])
        tier, is_preview = options["tier"], options["preview"]
        draft = None
        if options["topic"] is not None:
            wish = wish_asked(options)
            production, draft = production_from_topic(
                user=user, name=options["topic"], wish=wish, writer=options["writer"], run=run
            )
            told_of(draft, sys.stderr)
        else:
            script, name, title = _script(options["script"])
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
        return production_report(production, tier=tier) | {"script": written_by(draft)}


def topic_options(parser: ArgumentParser) -> None:
    """Declare the options of a script that is written."""
    parser.add_argument(
        "--style",
        default="courtroom_drama",
        help=f"for --topic: {', '.join(built_in_styles())}, or one of the site's own",
    )
    parser.add_argument(
        "--writer",
        default=Writer.AUTO,
        choices=Writer.values,
        help="who writes: the endpoint of APEX_WRITER_URL, the offline outline writer, or the first and else the second",
    )
    parser.add_argument("--shots", type=int, help=f"about how many shots, to {MOST_SHOTS}")
    parser.add_argument("--minutes", type=float, help="or about how long")
    parser.add_argument("--language", default="en", choices=tuple(LANGUAGES))


def wish_asked(options: dict[str, Any]) -> ScriptWish:
    """Return what the options of a topic ask for."""
    topic = options["topic"]
    return wish_of(
        topic=topic,
        style=options["style"],
        shots=options["shots"],
        minutes=options["minutes"],
        language=options["language"],
        seed=seed_from_name(topic),
    )


def producer_named(name: str) -> User:
    """Return who a production belongs to, made without a password when new."""
    user, made = User.objects.get_or_create(username=name)
    if made:
        user.set_unusable_password()
        user.save()
    return user


def told_of(draft: ScriptDraft, stream: TextIO) -> None:
    """Say who wrote a script, and who was asked before."""
    for hop in draft.hops:
        stream.write(
            f"  {hop['model']}: {hop['words']}\n" if hop["model"] else f"  {hop['words']}\n"
        )
    stream.write(f"  {draft.credit}\n")


def _script(path: Path) -> tuple[bytes, str, str]:
    try:
        return path.read_bytes(), path.name, path.stem.replace("_", " ").strip() or "Untitled"
    except OSError as err:
        raise InputError(f"script={path} cannot be read: {err.strerror}") from err
