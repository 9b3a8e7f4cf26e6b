"""What the header of every page knows: how much is unread. Asked only when a page shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from projects.services.notifications import MOST_COUNTED, unread_count


def bell(request: HttpRequest) -> dict[str, Any]:
    """Return the number on the bell, as text; one query, only when the template asks."""
    user = getattr(request, "user", None)
    if user is None:
        return {}
    return {"bell": SimpleLazyObject(lambda: words_of(unread_count(user)))}


def words_of(count: int) -> str:
    """Return the number as the bell says it; nothing for none."""
    if count > MOST_COUNTED:
        return f"{MOST_COUNTED}+"
    return str(count) if count else ""
