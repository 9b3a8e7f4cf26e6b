"""Grade a picture or a film from the command line: `manage.py grade still.png --cube look.cube --out graded.png`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apexsite.kit.errors import ApexError, InputError
from renders.engine.grading.gamut import ColourSpace
from renders.engine.grading.grade import Grade, grade_from
from renders.engine.grading.presets import PRESETS, preset_named

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
GIVEN = "sha256:" + "0" * 64
"""How a grade names the one table that came with the command."""


class Command(BaseCommand):
    """Applies a .cube, a preset and numbers, in this order, and says how exactly."""

    help = "Grade a picture or a film with a .cube file, a preset, or numbers of the four stages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("source", type=Path, help="a PNG, JPEG or WebP picture, or a film")
        parser.add_argument("--out", type=Path, required=True, help="where the graded one goes")
        parser.add_argument("--cube", type=Path, help="a .cube file, 1D or 3D")
        parser.add_argument(
            "--space",
            default="rec709",
            choices=list(ColourSpace),
            help="what the .cube is made for",
        )
        parser.add_argument("--preset", choices=[preset.key for preset in PRESETS])
        parser.add_argument(
            "--set", action="append", default=[], metavar="NAME=NUMBER", help="exposure_stops=0.5 …"
        )
        parser.add_argument("--scopes", type=Path, help="a folder for the four scopes of a picture")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grade, and print what was done as JSON."""
        try:
            said = self._graded(options)
        except ApexError as err:
            raise CommandError(err.message) from err
        self.stdout.write(json.dumps(said, indent=1, ensure_ascii=False))

    def _graded(self, options: dict[str, Any]) -> dict[str, Any]:
        from renders.engine.grading.cube import read_cube
        from renders.engine.grading.files import grade_film, grade_picture_file
        from renders.engine.grading.fold import fold_grade
        from renders.engine.grading.table import Table

        source, cube = options["source"], options["cube"]
        for path in (source, cube):
            if path is not None and not path.is_file():
                raise InputError(f"{path} is not a file")
        grade = _grade_of(options)
        tables: dict[str, Table] = {}
        if cube is not None:
            tables[GIVEN] = read_cube(cube.read_bytes(), name=cube.name)
        folded = fold_grade(grade, table_named=tables.__getitem__)
        out: Path = options["out"]
        if source.suffix.lower() in PICTURES:
            grade_picture_file(source, folded=folded, out=out, scopes=options["scopes"])
        else:
            grade_film(source, folded=folded, out=out)
        return {"out": str(out), "grade": grade.to_document(), "cube": folded.to_document()}


def _grade_of(options: dict[str, Any]) -> Grade:
    document: dict[str, Any] = (
        dict(preset_named(options["preset"]).values) if options["preset"] else {}
    )
    for text in options["set"]:
        name, _, number = text.partition("=")
        try:
            document[name.strip()] = float(number)
        except ValueError:
            raise InputError(f"--set {text!r} must look like exposure_stops=0.5") from None
    if options["cube"] is not None:
        document |= {"lut": GIVEN, "lut_space": str(options["space"])}
    return grade_from(document)
