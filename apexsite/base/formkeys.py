"""A form carries the key of the row it will make: sent twice, it makes one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from apexsite.kit.errors import InputError


def form_key(request: HttpRequest) -> UUID | None:
    """Return the key a form was drawn with, None for a program's; raises `InputError` for what is no key."""
    given = request.POST.get("form_key", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise InputError(f"form_key={given[:40]!r} is no key; open the page again") from None
