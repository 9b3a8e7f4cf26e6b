"""What Gemini says when it does not draw, in the house's classes. Source: Google's error codes of the Gemini API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from apexsite.kit.errors import (
    BackendError,
    ContentBlocked,
    CredentialsRefused,
    ModelGone,
    QuotaSpent,
    RateLimited,
    RequestRefused,
    Transient,
)
from renders.engine.imaging.cloud.asking import printable
from renders.engine.imaging.cloud.endpointfaults import seconds_of
from renders.engine.imaging.cloud.geminimodels import models

TRY_ONCE_MORE = ("NO_IMAGE", "IMAGE_OTHER", "OTHER", "MALFORMED_RESPONSE")
"""Ends without a picture that mean nothing by themselves: asked once more, then told."""
FINE = ("", "STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED")


def fault_of(
    status: int, document: Mapping[str, Any], *, model: str, retry_after: str = ""
) -> BackendError:
    """Return the fault of an error answer: its HTTP status, its JSON (`{"error": …}`) and its Retry-After header."""
    error = document.get("error", document)
    error = error if isinstance(error, Mapping) else {"message": error}
    said = _text(error.get("message")) or "no reason given"
    words = f"Gemini: {said} (HTTP {status}, {_text(error.get('status')) or 'no status'})"
    reasons = {_text(detail.get("reason")) for detail in _details(error)}
    if status in (401, 403) or "API_KEY_INVALID" in reasons or "API key" in said:
        return CredentialsRefused(f"{words}; look at APEX_GEMINI_KEY")
    if status == 402 or (status == 400 and "billing" in said.lower()):
        return QuotaSpent(words)
    if status in (404, 410):
        known = models().get(model)
        replacement = known.replacement if known else ""
        more = f"; {replacement} takes its place" if replacement else ""
        return ModelGone(f"{words}{more}", model=model, replacement=replacement)
    if status == 429:
        return _too_much(error, words, retry_after)
    if status == 408 or status >= 500:
        return Transient(words, retry_after_seconds=_seconds(retry_after))
    return RequestRefused(words)


def block_of(document: Mapping[str, Any]) -> ContentBlocked | Transient | None:
    """Return why an answer holds no picture; None when nothing in it says so.

    A refusal keeps its stage (`prompt` or `output`), the vendor's reason as it was sent, and its words.
    """
    feedback = document.get("promptFeedback")
    if isinstance(feedback, Mapping) and feedback.get("blockReason"):
        reason = _text(feedback["blockReason"]) or "no reason given"
        return _blocked("prompt", reason, _text(feedback.get("blockReasonMessage")))
    for candidate in _candidates(document):
        reason = _text(candidate.get("finishReason"))
        if reason not in FINE:
            said = " ".join([_text(candidate.get("finishMessage")), *_texts(candidate)]).strip()
            return _blocked("output", reason, said)
        spoken = " ".join(_texts(candidate)).strip()
        if spoken:
            return _blocked("output", "NO_IMAGE", spoken)
    return None


def _blocked(stage: str, reason: str, said: str) -> ContentBlocked:
    what = "what was asked" if stage == "prompt" else "what it drew"
    words = f"Gemini refused {what}: {reason}" + (f" ({said[:500]})" if said else "")
    return ContentBlocked(words, stage=stage, reason=reason, said=said[:500])


def _too_much(error: Mapping[str, Any], words: str, retry_after: str) -> BackendError:
    wait = _seconds(retry_after)
    for detail in _details(error):
        kind = _text(detail.get("@type"))
        if kind.endswith("RetryInfo"):
            wait = _seconds(_text(detail.get("retryDelay"))) or wait
        violations = detail.get("violations")
        for violation in violations if isinstance(violations, list) else ():
            if isinstance(violation, Mapping) and "PerDay" in _text(violation.get("quotaId")):
                return QuotaSpent(f"{words}; the day's quota is used up")
    if "limit: 0" in words or "depleted" in words:
        return QuotaSpent(words)
    return RateLimited(words, retry_after_seconds=wait)


def _seconds(text: str) -> float | None:
    """Return seconds of `17`, `17s` or `0.5s`; None for anything else."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)s?", text.strip())
    return seconds_of(float(found[1])) if found else None


def _text(value: object) -> str:
    """Return what stands where words belong, in one line of at most 500 letters; nothing for null and its like."""
    try:
        return printable(str(value or ""))[:500]
    except (ValueError, RecursionError):
        # Nested deeper, or a number longer, than can be written out.
        return ""


def _details(error: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    details = error.get("details")
    yield from (d for d in (details if isinstance(details, list) else ()) if isinstance(d, Mapping))


def _candidates(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = document.get("candidates")
    yield from (c for c in (found if isinstance(found, list) else ()) if isinstance(c, Mapping))


def _texts(candidate: Mapping[str, Any]) -> list[str]:
    content = candidate.get("content")
    parts = content.get("parts") if isinstance(content, Mapping) else None
    return [
        _text(part["text"])
        for part in (parts if isinstance(parts, list) else ())
        if isinstance(part, Mapping) and part.get("text") and not part.get("thought")
    ]
