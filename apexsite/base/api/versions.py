"""ETags: one for each representation, asked for on reading (304) and demanded on editing (428, 412)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from apexsite.base.api.problems import PreconditionRequired
from apexsite.kit.errors import StaleEdit


def etag_of(data: Any) -> str:
    """Return the strong ETag of a representation: another one as soon as anything in it differs."""
    text = json.dumps(data, cls=JSONEncoder, sort_keys=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def answer_with_etag(request: Request, data: Any, *, status: int = 200) -> Response:
    """Return a representation with its ETag; 304 to a reader who has it already."""
    etag = etag_of(data)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    wanted = parse_etags(request.headers.get("If-None-Match", ""))
    weak = [known.removeprefix("W/") for known in wanted]
    if request.method in ("GET", "HEAD") and (etag in weak or "*" in wanted):
        return Response(status=304, headers=headers)
    return Response(data, status=status, headers=headers)


def require_match(request: Request, data: Any) -> None:
    """Raise unless `If-Match` names the present representation (or is `*`)."""
    given = request.headers.get("If-Match", "")
    if not given:
        raise PreconditionRequired(
            "an edit needs the header If-Match with the ETag it was made on; GET gives it"
        )
    etag = etag_of(data)
    wanted = parse_etags(given)
    if "*" not in wanted and etag not in wanted:
        raise StaleEdit(
            "this was changed since it was read; read it again and edit what is there now",
            etag=etag,
        )
