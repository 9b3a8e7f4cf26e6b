"""What an inference endpoint says when it does not draw, in the house's classes."""

from __future__ import annotations

import json
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

MOST_WORDS = 500
OOM_WORDS = ("out of memory", "outofmemory", "cuda oom")
BLOCK_WORDS = ("nsfw", "content policy", "safety checker", "safety filter", "moderat")
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
    if any(word in low for word in BLOCK_WORDS):
        return ContentBlocked(words, stage="output", reason=said, said=said)
    if status in (401, 403):
        return CredentialsRefused(f"{words}; look at APEX_HF_TOKEN")
    if status == 402:
        return QuotaSpent(words)
    if status in (404, 410):
        return ModelGone(f"{words}; look at APEX_HF_ENDPOINT", model=model, replacement="")
    if status == 429:
        return RateLimited(words, retry_after_seconds=wait)
    estimated = document.get("estimated_time")
    is_told = isinstance(estimated, int | float) and not isinstance(estimated, bool)
    if status == 503 or (status in (200, 502) and (is_told or any(w in low for w in COLD_WORDS))):
        seconds = float(estimated) if is_told and isinstance(estimated, int | float) else wait
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
    if isinstance(said, list):
        said = "; ".join(str(one) for one in said)
    if isinstance(said, Mapping):
        said = said.get("message", json.dumps(said))
    text = str(said or "") or body[:MOST_WORDS].decode("utf-8", "replace")
    return " ".join(text.split())[:MOST_WORDS] or "no reason given"


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of a Retry-After header, told as seconds or as a date."""
    text = headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
