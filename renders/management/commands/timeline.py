"""A cut for other desks: `manage.py timeline PROJECT --out cut.otio`, and back: `--bring conform.edl`, `--edit e.json`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError, InputError
from renders.api.timelines import EditGiven, edits_given
from renders.models import Cut, Tier
from renders.services.interchange import cut_bring, lists_for, otio_of, timeline_of_document
from renders.services.recuts import ClipEdit, cut_edit


class Command(BaseCommand):
    """Write the newest cut of a project as OTIO or edit lists, or order and trim it by a list."""

    help = "Write a cut as OTIO or EDL (by the ending of --out), or bring an edited list back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("project", help="the project's name")
        parser.add_argument("--episode", type=int, default=1, help="which film of it, by number")
        parser.add_argument("--tier", default=Tier.STORYBOARD, choices=Tier.values)
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--out", type=Path, help="a file: .otio, or .edl (one a track)")
        way.add_argument(
            "--bring", type=Path, help="an .otio or .edl that orders and trims the cut"
        )
        way.add_argument(
            "--edit",
            type=Path,
            help='JSON as the API takes it, {"clips": [{"shot_code": …, "motion": …}]}; '
            "where only some shots are named the others stay, and so does the order",
        )
        parser.add_argument("--user", default="producer", help="who brings or edits it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; an expected failure ends with its message and exit code 1."""
        try:
            cut = _newest(options)
            if options["out"]:
                for path in _write(cut, options["out"]):
                    self.stdout.write(str(path))
                return
            user = User.objects.filter(username=options["user"]).first()
            if user is None:
                raise InputError(f"user={options['user']!r} is nobody here")
            if options["edit"]:
                edited = _edited(cut, user, options["edit"])
                self.stdout.write(f"cut {edited.version}: {edited.duration_frames} frames")
                return
            content = options["bring"].read_bytes()
            made = cut_bring(user=user, cut=cut, content=content, name=options["bring"].name)
        except (ApexError, OSError) as err:
            raise CommandError(str(err)) from err
        self.stdout.write(f"cut {made.cut.version}: {made.cut.duration_frames} frames")
        for note in made.notes:
            self.stdout.write(f"note: {note}")


def _newest(options: dict[str, Any]) -> Cut:
    cuts = Cut.objects.filter(
        episode__project__name=options["project"],
        episode__number=options["episode"],
        tier=options["tier"],
    )
    cut = cuts.order_by("-version").first()
    if cut is None:
        raise InputError(
            f"project={options['project']!r} has no {options['tier']} cut of film {options['episode']}"
        )
    return cut


def _edited(cut: Cut, user: User, path: Path) -> Cut:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as err:
        raise InputError(f"edit={str(path)!r} is no JSON: {err}") from err
    given = EditGiven(data=document)
    if not given.is_valid():
        raise InputError(f"edit={str(path)!r} does not fit: {json.dumps(given.errors)}")
    edits = edits_given(given.validated_data["clips"])
    codes = [clip.shot_code for clip in timeline_of_document(cut).clips]
    named = {edit.shot_code: edit for edit in edits}
    if named.keys() < set(codes):
        edits = [named.get(code, ClipEdit(code)) for code in codes]
    return cut_edit(user=user, cut=cut, edits=edits)


def _write(cut: Cut, out: Path) -> list[Path]:
    if out.suffix == ".otio":
        out.write_text(json.dumps(otio_of(cut), indent=1, ensure_ascii=False), encoding="utf-8")
        return [out]
    if out.suffix != ".edl":
        raise InputError(f"out={str(out)!r} must end in .otio or .edl")
    paths = []
    for name, text in lists_for(cut):
        path = out if name == "V1.edl" else out.with_name(f"{out.stem}-{name.replace(' ', '-')}")
        path.write_text(text, encoding="utf-8", newline="")
        paths.append(path)
    return paths
