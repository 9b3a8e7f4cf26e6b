"""What the API's doors are made of: a list, one thing. They ask `access` and call a service; no rules here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from apexsite.base.api.limits import PerCaller
from apexsite.base.api.pages import CursorPages
from apexsite.base.api.schema import KEY, MATCH
from apexsite.base.api.values import Given
from apexsite.base.api.versions import answer_with_etag, require_match
from projects.api.once import once
from projects.api.tokens import ByToken, MayByScope
from projects.models import Scope

SCOPE_OF_RIGHT = {"comment": Scope.MAKE, "view": Scope.READ}


class Door(APIView):
    """Lets in by token or session, asks the token's scope, limits how often."""

    authentication_classes = [ByToken, SessionAuthentication]
    permission_classes = [MayByScope]
    throttle_classes = [PerCaller]
    http_method_names: Sequence[str] = ("get", "head")
    noun: ClassVar[str] = ""
    find: ClassVar[Callable[..., Any] | None] = None
    """Returns the row an address names if the person has the right: one of `access`."""
    right: ClassVar[str] = "make"
    """What writing needs."""
    shows: ClassVar[type[Serializer[Any]]]
    accepts: ClassVar[type[Serializer[Any]] | None] = None
    is_one_transaction: ClassVar[bool] = True

    def scope_of(self, method: str | None) -> str:
        """Return the scope a token needs."""
        right = "view" if method in ("GET", "HEAD", "OPTIONS") else self.right
        return str(SCOPE_OF_RIGHT.get(right, right))

    def found(self, right: str) -> Any:
        """Return the row the address names; raises `NotFound` or `NotAllowed`."""
        find = type(self).find
        return find(self.request.user, next(iter(self.kwargs.values())), right=right)  # type: ignore[misc]

    def given(self, kind: type[Serializer[Any]] | None, data: Any) -> dict[str, Any]:
        """Return the checked values of a body or a query."""
        if kind is None:
            kind = Given
        serializer = kind(data=data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def shown(self, row: Any) -> Any:
        """Return the representation of a row."""
        return self.shows(row, context={"request": self.request}).data


class Rows(Door):
    """A list in pages, and adding to it where `accepts` says how."""

    pagination_class = CursorPages
    filters: ClassVar[type[Serializer[Any]] | None] = None
    order: ClassVar[Sequence[str]] = ("created_at",)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Describe the list, and close POST where nothing is added."""
        super().__init_subclass__(**kwargs)
        if not cls.noun:
            return
        cls.http_method_names = ("get", "head", "post") if cls.accepts else ("get", "head")
        described = {
            "get": extend_schema(
                operation_id=f"{cls.noun}_list",
                tags=[cls.noun],
                summary=cls.__doc__,
                parameters=[cls.filters] if cls.filters else [],
                responses=cls.shows(many=True),
            )
        }
        if cls.accepts:
            described["post"] = extend_schema(
                operation_id=f"{cls.noun}_add",
                tags=[cls.noun],
                parameters=[KEY],
                request=cls.accepts,
                responses={201: cls.shows},
            )
        extend_schema_view(**described)(cls)

    def rows(self, parent: Any) -> QuerySet[Any]:
        """Return the rows of the list."""
        raise NotImplementedError

    def add(self, parent: Any, values: dict[str, Any]) -> Any:
        """Add a row by its service and return it."""
        raise NotImplementedError

    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        """Return a page."""
        rows = self.rows(self.found("view") if type(self).find else None)
        if self.filters:
            asked = {k: v for k, v in request.query_params.items() if k in self.filters().fields}
            wanted = self.given(self.filters, asked)
            rows = self.narrowed(rows, wanted)
        pages = self.pagination_class()
        page = pages.paginate_queryset(rows, request, self)
        shown = self.shows(page, many=True, context={"request": request, **self.context()}).data
        return pages.get_paginated_response(shown)

    def context(self) -> dict[str, Any]:
        """Return what the rows' representations need and is read once for the page."""
        return {}

    def narrowed(self, rows: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
        """Return the rows that match the filters; a filter's `source` names the column."""
        return rows.filter(**{k: v for k, v in wanted.items() if v not in ("", None)})

    def post(self, request: Request, **_: Any) -> HttpResponseBase:
        """Add one, once."""
        parent = self.found(self.right) if type(self).find else None

        def act() -> Response:
            row = self.add(parent, self.given(self.accepts, request.data))
            return Response(self.shown(row), status=201)

        return once(request, act, in_one=self.is_one_transaction)


class One(Door):
    """One thing, and editing it on the version that was read where `accepts` says how."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Describe it, and close PATCH where nothing is edited."""
        super().__init_subclass__(**kwargs)
        if not cls.noun:
            return
        cls.http_method_names = ("get", "head", "patch") if cls.accepts else ("get", "head")
        common = {"tags": [cls.noun], "summary": cls.__doc__, "responses": cls.shows}
        common: dict[str, Any] = {
            "tags": [cls.noun],
            "summary": cls.__doc__,
            "responses": cls.shows,
        }
        described = {"get": extend_schema(operation_id=f"{cls.noun}_read", **common)}
        if cls.accepts:
            described["patch"] = extend_schema(
                operation_id=f"{cls.noun}_edit", parameters=[MATCH], request=cls.accepts, **common
            )
        extend_schema_view(**described)(cls)

    def lock(self, row: Any) -> None:
        """Lock what an edit changes, so that two edits follow one another."""
        type(row).objects.select_for_update().get(pk=row.pk)

    def change(self, row: Any, values: dict[str, Any]) -> None:
        """Change the row by its service."""
        raise NotImplementedError

    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        """Return the thing with its ETag."""
        return answer_with_etag(request, self.shown(self.found("view")))

    def patch(self, request: Request, **_: Any) -> HttpResponseBase:
        """Edit it, if it is still what was read."""
        row = self.found(self.right)
        with transaction.atomic():
            self.lock(row)
            row = self.found(self.right)
            require_match(request, self.shown(row))
            self.change(row, self.given(self.accepts, request.data))
            return answer_with_etag(request, self.shown(self.found(self.right)))
