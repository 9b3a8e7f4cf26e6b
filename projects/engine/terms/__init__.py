"""The tables a look names things from: genres, directors, lenses, lights and the like, as data with sources."""

from __future__ import annotations

from projects.engine.terms.tables import (
    TERMS,
    TITLES,
    Terms,
    joined_tables,
    key_of,
    names_check,
    term_of,
)
from projects.engine.terms.term import Term

__all__ = ["TERMS", "TITLES", "Term", "Terms", "joined_tables", "key_of", "names_check", "term_of"]
