"""Who is asking: a token in `Authorization: Bearer …`, or a browser's session. And may it, by its scopes?"""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from apexsite.kit.errors import NotAllowed
from projects.services.tokens import token_use

CHALLENGE = 'Bearer realm="apex"'


class ByToken(BaseAuthentication):
    """A token of the API; one that is not good is told so, whatever else comes with it."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Return person and token; None when no token is brought."""
        given = get_authorization_header(request)
        kind, _, secret = given.partition(b" ")
        if kind.lower() != b"bearer":
            return None
        token = token_use(secret.decode("latin-1").strip())
        if token is None:
            raise AuthenticationFailed("the token is unknown, revoked or out of date")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return how to come in."""
        return CHALLENGE


class MayByScope(IsAuthenticated):
    """Somebody, and with a token one whose scopes include what the door needs. A session has all scopes."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return False for nobody; raise `NotAllowed` for a token of another purpose."""
        if not super().has_permission(request, view):
            return False
        needed = view.scope_of(request.method)
        if request.auth is not None and needed not in request.auth.scopes:
            raise NotAllowed(
                f"this token has the scopes {', '.join(request.auth.scopes)}; needed: {needed}",
                needed=needed,
            )
        return True


class ByTokenDescribed(OpenApiAuthenticationExtension):
    """How the description shows it."""

    target_class = "projects.api.tokens.ByToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Describe the header."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "`manage.py token_create ada --scope read --scope make`",
        }
