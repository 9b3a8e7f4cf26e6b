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


@login_required
def api_page(request: HttpRequest) -> HttpResponse:
    """Show the REST interface: every operation, read from the description the server itself gives."""
    # The description is built from the views; only who asks for it pays for that.
    from drf_spectacular.generators import SchemaGenerator

    schema = SchemaGenerator().get_schema(request=None, public=True)
    groups: dict[str, list[dict[str, str]]] = {}
    for address, methods in sorted(schema["paths"].items()):
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["api"])[0]
            groups.setdefault(tag, []).append(
                {
                    "method": method.upper(),
                    "address": address,
                    "words": operation.get("summary") or operation.get("description", ""),
                }
            )
    context = {"groups": sorted(groups.items()), "info": schema["info"], "here": "help"}
    return render(request, "renders/help_api.html", context)
