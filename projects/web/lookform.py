"""The style bible's form, the same on its page and in the administration: lines to show, and what was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from apexsite.kit.documents import Document
from apexsite.kit.errors import InputError
from projects.engine.bibleoverrides import WEIGHT
from projects.engine.biblereaders import WORDS
from projects.engine.bibleschema import BY_NAME, HEX_COLOUR, Field
from projects.engine.biblesheet import (
    FIELDS,
    GROUPS,
    differences,
    in_words,
    sheet_read,
    swatches_of,
    value_of,
)
from projects.engine.colour_names import colour_name
from projects.engine.terms import Term, Terms
from projects.engine.terms.tables import NAMED_BY
from projects.models import Event, Project, StyleBibleVersion
from projects.readings.terms import terms_now

MOST_BYTES = 256 * 1024
"""Largest document read. House choice: a hundred times a long bible."""
Raw = dict[str, list[str]]
PARTS = ("", ".names", ".values", ".weights")
"""What a field may be called in a form: itself, and what stands beside each of its colours or elements."""

KEYS = {".".join(path): table for path, table in NAMED_BY}
"""Fields whose value is a name in a table; the others are typed."""


@dataclass(slots=True)
class Swatch:
    """A colour with its name; an empty one is a place for another."""

    colour: str
    name: str

    @property
    def shown(self) -> str:
        """Return what a colour input can show."""
        return self.colour if HEX_COLOUR.fullmatch(self.colour) else "#808080"


@dataclass(slots=True)
class Element:
    """A row of the elements: what it is called, what it says, how much it counts."""

    name: str = ""
    value: str = ""
    weight: str = ""


@dataclass(slots=True)
class Line:
    """One field of the form."""

    name: str
    label: str
    kind: str
    value: str
    unit: str
    hint: str
    fault: str
    said: str = ""
    swatches: list[Swatch] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)

    @property
    def typed(self) -> Raw:
        """Return the line as a form sends it."""
        if self.swatches:
            return {self.name: [s.colour for s in self.swatches]}
        if self.elements:
            rows = [(e.name, e.value, e.weight) for e in self.elements]
            columns = [list(column) for column in zip(*rows, strict=True)]
            return {self.name + PARTS[at]: columns[n] for n, at in enumerate((0, 2, 3))}
        return {self.name: [self.value]}


def raw_of(request: HttpRequest) -> Raw:
    """Return the fields of the sheet that a form sent."""
    names = [known + part for known in BY_NAME for part in (*PARTS, WEIGHT)]
    return {name: request.POST.getlist(name) for name in names if name in request.POST}


def groups_of(
    document: Mapping[str, Any], raw: Raw | None = None, faults: Mapping[str, str] | None = None
) -> list[tuple[str, list[Line]]]:
    """Return the form's groups: the document's values, or what was typed where it cannot be published."""
    terms = terms_now()
    lines = [(f.group, line_of(f, document, raw or {}, faults or {}, terms=terms)) for f in FIELDS]
    return [(group, [line for at, line in lines if at == group]) for group in GROUPS]


def line_of(
    known: Field,
    document: Mapping[str, Any],
    raw: Raw,
    faults: Mapping[str, str],
    *,
    terms: Terms,
) -> Line:
    """Return one field of the form: a document's value, or what was typed."""
    value = value_of(document, known)
    line = Line(
        name=known.name,
        label=known.label,
        kind=known.kind,
        value=_text(known, value),
        unit=known.unit,
        hint=known.hint,
        fault=faults.get(known.name, ""),
        said=in_words(known, value),
    )
    if known.kind == "choice":
        line.choices = [(value, WORDS[known.name][value]) for value in known.valid]
    if known.kind == "key" and known.name in KEYS:
        line.choices = _names(terms[KEYS[known.name]], known, line.value)
    if known.kind == "elements":
        line.elements = _elements(known, value, raw)
    elif known.kind == "colours":
        line.swatches = [Swatch(*pair) for pair in swatches_of(document, known)]
        if known.name in raw:
            names = raw.get(f"{known.name}.names", [])
            line.swatches = [
                Swatch(colour, names[at] if at < len(names) else _named(colour))
                for at, colour in enumerate(raw[known.name])
                if colour
            ]
        line.swatches.append(Swatch("", ""))
    elif known.name in raw:
        line.value = raw[known.name][-1] if raw[known.name] else ""
    return line


def _names(table: Mapping[str, Term], known: Field, value: str) -> list[tuple[str, str]]:
    role = known.path[-1] if KEYS[known.name] == "lights" else ""
    rows = [term for term in table.values() if not role or role in term.asks.get("roles", ())]
    found = {"": "none"} | {term.key: term.title for term in rows}
    return list((found if value in found else found | {value: value}).items())


def _elements(known: Field, value: Any, raw: Raw) -> list[Element]:
    found = [Element(e["name"], e["value"], f"{e.get('weight', 1.0):g}") for e in value]
    if known.name in raw:
        names, values, weights = (raw.get(known.name + part, []) for part in ("", *PARTS[2:]))
        rows = [
            Element(
                name,
                values[at] if at < len(values) else "",
                weights[at] if at < len(weights) else "",
            )
            for at, name in enumerate(names)
        ]
        found = [row for row in rows if row.name or row.value]
    return [*found, Element()]


def _named(colour: str) -> str:
    return colour_name(colour) if HEX_COLOUR.fullmatch(colour) else ""


def _text(known: Field, value: Any) -> str:
    if known.kind == "elements":
        return ""
    if known.kind in ("number", "whole"):
        return f"{value:g}" if isinstance(value, int | float) else str(value)
    if known.kind == "lenses":
        return ", ".join(str(lens).removesuffix("mm") for lens in value)
    return str(value)


def as_given(row: StyleBibleVersion) -> Document:
    """Return the document a form's changes are laid over: as it was written, without the schema's defaults."""
    return dict(row.given or row.document)


def read_form(raw: Raw, row: StyleBibleVersion) -> tuple[Document, dict[str, str]]:
    """Return the document of a form that began with this version, and the faults by field."""
    return sheet_read(raw, base=as_given(row))


def document_sent(request: HttpRequest) -> dict[str, Any]:
    """Return a whole document, sent as a file or pasted; raises `InputError` for anything but a JSON object."""
    upload = request.FILES.get("file")
    name = (upload.name if upload else "") or "the document"
    if upload is not None and (upload.size or 0) > MOST_BYTES:
        raise InputError(f"{name} is {upload.size:,} bytes; at most {MOST_BYTES:,} are read")
    content = upload.read() if upload is not None else request.POST.get("document", "").encode()
    try:
        document = json.loads(content)
    except json.JSONDecodeError as err:
        raise InputError(f"{name} is not JSON: {err.msg} at line {err.lineno}") from err
    except (UnicodeDecodeError, RecursionError) as err:
        raise InputError(f"{name} is not JSON text in UTF-8") from err
    if not isinstance(document, dict):
        raise InputError(f"{name} must be a JSON object, such as a style_bible.json")
    return document


def version_began(project: Project, text: str) -> StyleBibleVersion | None:
    """Return the version a form began with, or None when it names none."""
    if not text.isdecimal() or len(text) > 8:
        return None
    return StyleBibleVersion.objects.filter(project=project, version=int(text)).first()


def history_of(project: Project) -> list[dict[str, Any]]:
    """Return the versions, newest first, each with what changed since the one before."""
    rows = list(
        StyleBibleVersion.objects.filter(project=project)
        .select_related("created_by")
        .order_by("-version")
    )
    told = Event.objects.filter(project=project, verb="bible.published")
    sources = {p["version"]: p.get("source", "") for p in told.values_list("payload", flat=True)}
    return [
        {
            "row": row,
            "changes": differences(before.document, row.document) if before else [],
            "source": sources.get(row.version, ""),
        }
        for row, before in zip(rows, [*rows[1:], None], strict=True)
    ]
