"""One tree of errors. The class decides the HTTP answer and whether a job may be tried again.

A message says what was given, what was expected and what is valid: `size='XL' must be a shot size; valid: ECU, CU, …`.
"""

from __future__ import annotations

from collections.abc import Iterable


class ApexError(Exception):
    """Root of all expected failures. `http_status` and `retryable` are decided by the class."""

    http_status = 500
    retryable = False
    code = "error"

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class InputError(ApexError):
    """The caller gave something that cannot be used (400)."""

    http_status = 400
    code = "input"


class NotSupported(ApexError):
    """A sound request for something Apex cannot do yet, such as drawing a crowd; says what it can do instead (422)."""

    http_status = 422
    code = "not_supported"


class NotAllowed(ApexError):
    """The person is known and may see the thing, but may not do this (403)."""

    http_status = 403
    code = "not_allowed"


class NotFound(ApexError):
    """There is no such thing for this person; strangers get this too (404)."""

    http_status = 404
    code = "not_found"


class StateError(ApexError):
    """Right request, wrong moment: somebody was first, or the thing is not ready (409)."""

    http_status = 409
    code = "state"


class StaleEdit(ApexError):
    """The edit was made on an older version than the one stored (412)."""

    http_status = 412
    code = "stale_edit"


class NotAvailable(ApexError):
    """A backend, tool or model is missing; says which and how to get it (503)."""

    http_status = 503
    code = "not_available"


class BackendError(ApexError):
    """A picture, voice or language backend failed (502). The class says what kind of fault, and whether to try again.

    The plain class is a fault of no named kind, told permanent or not; `retry_after_seconds` is what the vendor asked for.
    """

    http_status = 502
    code = "backend"
    fault = "unknown"
    permanent = False

    def __init__(
        self,
        message: str,
        *,
        permanent: bool | None = None,
        retry_after_seconds: float | None = None,
        **facts: object,
    ) -> None:
        super().__init__(message, **facts)
        if permanent is not None:
            self.permanent = permanent
        self.retryable = not self.permanent
        self.retry_after_seconds = retry_after_seconds


class CredentialsRefused(BackendError):
    """The vendor does not take the key, or there is none."""

    fault = "auth"
    permanent = True


class QuotaSpent(BackendError):
    """The account's money or quota is used up; waiting does not help."""

    fault = "quota"
    permanent = True


class RateLimited(BackendError):
    """Too many requests; the vendor may say how long to wait."""

    fault = "rate"


class ColdStart(BackendError):
    """The endpoint is being woken; tried again until its budget is spent."""

    fault = "cold"


class ContentBlocked(BackendError):
    """The vendor refused what was asked or what it drew. Never asked of another vendor instead (422)."""

    http_status = 422
    code = "content_blocked"
    fault = "content_blocked"
    permanent = True


class RequestRefused(BackendError):
    """The vendor calls the request wrong: it would be wrong the next time too."""

    fault = "invalid"
    permanent = True


class OutOfMemory(BackendError):
    """A picture does not fit into the machine's memory, after every smaller way was tried."""

    fault = "oom"
    permanent = True


class Transient(BackendError):
    """A broken line, a five-hundred, half an answer: worth another try."""

    fault = "transient"


class ModelGone(BackendError):
    """The model was withdrawn; `facts["replacement"]` names the next one where the ledger knows it."""

    fault = "gone"
    permanent = True


class LicenceRefused(ApexError):
    """The licence of a model or voice does not allow this use; names the licence and what may be used instead (422)."""

    http_status = 422
    code = "licence"


class MediaError(ApexError):
    """An outside media tool failed; carries the tool, its exit code and its last log lines (500)."""

    code = "media"

    def __init__(
        self, message: str, *, tool: str, exit_code: int | None = None, log_tail: str = ""
    ) -> None:
        super().__init__(message, tool=tool, exit_code=exit_code, log_tail=log_tail)
        self.tool = tool
        self.exit_code = exit_code
        self.log_tail = log_tail


class NoRoom(ApexError):
    """A disk or a quota is full: nothing half-written is left, and what was asked for goes on once there is room (507)."""

    http_status = 507
    code = "no_room"


class Cancelled(ApexError):
    """Somebody asked for the work to stop. Not a failure."""

    http_status = 409
    code = "cancelled"


def listed(names: Iterable[object]) -> str:
    """Return the valid names of a choice as a readable list for a message."""
    return ", ".join(str(name) for name in names)
