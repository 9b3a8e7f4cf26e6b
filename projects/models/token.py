"""What lets a program in, and what it was answered once: tokens kept as hashes, answers kept for a day."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel


class Scope(models.TextChoices):
    """What a token may be used for; the person's role in the project is asked besides."""

    READ = "read", "Read"
    MAKE = "make", "Make"
    APPROVE = "approve", "Approve"
    MANAGE = "manage", "Manage"


class ApiToken(BaseModel):
    """A program's way in as one person. The secret is told once and kept only as its hash; `prefix` finds it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} of {self.user} ({self.prefix}…)"


class KeptAnswer(BaseModel):
    """The answer to a POST with an `Idempotency-Key`: status 0 while it is being made, then what was said."""

    owner = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["expires_at"], name="kept_answer_by_end")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="kept_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.owner} ({self.status or 'under way'})"
