"""The tables a look names things from, a site's own rows laid over the built-in ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from projects.engine.bible import StyleBible, merge_documents
from projects.engine.terms import Terms, joined_tables, names_check, term_of
from projects.models import LookTerm


def terms_now() -> Terms:
    """Return all tables as they hold at this moment, in one query."""
    rows = LookTerm.objects.filter(is_active=True)
    return joined_tables((row.table, row.to_term()) for row in rows)


def bible_names_check(document: Mapping[str, Any]) -> None:
    """Raise `InputError` when a look, or an override of one, names a term that is in no table here."""
    names_check(document, terms_now())


def bible_settled(bible: StyleBible) -> StyleBible:
    """Return the look with what a site's own director asks written out, so that engines need no table of the site."""
    director = bible.document.get("director")
    if not director or bible.document["composition"].get("rule"):
        return bible
    term = term_of(terms_now(), "directors", director)
    rule = term.asks.get("composition_rule", "") if term else ""
    if not rule or rule == bible.composition_rule:
        return bible
    return StyleBible(merge_documents(bible.document, {"composition": {"rule": rule}}))
