"""A whole episode by one command: script, pictures, scores, approval by policy, drift chart, proofs, report."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError, InputError
from renders.management.commands.produce import (
    PREVIEW_LINES,
    producer_named,
    told_of,
    topic_options,
    wish_asked,
)
from renders.management.terminal import TerminalRunner
from renders.models import Tier
from renders.readings.episodes import Report, episode_report, in_words, tier_report
from renders.services.engines import backend_for
from renders.services.episodes import episode_draw, episode_prove, episode_sheets
from renders.services.writtenproductions import production_from_topic, written_by

EPISODE_SHOTS = 40
LEAST_LINES = 144


class Command(BaseCommand):
    """Topic in, a folder with contact sheet, drift chart and report out. Running it again resumes where it stopped."""

    help = "Make an episode of so many shots from a topic: drawn, scored, drift-charted, made again from recipes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--topic", required=True)
        topic_options(parser)
        parser.add_argument("--name", help="the project's name; the topic's own unless given")
        parser.add_argument(
            "--tier", nargs="+", default=[Tier.STORYBOARD.value], choices=Tier.values
        )
        parser.add_argument(
            "--engine",
            default="",
            help="who draws; the project's own order and what is here otherwise",
        )
        parser.add_argument("--variants", type=int, default=2, help="pictures a shot")
        parser.add_argument(
            "--preview", action="store_true", help=f"pictures of {PREVIEW_LINES} lines"
        )
        parser.add_argument("--lines", type=int, help="or of so many lines")
        parser.add_argument(
            "--sample",
            default="8",
            help="how many pictures are made again from their recipes, or all",
        )
        parser.add_argument("--seed", type=int, default=0, help="of the lot")
        parser.add_argument("--out", type=Path, help="folder for script, sheets, charts and report")
        parser.add_argument("--user", default="producer", help="who the project belongs to")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object on standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it; exit code 1 when a picture made again is not what its engine promises."""
        try:
            report = self._made(options)
        except ApexError as err:
            raise CommandError(err.message) from err
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(_told(report))
        if any(t["made_again"]["as_promised"] < t["made_again"]["chosen"] for t in report["tiers"]):
            sys.exit(1)

    def _made(self, options: dict[str, Any]) -> Report:
        if options["shots"] is None and options["minutes"] is None:
            options["shots"] = EPISODE_SHOTS
        lines, sample = _lines(options), _sample(options["sample"])
        if not 1 <= options["variants"] <= 8:
            raise InputError(f"variants={options['variants']} must be from 1 to 8")
        if options["engine"]:
            for tier in options["tier"]:
                backend_for(tier, engine=options["engine"])
        user = producer_named(options["user"])
        run = TerminalRunner(sys.stderr, quiet=options["json"])
        production, draft = production_from_topic(
            user=user,
            name=options["name"] or options["topic"],
            wish=wish_asked(options),
            writer=options["writer"],
            run=run,
        )
        episode = production.episode
        told_of(draft, sys.stderr)
        out: Path = options["out"] or Path(settings.APEX_OUTPUT_ROOT) / str(episode.project_id)
        out.mkdir(parents=True, exist_ok=True)
        (out / "script.fountain").write_text(episode.script_text, encoding="utf-8")
        tiers = []
        for tier in dict.fromkeys(options["tier"]):
            episode_draw(
                production,
                user=user,
                tier=tier,
                run=run,
                lines=lines,
                count=options["variants"],
                engine=options["engine"],
            )
            proved = episode_prove(
                production, user=user, tier=tier, run=run, sample=sample, seed=options["seed"]
            )
            files = episode_sheets(episode, tier=tier, out=out)
            tiers.append(tier_report(episode, tier=tier, proved=proved, files=files))
        report = episode_report(
            episode,
            script=written_by(draft),
            tiers=tiers,
            seconds=production.seconds,
            sample=options["sample"],
            seed=options["seed"],
        )
        words = json.dumps(report, ensure_ascii=False, indent=1)
        (out / "report.json").write_text(words + "\n", encoding="utf-8")
        (out / "report.md").write_text(in_words(report), encoding="utf-8")
        return report


def _lines(options: dict[str, Any]) -> int | None:
    lines: int | None = options["lines"]
    if lines is None:
        return PREVIEW_LINES if options["preview"] else None
    if lines < LEAST_LINES or lines % 2:
        raise InputError(f"lines={lines} must be even and at least {LEAST_LINES}")
    return lines


def _sample(words: str) -> int | None:
    if words == "all":
        return None
    if not words.isdigit() or int(words) < 1:
        raise InputError(f"sample={words!r} must be a whole number from 1, or 'all'")
    return int(words)


def _told(report: Report) -> str:
    lines = [f"{report['title']}: {report['scenes']} scenes, {report['shots']} shots"]
    for tier in report["tiers"]:
        proofs, drift = tier["made_again"], tier["drift"]
        lines += [
            f"{tier['tier']:<14} {tier['pictures']} pictures, mean score {tier['scores']['mean']:.3f}",
            f"drift          {len(drift['alarms'])} over the {drift['words']}",
            f"made again     {proofs['as_promised']} of {proofs['chosen']} as promised",
            *(f"{name.replace('_', ' '):<14} {path}" for name, path in tier["files"].items()),
        ]
    return "\n".join(lines)
