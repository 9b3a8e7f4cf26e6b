"""What an inference endpoint says when it does not draw, in the house's classes."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from apexsite.kit.errors import (
    BackendError,
    ColdStart,
    ContentBlocked,
    CredentialsRefused,
    ModelGone,
    OutOfMemory,
    QuotaSpent,
    RateLimited,
    RequestRefused,
    Transient,
)
from renders.engine.imaging.cloud.asking import printable

MOST_WORDS = 500
OOM_WORDS = ("out of memory", "outofmemory", "cuda oom")
BLOCK_WORDS = ("nsfw", "content policy", "safety checker", "safety filter")
MODERATED = re.compile(r"\bmoderat(?:ed|ion)\b")
MODERATED_STATUS = (200, 400, 403, 422, 451, 500)
"""What a moderator's words come with. A busy service speaks of moderate load too, and moderation of its own may be down."""
COLD_WORDS = ("loading", "scaled to zero", "initializing", "initialising", "starting")
NAME = "the endpoint"


def fault_of(
    status: int, body: bytes, headers: Mapping[str, str], *, model: str = ""
) -> BackendError:
    """Return the fault of an error answer, by what it says first and by its HTTP status after that.

    Source: Hugging Face, Inference Endpoints, "Autoscaling" (503 while a replica starts) and "API errors".
    """
    document = document_of(body)
    said = said_in(document, body)
    words, wait = f"{NAME}: {said} (HTTP {status})", wait_of(headers)
    low = said.lower()
    if any(word in low for word in OOM_WORDS):
        return OutOfMemory(words)
    is_moderated = status in MODERATED_STATUS and MODERATED.search(low)
    if is_moderated or any(word in low for word in BLOCK_WORDS):
        return ContentBlocked(words, stage="output", reason=said, said=said)
    if status in (401, 403):
        return CredentialsRefused(f"{words}; look at APEX_HF_TOKEN")
    if status == 402:
        return QuotaSpent(words)
    if status in (404, 410):
        return ModelGone(f"{words}; look at APEX_HF_ENDPOINT", model=model, replacement="")
    if status == 429:
        return RateLimited(words, retry_after_seconds=wait)
    estimated = seconds_of(document.get("estimated_time"))
    is_cold = estimated is not None or any(w in low for w in COLD_WORDS)
    if status == 503 or (status in (200, 502) and is_cold):
        seconds = wait if estimated is None else estimated
        return ColdStart(f"{words}; it is being woken", retry_after_seconds=seconds)
    if status == 200 or status == 408 or status >= 500:
        return Transient(words, retry_after_seconds=wait)
    return RequestRefused(words)


def document_of(body: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer, empty for anything else."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def said_in(document: Mapping[str, Any], body: bytes) -> str:
    """Return what an error answer says, in at most 500 letters."""
    said = document.get("error", document.get("message", document.get("detail", "")))
    try:
        if isinstance(said, list):
            said = "; ".join(str(one) for one in said)
        if isinstance(said, Mapping):
            said = said.get("message") or json.dumps(said)
        text = str(said or "")
    except (ValueError, RecursionError):
        # Nested deeper, or a number longer, than can be written out.
        text = ""
    return printable(text or body[:MOST_WORDS].decode("utf-8", "replace"))[:MOST_WORDS] or (
        "no reason given"
    )


def seconds_of(value: object) -> float | None:
    """Return what a vendor sent as seconds; None for what is no finite number from 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of a Retry-After header, told as seconds or as a date."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return seconds_of(float(text))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
