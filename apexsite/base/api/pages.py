"""Cursor pages over any fixed order: the cursor holds the last row's place, signed, and is good for its address only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import F, Q, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from apexsite.kit.errors import InputError

PAGE, LONGEST_PAGE = 50, 200
"""Rows of a page when none is asked for, and at most. House choices."""


class CursorPages(BasePagination):
    """`{results, next, previous}`; a page costs one query, wherever in the list it lies."""

    def paginate_queryset(
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """Return the rows of the page asked for; raises `InputError` for a cursor Apex did not make."""
        self.order: Sequence[str] = (*view.order, "pk")
        self.request = request
        limit = _limit(request)
        where, backward = self._place(request)
        rows = _beyond(queryset, self.order, where, backward)[: limit + 1]
        found = list(rows)
        is_more = len(found) > limit
        found = found[:limit]
        if backward:
            found.reverse()
        self.next = found and (is_more or backward) and self._address(found[-1], backward=False)
        self.previous = (
            found and where and (is_more or not backward) and self._address(found[0], backward=True)
        )
        return found

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page with the addresses of its neighbours."""
        return Response(
            {"results": data, "next": self.next or None, "previous": self.previous or None}
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page."""
        address = {
            "type": "string",
            "format": "uri",
            "nullable": True,
            "example": "https://apex.example/api/v1/projects/?cursor=W10:1w:x",
        }
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {"results": schema, "next": address, "previous": address},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe `cursor` and `limit`."""
        limit = {"type": "integer", "minimum": 1, "maximum": LONGEST_PAGE, "default": PAGE}
        return [
            {"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"},
             "description": "Place in the list, as given by `next` or `previous`."},
            {"name": "limit", "in": "query", "required": False, "schema": limit,
             "description": "Rows of a page."},
        ]  # fmt: skip

    def _place(self, request: Request) -> tuple[list[Any], bool]:
        given = request.query_params.get("cursor", "")
        if not given:
            return [], False
        try:
            values, backward, path = signing.loads(given, salt="apex.api.cursor")
        except (signing.BadSignature, ValueError, UnicodeError, TypeError):
            raise InputError("cursor is not one that was given out; follow `next`") from None
        if path != request.path or len(values) != len(self.order):
            raise InputError("cursor belongs to another list; follow `next`")
        return values, bool(backward)

    def _address(self, row: Any, *, backward: bool) -> str:
        values = [_value(row, name) for name in self.order]
        cursor = signing.dumps([values, backward, self.request.path], salt="apex.api.cursor")
        query = [
            (k, v) for k, values in self.request.query_params.lists() for v in values
            if k != "cursor"
        ]  # fmt: skip
        return f"{self.request.build_absolute_uri(self.request.path)}?" + urlencode(
            [*query, ("cursor", cursor)]
        )


def _limit(request: Request) -> int:
    given = request.query_params.get("limit", "") or str(PAGE)
    if not (given.isascii() and given.isdigit() and len(given) < 4):
        raise InputError(f"limit={given[:20]!r} must be from 1 to {LONGEST_PAGE}")
    if not 1 <= int(given) <= LONGEST_PAGE:
        raise InputError(f"limit={given} must be from 1 to {LONGEST_PAGE}")
    return int(given)


def _value(row: Any, name: str) -> Any:
    for part in name.lstrip("-").split("__"):
        row = getattr(row, part)
    return (
        row if isinstance(row, int) else row.isoformat() if hasattr(row, "isoformat") else str(row)
    )


def _beyond(
    queryset: QuerySet[Any], order: Sequence[str], where: Sequence[Any], backward: bool
) -> QuerySet[Any]:
    """Return the rows after (or before) a place, in order: (a, b) > (x, y) is a > x or a = x and b > y."""
    names = [(name.lstrip("-"), name.startswith("-") != backward) for name in order]
    beyond, same = Q(), Q()
    for (name, descends), value in zip(names, where, strict=False):
        beyond |= same & Q(**{f"{name}__{'lt' if descends else 'gt'}": value})
        same &= Q(**{name: value})
    ordered = [F(name).desc() if descends else F(name).asc() for name, descends in names]
    return queryset.filter(beyond).order_by(*ordered)
