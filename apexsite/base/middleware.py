"""Turn Apex's own errors into an answer in words; everything else stays a server error."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from apexsite.kit.errors import ApexError


class ErrorsInWords:
    """Answer an `ApexError` with its class's HTTP status: problem+json where JSON is asked for, else a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the answer for an `ApexError`, nothing for any other."""
        if not isinstance(error, ApexError):
            return None
        wants_json = "application/json" in request.headers.get("Accept", "")
        if wants_json or request.path.startswith("/api/"):
            return JsonResponse(
                {"title": error.code, "status": error.http_status, "detail": error.message},
                status=error.http_status,
                content_type="application/problem+json",
            )
        return render(
            request,
            "error.html",
            {"status": error.http_status, "message": error.message},
            status=error.http_status,
        )
