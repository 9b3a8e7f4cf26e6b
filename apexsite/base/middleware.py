"""Turn Apex's own errors into an answer in words; everything else stays a server error."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from apexsite.kit.errors import ApexError, InputError

WORDS = {
    404: ("not_found", "there is no such address; /api/v1/schema/ describes those there are"),
    500: ("broken", "something broke here; it was noted"),
}


class ErrorsInWords:
    """Answer an `ApexError` with its class's HTTP status: problem+json where JSON is asked for, else a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; an address of the API that is none, or that broke, says so in JSON too."""
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.status_code in (404, 500) and is_page and request.path.startswith("/api/"):
            return _problem(response.status_code, WORDS[response.status_code])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the answer for an `ApexError` or a value no column can hold, nothing for any other."""
        if isinstance(
            error, DataError
        ):  # PostgreSQL alone refuses these; SQLite compares or keeps them
            error = InputError("a value given holds a zero byte or a number too large to keep")
        if not isinstance(error, ApexError):
            return None
        wants_json = "application/json" in request.headers.get("Accept", "")
        if wants_json or request.path.startswith("/api/"):
            return _problem(error.http_status, (error.code, error.message))
        return render(
            request,
            "error.html",
            {"status": error.http_status, "message": error.message},
            status=error.http_status,
        )


def _problem(status: int, words: tuple[str, str]) -> JsonResponse:
    code, detail = words
    return JsonResponse(
        {
            "type": f"urn:apex:problem:{code}",
            "title": code,
            "status": status,
            "code": code,
            "detail": detail,
        },
        status=status,
        content_type="application/problem+json",
    )
