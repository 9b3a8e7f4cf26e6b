"""A grade: four stages of numbers, a table by name, and the light that table was made for; as value and as document.

grade = grade_from({"exposure_stops": 0.2, "contrast_percent": 15, "vignette": 0.3})
graded = fold_grade(grade).apply(pixels)
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apexsite.kit.documents import Document, document_hash, schema_label, upgrade_document
from apexsite.kit.errors import InputError, listed
from renders.engine.grading.fields import FIELD_NAMED, IDENTITY, Stage, names_of
from renders.engine.grading.gamut import ColourSpace

VERSION = 1
TABLE_NAME = re.compile(r"|sha256:[0-9a-f]{64}")
WORDS = ("schema", "lut", "lut_space")
MASK = tuple(
    name for name in names_of(Stage.SECONDARY) if re.match(r"skin_(y|cb|cr)_|skin_soft", name)
)


@dataclass(frozen=True, slots=True)
class Grade:
    """A complete, checked grade. Build it with `grade_from`; `values` holds every number of the table of fields."""

    values: Mapping[str, float]
    lut: str = ""
    lut_space: ColourSpace = ColourSpace.REC709

    def __getitem__(self, name: str) -> float:
        return self.values[name]

    @property
    def changes_skin(self) -> bool:
        """Say whether stage 2 does anything; the mask alone does not."""
        acts = (name for name in names_of(Stage.SECONDARY) if name not in MASK)
        return any(self.values[name] != 0.0 for name in acts)

    @property
    def needs_mask(self) -> bool:
        """Say whether the skin mask is looked at: stage 2, and teal and orange, which spares skin."""
        return self.changes_skin or self.values["teal_orange_percent"] > 0.0

    @property
    def has_table(self) -> bool:
        """Say whether a table is laid over the picture."""
        return bool(self.lut) and self.values["lut_percent"] > 0.0

    def is_identity(self, stage: Stage) -> bool:
        """Say whether a stage leaves every picture as it is."""
        if stage == Stage.SECONDARY:
            return not self.changes_skin
        names = [name for name in names_of(stage) if name != "lut_percent"]
        same = all(self.values[name] == IDENTITY[name] for name in names)
        return same and not (stage == Stage.CREATIVE and self.has_table)

    @property
    def is_colourless_work(self) -> bool:
        """Say whether stages 1 to 3, which look at one pixel at a time, all leave it alone."""
        return all(self.is_identity(s) for s in Stage if s != Stage.FINISHING)

    def to_document(self) -> Document:
        """Return `apex.grade/1`: what differs from the identity, nothing else."""
        document: Document = {"schema": schema_label("grade", VERSION)}
        document |= {k: v for k, v in self.values.items() if v != IDENTITY[k]}
        if self.lut:
            document |= {"lut": self.lut, "lut_space": str(self.lut_space)}
        return document

    @property
    def grade_hash(self) -> str:
        """Return the hash of the document: the same grade, the same hash."""
        return document_hash(self.to_document())


def grade_from(document: Mapping[str, Any], *overrides: Mapping[str, Any]) -> Grade:
    """Return the grade of a document with the overrides laid over it: project, scene, shot.

    A document without a schema label is read as seed S1's flat names. Raises `InputError` naming what is wrong.
    """
    merged: dict[str, Any] = {}
    for layer in (document, *overrides):
        merged |= _upgraded(layer)
    values = {**IDENTITY, **{k: read_number(k, v) for k, v in merged.items() if k not in WORDS}}
    for kind in ("y", "cb", "cr"):
        least, most = values[f"skin_{kind}_min"], values[f"skin_{kind}_max"]
        if least >= most:
            raise InputError(f"skin_{kind}_min={least:g} must be below skin_{kind}_max={most:g}")
    lut, space = merged.get("lut", ""), merged.get("lut_space", str(ColourSpace.REC709))
    if not isinstance(lut, str) or not TABLE_NAME.fullmatch(lut):
        raise InputError(
            f"grade.lut={str(lut)[:80]!r} must be empty or sha256:… of an imported table"
        )
    if space not in list(ColourSpace):
        raise InputError(f"grade.lut_space={space!r} must be one of {listed(ColourSpace)}")
    return Grade(values, lut, ColourSpace(space))


def read_number(name: str, value: object) -> float:
    """Return a number of the grade; raises `InputError` for an unknown name, no number, or one out of range."""
    if name not in FIELD_NAMED:
        raise InputError(f"grade.{str(name)[:80]} is not known; valid: {listed(FIELD_NAMED)}")
    field = FIELD_NAMED[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"grade.{name}={str(value)[:80]!r} must be a number")
    if not (math.isfinite(value) and field.least <= value <= field.most):
        raise InputError(
            f"grade.{name}={value!r} must be from {field.least:g} to {field.most:g} {field.unit}".rstrip()
        )
    return float(value)


def _upgraded(document: Mapping[str, Any]) -> Mapping[str, Any]:
    if "schema" not in document:
        return document
    return upgrade_document(document, kind="grade", version=VERSION, upgrades={})
