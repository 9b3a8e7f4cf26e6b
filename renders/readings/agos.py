"""How long ago something was, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.timesince import timesince


def ago(when: datetime) -> str:
    """Return `just now` within a minute, else such as `3 hours ago`."""
    if (timezone.now() - when).total_seconds() < 60:
        return "just now"
    return f"{timesince(when, depth=1)} ago"
