"""The tables a look names things from, a site's own rows laid over the built-in ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from projects.engine.terms import Terms, joined_tables, names_check
from projects.models import LookTerm


def terms_now() -> Terms:
    """Return all tables as they hold at this moment, in one query."""
    rows = LookTerm.objects.filter(is_active=True)
    return joined_tables((row.table, row.to_term()) for row in rows)


def bible_names_check(document: Mapping[str, Any]) -> None:
    """Raise `InputError` when a look, or an override of one, names a term that is in no table here."""
    names_check(document, terms_now())
