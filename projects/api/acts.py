"""What the API's actions are made of: `POST …/{id}:verb`, done once."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from apexsite.base.api.schema import KEY
from projects.api.doors import Door
from projects.api.once import once


class Action(Door):
    """Something done to a thing: `POST …/{id}:verb`."""

    verb: ClassVar[str] = ""
    status: ClassVar[int] = 200
    http_method_names = ("post",)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Describe the action."""
        super().__init_subclass__(**kwargs)
        extend_schema_view(
            post=extend_schema(
                operation_id=f"{cls.noun}_{cls.verb}",
                tags=[cls.noun],
                summary=cls.__doc__,
                parameters=[KEY],
                request=cls.accepts,
                responses={cls.status: cls.shows},
            )
        )(cls)

    def act(self, row: Any, values: dict[str, Any]) -> Any:
        """Do it by its service and return the row to show."""
        raise NotImplementedError

    def post(self, request: Request, **_: Any) -> HttpResponseBase:
        """Do it, once."""
        row = self.found(self.right)

        def act() -> Response:
            done = self.act(row, self.given(self.accepts, request.data))
            return Response(self.shown(done), status=self.status)

        return once(request, act, in_one=self.is_one_transaction)
