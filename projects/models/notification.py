"""What a person should know of: one row a person and event, read or not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from apexsite.base.models import BaseModel
from projects.models.event import Event
from projects.models.project import Project


class NoticeKind(models.TextChoices):
    """Why a person is told."""

    MENTION = "mention", "Named in a comment"
    REPLY = "reply", "A comment in a thread of yours"
    COMMENT = "comment", "A comment on a variant you asked for"
    VERDICT = "verdict", "A verdict on a variant you asked for"
    RETAKE = "retake", "A retake of a shot you made variants of"
    JOB = "job", "A job you asked for ended"
    LOOK = "look", "You were asked to review"


class Notification(BaseModel):
    """An event told to a person. `count` is above 1 where several events of a kind were folded into one row."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=16, choices=NoticeKind)
    fold = models.CharField(max_length=80, blank=True)
    count = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-told_at", "-id"], name="notification_newest"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True),
                name="notification_unread",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="notification_once"),
            models.UniqueConstraint(
                fields=["user", "project", "fold"],
                condition=models.Q(read_at__isnull=True) & ~models.Q(fold=""),
                name="notification_one_fold",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=NoticeKind.values), name="notification_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {self.event}"
