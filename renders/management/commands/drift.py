"""Drift from a terminal: `manage.py drift PROJECT --svg drift.svg --png drift.png`, `--json`, `--tighten`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError
from projects.models import Episode
from renders.engine.drift.embedding import availability
from renders.engine.drift.layout import chart_of
from renders.engine.drift.png import png_of
from renders.engine.drift.svg import svg_of
from renders.models import Tier
from renders.readings.drift import DriftChart, drift_chart
from renders.services.drifting import drift_recompute
from renders.services.tightening import episode_tighten


class Command(BaseCommand):
    """Measures a film's pictures against its look, says what drifted, draws the control chart."""

    help = "Measure the pictures of a film against its look; chart, alarms, tighter pictures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("project", help="the project's name")
        parser.add_argument("--episode", type=int, default=1, help="which film of it, by number")
        parser.add_argument("--tier", default=Tier.STORYBOARD, choices=Tier.values)
        parser.add_argument("--missing", action="store_true", help="measure only the unmeasured")
        parser.add_argument("--svg", type=Path, help="write the chart as SVG")
        parser.add_argument("--png", type=Path, help="write the chart as PNG")
        parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
        parser.add_argument(
            "--tighten", action="store_true", help="ask for alarmed pictures again, tighter"
        )
        parser.add_argument("--user", default="producer", help="who asks with --tighten")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; an expected failure ends with its message and exit code 1."""
        episode = _episode(options["project"], options["episode"])
        try:
            count = drift_recompute(episode, tier=options["tier"], only_missing=options["missing"])
            chart = drift_chart(episode, tier=options["tier"])
            self._draw(episode, chart, options)
            if options["json"]:
                self.stdout.write(json.dumps(_document(chart), ensure_ascii=False, indent=1))
            else:
                self._tell(chart, count)
            if options["tighten"]:
                self._tighten(episode, options)
        except ApexError as err:
            raise CommandError(err.message) from err

    def _draw(self, episode: Episode, chart: DriftChart, options: dict[str, Any]) -> None:
        heading = f"{episode}: drift from the look, version {chart.bible_version}"
        drawn = chart_of(chart.points(link=""), chart.baseline, heading=heading)
        if options["svg"]:
            options["svg"].write_text(svg_of(drawn), encoding="utf-8")
        if options["png"]:
            options["png"].write_bytes(png_of(drawn))

    def _tell(self, chart: DriftChart, count: int) -> None:
        self.stdout.write(f"measured {count} pictures; {chart.baseline.words}")
        model = availability(str(settings.APEX_STYLE_ONNX))
        self.stdout.write(
            "style model: here" if model.is_available else f"style model: absent, {model.reason}"
        )
        for row in chart.rows:
            sign = "!" if row.is_over else " "
            issues = "; ".join(row.issues) if row.is_over else ""
            self.stdout.write(
                f"{sign} {row.code:10} {row.distance:.3f}  average {row.average:.3f}  {row.verdict:10} {issues}".rstrip()
            )
        if chart.wanders_from:
            self.stdout.write(f"the look wanders since {chart.wanders_from}")
        if chart.undrawn:
            self.stdout.write(f"{chart.undrawn} shots have no picture")

    def _tighten(self, episode: Episode, options: dict[str, Any]) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"user={options['user']!r} is not known")
        for one in episode_tighten(user=user, episode=episode, tier=options["tier"]):
            self.stdout.write(f"{one.code}: {one.words}")


def _document(chart: DriftChart) -> dict[str, Any]:
    rows = [
        {**asdict(row), "shot_id": str(row.shot_id), "variant_id": str(row.variant_id)}
        for row in chart.rows
    ]
    return {
        "bible_version": chart.bible_version,
        "baseline": asdict(chart.baseline),
        "wanders_from": chart.wanders_from,
        "shots": rows,
    }


def _episode(name: str, number: int) -> Episode:
    episodes = Episode.objects.filter(project__name=name, number=number).select_related("project")
    episode = episodes.order_by("-project__created_at").first()
    if episode is None:
        raise CommandError(f"no film {number} of a project called {name!r}")
    return episode
