"""What a person may change of their own account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

from apexsite.kit.errors import InputError

LONGEST_NAME = 60
"""Characters of the name people see; it stands beside every verdict. House choice."""


def account_rename(*, user: AbstractUser, first_name: str) -> None:
    """Change what people call somebody; empty falls back to the log-in name."""
    words = " ".join(first_name.split())
    if len(words) > LONGEST_NAME or not words.isprintable():
        raise InputError(f"the name people see must be up to {LONGEST_NAME} printable characters")
    user.first_name = words
    user.save(update_fields=["first_name"])
