"""The names a look may use, table by table, with their words, what they ask, and their sources."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.engine.terms import TERMS, TITLES, Term
from projects.readings.terms import terms_now

ASKED = {
    "composition_rule": "composed by {}",
    "depth_of_field": "{} focus",
    "key": "light {:+g}",
    "contrast": "contrast {:g}",
    "warmth": "warmth {:+g}",
    "saturation": "colourfulness {:g}",
    "grain": "grain {:g}",
}
"""What a term asks, as it is said on the page; what stands in its title already is left out."""


@login_required
def terms_page(request: HttpRequest) -> HttpResponse:
    """Show every table with its rows, the site's own among them."""
    tables = [
        {
            "key": name,
            "title": TITLES[name],
            "rows": [
                {"term": term, "asks": _asked(term), "is_own": TERMS[name].get(term.key) != term}
                for term in rows.values()
            ],
        }
        for name, rows in terms_now().items()
    ]
    return render(request, "projects/terms.html", {"tables": tables, "here": "help"})


def _asked(term: Term) -> str:
    said = [
        words.format(term.asks[name]).replace(" -", " −")
        for name, words in ASKED.items()
        if name in term.asks
    ]
    lenses: Any = term.asks.get("lenses")
    if lenses:
        said.append(f"lenses {', '.join(f'{mm:g}' for mm in lenses)} mm")
    if term.asks.get("roles"):
        said.append(f"as {', '.join(term.asks['roles'])}")
    return "; ".join(said)
