"""Every error as `application/problem+json` (RFC 9457); an Apex error's own class decides the status."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.exceptions import RequestDataTooBig as TooBig
from django.http import Http404, HttpResponse
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated
from rest_framework.exceptions import ValidationError as Invalid
from rest_framework.utils.encoders import JSONEncoder

from apexsite.kit.errors import ApexError

PROBLEM = "application/problem+json"


class PreconditionRequired(ApexError):
    """An edit came without the version it was made on (428)."""

    http_status = 428
    code = "if_match_required"


class KeyReused(ApexError):
    """An `Idempotency-Key` came again with another request (422)."""

    http_status = 422
    code = "idempotency_key_reused"


def problem(
    status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    """Return a problem document."""
    body = {
        "type": f"urn:apex:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    text = json.dumps(body, cls=JSONEncoder, ensure_ascii=True, default=str)
    return HttpResponse(text, status=status, content_type=PROBLEM, headers=headers)


def answer_in_words(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the problem of an expected error; None for a surprise, which stays a server error."""
    if isinstance(error, ApexError):
        facts = dict(error.facts)
        headers = {"ETag": str(facts.pop("etag"))} if "etag" in facts else None
        extra = {"facts": facts} if facts else {}
        return problem(error.http_status, error.code, error.message, headers=headers, **extra)
    if isinstance(error, Http404):
        return problem(404, "not_found", "there is no such thing for you")
    if isinstance(error, PermissionDenied):
        return problem(403, "not_allowed", "this is not allowed")
    if isinstance(error, TooBig):
        return problem(413, "too_big", "the body is larger than 8 MiB")
    if isinstance(error, SuspiciousOperation | BadRequest):
        return problem(400, "input", "the request cannot be read")
    return _of_framework(error) if isinstance(error, APIException) else None


def _of_framework(error: APIException) -> HttpResponse:
    if isinstance(error, Invalid):
        return problem(400, "input", _first(error.detail), errors=error.detail)
    headers: dict[str, str] = {}
    if isinstance(error, AuthenticationFailed | NotAuthenticated):
        headers["WWW-Authenticate"] = getattr(error, "auth_header", "Bearer")
    wait = getattr(error, "wait", None)
    if wait:
        headers["Retry-After"] = str(int(wait) + 1)
    code = str(getattr(error, "default_code", "error"))
    return problem(error.status_code, code, str(error.detail), headers=headers)


def _first(detail: Any, name: str = "") -> str:
    """Return the first fault of a validation as one sentence with the name of its field."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            return _first(value, name if key == "non_field_errors" else str(key))
    if isinstance(detail, list) and detail:
        return _first(next((d for d in detail if d), ""), name)
    return f"{name}: {detail}" if name else str(detail)
