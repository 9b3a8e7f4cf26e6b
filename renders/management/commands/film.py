"""Deliveries from a terminal: `manage.py film profiles|render|stems|check|clip`."""

from __future__ import annotations

import json
import shutil
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError
from apexsite.kit.timecode import FrameRate
from renders.engine.export.conform import clip_facts, conform_clip
from renders.engine.export.legal import as_delivered
from renders.engine.export.profiles import DEFAULT, PROFILES, profile_named
from renders.engine.export.qc import check_film
from renders.management.terminal import TerminalRunner
from renders.models import Cut, Delivery, Stem
from renders.services.films import film_request, timeline_of
from renders.services.media import media_path


class Command(BaseCommand):
    """Lists deliveries, makes one of a cut, checks a file against a cut, looks at a clip from a camera."""

    help = "List deliveries, render a cut as one, check a film file, look at or conform a clip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("profiles", help="every delivery there is")
        render = acts.add_parser("render", help="render a cut as a delivery")
        render.add_argument("cut", help="the id of a cut")
        render.add_argument("--profile", default=DEFAULT, choices=tuple(PROFILES))
        render.add_argument("--preview", action="store_true")
        render.add_argument("--user", required=True, help="who asks for it")
        stems = acts.add_parser("stems", help="lay a delivery's dialogue and music into a folder")
        stems.add_argument("delivery", help="the id of a delivery")
        stems.add_argument("folder", type=Path)
        check = acts.add_parser("check", help="check a film file against its cut; prints JSON")
        check.add_argument("file", type=Path)
        check.add_argument("--cut", required=True, help="the id of a cut")
        check.add_argument("--profile", default=DEFAULT, choices=tuple(PROFILES))
        clip = acts.add_parser("clip", help="say what a clip is, or conform it; prints JSON")
        clip.add_argument("file", type=Path)
        clip.add_argument("--conform", type=Path, help="write it to this file")
        clip.add_argument("--rate", default="24000/1001")
        clip.add_argument("--width", type=int, default=1920)
        clip.add_argument("--height", type=int, default=1080)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; an expected failure ends with its message and exit code 1."""
        try:
            getattr(self, f"_{options['act']}")(options)
        except ApexError as err:
            raise CommandError(err.message) from err

    def _profiles(self, options: dict[str, Any]) -> None:
        for profile in PROFILES.values():
            what = f"{profile.codec} {profile.depth} bit .{profile.container}"
            self.stdout.write(f"{profile.name:22} {what:20} {profile.title}: {profile.purpose}")

    def _render(self, options: dict[str, Any]) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"user={options['user']!r} is not known")
        job = film_request(
            user=user,
            cut=_cut(options["cut"]),
            profile=options["profile"],
            is_preview=options["preview"],
        )
        TerminalRunner(sys.stderr, quiet=False)("rendering", [job])
        made = Delivery.objects.filter(task__job=job).first()
        if made is None:
            raise CommandError(job.tasks.get().error or "it was not rendered")
        self.stdout.write(f"delivery {made.pk}: {made.frames} frames, check {made.qc_verdict}")

    def _stems(self, options: dict[str, Any]) -> None:
        try:
            stems = list(Stem.objects.filter(delivery=options["delivery"]).select_related("media"))
        except ValidationError:
            stems = []
        if not stems:
            raise CommandError(f"delivery={options['delivery']!r} has no stems; a preview has none")
        options["folder"].mkdir(parents=True, exist_ok=True)
        for stem in stems:
            out = options["folder"] / f"{stem.kind}.wav"
            shutil.copyfile(media_path(stem.media), out)
            self.stdout.write(str(out))

    def _check(self, options: dict[str, Any]) -> None:
        timeline = timeline_of(_cut(options["cut"]))
        timeline = as_delivered(timeline, profile_named(options["profile"]))
        path: Path = options["file"]
        report = check_film(path, timeline=timeline, audio=True, profile=options["profile"])
        self.stdout.write(json.dumps(report.to_document(), ensure_ascii=False, indent=1))
        if report.verdict != "met":
            raise CommandError("the film does not meet its cut and delivery")

    def _clip(self, options: dict[str, Any]) -> None:
        facts = clip_facts(options["file"])
        if options["conform"] is not None:
            facts = conform_clip(
                options["file"],
                rate=FrameRate.parse(options["rate"]),
                width=options["width"],
                height=options["height"],
                out=options["conform"],
            )
        self.stdout.write(json.dumps(asdict(facts) | {"rate": str(facts.rate)}))


def _cut(key: str) -> Cut:
    try:
        cut = Cut.objects.select_related("episode__project").filter(pk=key).first()
    except ValidationError:
        cut = None
    if cut is None:
        raise CommandError(f"cut={key!r} is not known; valid: the id of a cut")
    return cut
