"""The demo production, from its screenplay to a checked film: `manage.py demo`."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError
from renders.management.people import people_ensure, people_join
from renders.management.terminal import TerminalRunner
from renders.models import Tier, Variant, Verdict
from renders.services.productions import (
    Production,
    production_approve,
    production_draw,
    production_film,
    production_report,
    production_start,
)

NAME = "The Last Witness"
VARIANTS = {Tier.STORYBOARD: 3, Tier.PREVIZ: 1}
"""Candidates a shot: a sketch costs half a second, a picture of the stage ten. House choice."""

DELIVERED = "youtube_1080p"
"""The delivery of the demo: at −14 LUFS, as people will hear it."""

FOLDER = Path(settings.BASE_DIR) / "projects" / "demo"


class Command(BaseCommand):
    """Load the demo and make its film. Run again: what is there stays."""

    help = "Make the demo film."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--preview", action="store_true", help="at most 720 lines, veryfast")
        parser.add_argument(
            "--tier", default=Tier.STORYBOARD.value, choices=(Tier.STORYBOARD, Tier.PREVIZ)
        )
        parser.add_argument("--out", type=Path, default=Path(settings.APEX_OUTPUT_ROOT) / "demo")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the stages and say where the film is."""
        begun = time.monotonic()
        try:
            production = self._produce(options)
        except ApexError as err:
            raise CommandError(err.message) from err
        tier = options["tier"]
        report = production_report(production, tier=tier)
        seconds = report["frames"] / production.episode.project.rate.fps
        self.stdout.write(
            f"\n{NAME}: {report['scenes']} scenes, {report['shots']} shots, {report['characters']} characters, "
            f"{report['variants']} variants; {float(seconds):.1f} s of film in {time.monotonic() - begun:.0f} s"
        )
        for line in _hops(production, tier):
            self.stdout.write(line)
        self.stdout.write("the best variant of each shot was approved by policy, not by a person")
        self.stdout.write(f"check          {report['qc']['verdict']}")
        self.stdout.write(f"film           {report['film']}")
        self.stdout.write(f"contact sheet  {report['contact_sheet']}")
        self.stdout.write("open the studio with: make serve")

    def _produce(self, options: dict[str, Any]) -> Production:
        people_ensure()
        ada = User.objects.get(username="ada")
        cast = json.loads((FOLDER / "cast.json").read_text(encoding="utf-8"))["characters"]
        production = production_start(
            user=ada,
            name=NAME,
            script=(FOLDER / "the_last_witness.fountain").read_bytes(),
            script_name="the_last_witness.fountain",
            bible=json.loads((FOLDER / "style_bible.json").read_text(encoding="utf-8")),
            casting={person["key"]: person for person in cast},
        )
        people_join(production.episode.project, ada)
        run, tier = TerminalRunner(sys.stderr), options["tier"]
        production_draw(production, user=ada, tier=tier, run=run, count=VARIANTS[tier])
        production_approve(production, user=ada, tier=tier)
        production_film(
            production,
            user=ada,
            tier=tier,
            out=options["out"],
            run=run,
            is_preview=options["preview"],
            profile=DELIVERED,
        )
        return production


def _hops(production: Production, tier: str) -> list[str]:
    """Return a line for every shot that another engine drew than the tier's own, with the reason."""
    shots = Variant.objects.filter(
        shot__scene__episode=production.episode, tier=tier, verdict=Verdict.APPROVED
    ).select_related("shot")
    return [
        f"{variant.shot.code}  drawn by {hop['next_engine']}: {hop['reason']}"
        for variant in shots.order_by("shot__scene__number", "shot__order")
        for hop in variant.recipe.get("hops", [])
    ]
