"""How often one token or person may ask."""

from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class PerCaller(SimpleRateThrottle):
    """A bucket for each token, each person, and for each address of those who are nobody."""

    scope = "api"

    def get_rate(self) -> str:
        """Return the rate in force."""
        return str(settings.APEX_API_RATE)

    def get_cache_key(self, request: Request, view: object) -> str:
        """Return whose bucket this is."""
        if request.auth is not None:
            return f"apex-api-token-{request.auth.pk}"
        if request.user and request.user.is_authenticated:
            return f"apex-api-user-{request.user.pk}"
        return f"apex-api-address-{self.get_ident(request)}"
