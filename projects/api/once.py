"""`Idempotency-Key` on POST: the same key and body is done once and answered alike, for each token or person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apexsite.base.api.problems import KeyReused
from apexsite.kit.errors import InputError
from projects.services.answers import answer_claim, answer_drop, answer_keep

KEPT_HEADERS = ("ETag", "Location")


def once(request: Request, act: Callable[[], Response], *, in_one: bool) -> HttpResponseBase:
    """Return what `act` answers, or what it answered before to the same key and body.

    1. The body is read first: the same key with another body is a mistake (422).
    2. Answer and change are kept in one transaction (`in_one`), so neither is there without the other. A door whose
       work is long and finds itself done already runs outside, and keeps its answer after.
    3. What failed changed nothing: its claim is dropped, and the key may be used again.
    """
    body = request._request.body
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return act()
    if not 1 <= len(key) <= 255 or not key.isascii() or not key.isprintable():
        raise InputError("Idempotency-Key must be 1 to 255 printable ASCII characters")
    owner = f"token:{request.auth.pk}" if request.auth else f"user:{request.user.pk}"
    said = f"{request.method} {request.get_full_path()}\n".encode() + body
    fingerprint = hashlib.sha256(said).hexdigest()
    claim, is_mine = answer_claim(owner=owner, key=key, fingerprint=fingerprint)
    if not is_mine:
        if claim.fingerprint != fingerprint:
            raise KeyReused("this Idempotency-Key was used for another request; take a new one")
        return _again(claim)
    try:
        if not in_one:
            response = act()
            _keep(claim, response)
            return response
        with transaction.atomic():
            response = act()
            _keep(claim, response)
            return response
    except BaseException:
        answer_drop(claim=claim)
        raise


def _keep(claim: Any, response: Response) -> None:
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    text = JSONRenderer().render(response.data).decode()
    answer_keep(claim=claim, status=response.status_code, body=text, headers=headers)


def _again(claim: Any) -> HttpResponse:
    return HttpResponse(
        claim.body,
        status=claim.status,
        content_type="application/json",
        headers={**claim.headers, "Idempotency-Replayed": "true"},
    )
