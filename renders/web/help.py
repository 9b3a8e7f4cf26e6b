"""Help pages that print the rules from the code that enforces them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.access import IN_WORDS, RIGHTS
from projects.models import Role
from renders.verdicts import TRANSITIONS


@login_required
def verdicts_page(request: HttpRequest) -> HttpResponse:
    """Show how a verdict may go, and what each role may do."""
    order = list(Role)
    acts = [
        {
            "row": row,
            "who": [role.label for role in order if role.value in RIGHTS.get(row.right, ())],
            "sources": [source.label.lower() for source in row.sources],
        }
        for row in TRANSITIONS
    ]
    rights = [
        {"words": words, "roles": [role in RIGHTS[right] for role in order]}
        for right, words in IN_WORDS.items()
    ]
    context = {"acts": acts, "rights": rights, "roles": order, "here": "help"}
    return render(request, "renders/help_verdicts.html", context)
