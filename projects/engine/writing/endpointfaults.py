"""What endpoints of language models answer when something is wrong, sorted into our classes of fault.

Source: the error tables of OpenAI, Azure OpenAI, Z.ai / zhipuai (GLM), DeepSeek, Ollama, llama.cpp and vLLM.
"""

from __future__ import annotations

import email.utils
import json
import math
import re
import time
from collections.abc import Mapping
from typing import Protocol

from apexsite.kit.errors import (
    BackendError,
    ColdStart,
    ContentBlocked,
    CredentialsRefused,
    ModelGone,
    QuotaSpent,
    RateLimited,
    RequestRefused,
    Transient,
)

LONGEST_WAIT_SECONDS = 3600.0


class Garbled(BackendError):
    """What came is no answer of such an endpoint, or far too much of one."""

    fault = "garbage"
    permanent = True


class CutOff(BackendError):
    """The answer ends in the middle, at the model's limit of length."""

    fault = "truncated"
    permanent = True


class TooSlow(BackendError):
    """Nothing came for too long, or it would not end."""

    fault = "timeout"
    permanent = True


class Asked(Protocol):
    """Who was asked."""

    @property
    def shown(self) -> str:
        """Model and host, for people."""

    @property
    def key(self) -> str:
        """The key, to be kept out of messages."""


GLM_CODES: tuple[tuple[range, type[BackendError]], ...] = (
    (range(1000, 1005), CredentialsRefused),
    (range(1110, 1113), CredentialsRefused),
    (range(1113, 1114), QuotaSpent),
    (range(1120, 1122), CredentialsRefused),
    (range(1211, 1212), ModelGone),
    (range(1210, 1300), RequestRefused),
    (range(1301, 1302), ContentBlocked),
    (range(1302, 1304), RateLimited),
    (range(1304, 1305), QuotaSpent),
    (range(1305, 1308), RateLimited),
    (range(1308, 1311), QuotaSpent),
)
"""First match counts. Source: the error codes of the GLM service's documents (11xx account, 12xx request, 13xx policy)."""

WORDS: tuple[tuple[str, type[BackendError]], ...] = (
    (r"insufficient[_ ](quota|balance|credit)|billing|credit balance|payment required|arrears", QuotaSpent),
    (r"content[_ ](filter|policy|management)|responsible ?ai|moderation", ContentBlocked),
    (r"loading model|model is (currently )?loading|warming up|starting up", ColdStart),
    (r"model[_ ]not[_ ]found|model .{0,120}(not found|does not exist|not exist|is not available)|try pulling it"
     r"|unknown model|invalid model|(decommissioned|deprecated|discontinued)", ModelGone),
    (r"invalid[_ ]api[_ ]key|incorrect api key|authentication", CredentialsRefused),
    (r"rate[_ ]limit|too many requests|overloaded|at capacity", RateLimited),
    (r"context[_ ](length|size|window)|maximum context|exceed_context|prompt is too long", RequestRefused),
)  # fmt: skip
"""Words of a message, looked for before the status is: servers are surer of their words than of their numbers."""

BY_STATUS: dict[int, type[BackendError]] = {
    401: CredentialsRefused, 403: CredentialsRefused, 402: QuotaSpent, 404: RequestRefused,
    408: Transient, 409: Transient, 410: ModelGone, 425: Transient, 429: RateLimited,
    503: ColdStart, 504: Transient, 529: RateLimited,
}  # fmt: skip


def fault_of_status(
    status: int, body: object, headers: Mapping[str, str], *, asked: Asked
) -> BackendError:
    """Return the fault of an answer that is not 200, by its code, its words, then its status."""
    words, code = told_in(body)
    kind = _kind(words, code, status)
    return _made(kind, words or f"status {status}", asked, status=status, wait=wait_asked(headers))


def fault_in_stream(text: str, *, asked: Asked) -> BackendError:
    """Return the fault told within an answer whose status was 200."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = text
    words, code = told_in(body)
    number = body.get("error", {}) if isinstance(body, dict) else {}
    number = number.get("code") if isinstance(number, dict) else None
    status = number if isinstance(number, int) and 400 <= number < 600 else 200
    kind = _kind(words, code, status)
    return _made(kind, words or "an error without words", asked, status=status, wait=None)


def told_in(body: object) -> tuple[str, str]:
    """Return the words and the code of an error document, of whatever shape."""
    if isinstance(body, dict):
        error = body.get("error", body)
        if isinstance(error, str):
            return error, ""
        if isinstance(error, dict):
            words = error.get("message") or error.get("msg") or error.get("detail") or ""
            kinds = f"{error.get('code') or ''} {error.get('type') or ''}".strip()
            return str(words) or json.dumps(error, ensure_ascii=False)[:300], kinds
        return json.dumps(body, ensure_ascii=False)[:300], ""
    return re.sub(r"<[^>]*>", " ", str(body or "")), ""


def wait_asked(headers: Mapping[str, str]) -> float | None:
    """Return the seconds a server asks to wait: Retry-After in seconds or as a date, within an hour."""
    millis = headers.get("retry-after-ms", "")
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(millis) / 1000 if millis else float(value)
    except ValueError:
        date = email.utils.parsedate_tz(value) if value else None
        if date is None:
            return None
        try:
            seconds = email.utils.mktime_tz(date) - time.time()
        except (ValueError, OverflowError):
            return None
    if math.isnan(seconds):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT_SECONDS)


def _kind(words: str, code: str, status: int) -> type[BackendError]:
    number = code.split(" ")[0]
    if re.fullmatch(r"1\d{3}", number):
        for codes, kind in GLM_CODES:
            if int(number) in codes:
                return kind
    told = f"{code} {words}".lower()
    for pattern, kind in WORDS:
        if re.search(pattern, told):
            return kind
    if status in BY_STATUS:
        return BY_STATUS[status]
    if 300 <= status < 400:
        return RequestRefused
    return Transient if status >= 500 or status == 200 else RequestRefused


def _made(
    kind: type[BackendError], words: str, asked: Asked, *, status: int, wait: float | None
) -> BackendError:
    if asked.key:
        words = words.replace(asked.key, "…")
    words = " ".join(words.split())[:400]
    if 300 <= status < 400:
        words = f"it sends elsewhere (status {status}), and redirects are not followed; {words}"
    return kind(f"{asked.shown}: {words}", status=status, retry_after_seconds=wait)
