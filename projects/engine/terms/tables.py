"""All tables of a look's terms under their names, and what a bible may name of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from apexsite.kit.errors import InputError, listed
from projects.engine.terms.camera import APERTURES, ISOS, LENSES, SHUTTERS
from projects.engine.terms.compositions import COMPOSITIONS
from projects.engine.terms.directors import DIRECTORS
from projects.engine.terms.films import FILM_STOCKS
from projects.engine.terms.genres import GENRES
from projects.engine.terms.humans import HUMANS
from projects.engine.terms.lights import LIGHTS
from projects.engine.terms.moods import MOODS
from projects.engine.terms.negatives import NEGATIVES
from projects.engine.terms.presets import PRESETS
from projects.engine.terms.qualities import REALISM, SHARPNESS, TEMPLATES
from projects.engine.terms.term import Term, joined

Terms = Mapping[str, Mapping[str, Term]]

TERMS: Terms = {
    "genres": GENRES,
    "presets": PRESETS,
    "directors": DIRECTORS,
    "lenses": LENSES,
    "apertures": APERTURES,
    "isos": ISOS,
    "shutters": SHUTTERS,
    "lights": LIGHTS,
    "moods": MOODS,
    "compositions": COMPOSITIONS,
    "film_stocks": FILM_STOCKS,
    "realism": REALISM,
    "sharpness": SHARPNESS,
    "templates": TEMPLATES,
    "negatives": NEGATIVES,
    "humans": HUMANS,
}
"""Every table by name, as Apex brings it. A site's own rows are laid over it by `joined_tables`."""

TITLES: dict[str, str] = {
    "genres": "Genres",
    "presets": "Presets",
    "directors": "Directors",
    "lenses": "Lenses",
    "apertures": "Apertures",
    "isos": "Film speeds",
    "shutters": "Shutter times",
    "lights": "Lights",
    "moods": "Moods",
    "compositions": "Composition",
    "film_stocks": "Film stocks",
    "realism": "Realism",
    "sharpness": "Sharpness",
    "templates": "Image styles",
    "negatives": "Not to be shown",
    "humans": "Human realism",
}

NAMED_BY: tuple[tuple[tuple[str, ...], str], ...] = (
    (("genre",), "genres"),
    (("preset",), "presets"),
    (("director",), "directors"),
    (("film_stock",), "film_stocks"),
    (("image_style",), "templates"),
    (("realism_level",), "realism"),
    (("lighting", "key"), "lights"),
    (("lighting", "fill"), "lights"),
    (("lighting", "rim"), "lights"),
    (("lighting", "background"), "lights"),
)
"""Fields of a bible that name a term, and the table it must be in. Moods, exposure and lenses may be free words."""


def joined_tables(rows: Iterable[tuple[str, Term]], base: Terms = TERMS) -> Terms:
    """Return the tables with (table, term) rows laid over them; raises `InputError` for a table that is none."""
    own: dict[str, list[Term]] = {}
    for name, row in rows:
        if name not in base:
            raise InputError(f"table={name!r} is not known; valid: {listed(base)}")
        own.setdefault(name, []).append(row)
    return {name: joined(table, own.get(name, ())) for name, table in base.items()}


def key_of(words: object) -> str:
    """Return a name as people write it as a key: `Film Noir ` and `film-noir` are `film_noir`."""
    return "_".join(str(words).strip().casefold().replace("-", "_").split())


def term_of(terms: Terms, table: str, name: object) -> Term | None:
    """Return the term a look names, by key or by title, or None for an empty or unknown name."""
    rows = terms[table]
    key = key_of(name)
    if not key:
        return None
    return rows.get(key) or next((row for row in rows.values() if key_of(row.title) == key), None)


def value_at(document: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """Return a value deep in a document, or an empty string where there is none."""
    value: Any = document
    for step in path:
        value = value.get(step, "") if isinstance(value, Mapping) else ""
    return value


def names_check(document: Mapping[str, Any], terms: Terms = TERMS) -> None:
    """Raise `InputError` when a bible names a term that no table has; says the field and the valid names."""
    for path, table in NAMED_BY:
        name = value_at(document, path)
        if name in ("", None):
            continue
        term = term_of(terms, table, name)
        role = path[-1] if table == "lights" else ""
        valid = [
            row.key
            for row in terms[table].values()
            if not role or role in row.asks.get("roles", ())
        ]
        if term is None or (role and role not in term.asks.get("roles", ())):
            raise InputError(
                f"bible field {'.'.join(path)}={name!r} is no {TITLES[table].lower()} row; valid: {listed(valid)}"
            )
