"""Cursors of paged lists: where the next page begins, signed, so that nobody can make one up or carry it elsewhere."""

from __future__ import annotations

from typing import Any

from django.core import signing

from apexsite.kit.errors import InputError


def cursor_write(place: str, position: Any) -> str:
    """Return a cursor of one list (`place` names it) to a JSON-able position."""
    return signing.dumps(position, salt=f"apex.cursor.{place}", compress=False)


def cursor_read(place: str, cursor: str) -> Any:
    """Return the position of a cursor; raises `InputError` for one that was changed or belongs to another list."""
    try:
        return signing.loads(cursor, salt=f"apex.cursor.{place}")
    except (signing.BadSignature, ValueError) as err:
        raise InputError(
            "this page's address was changed on the way; begin again at the first page"
        ) from err
