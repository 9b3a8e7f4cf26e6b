"""The append-only log of a project. `seq` has no gaps: it comes from a counter row locked last in the transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from projects.models.project import Project


class EventCounter(models.Model):
    """The last sequence number given out in a project."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, primary_key=True, related_name="event_counter"
    )
    last_seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.project_id}: {self.last_seq}"


class Event(models.Model):
    """One thing that happened: verb, on what, by whom. Never changed, never pruned."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=64)
    target_kind = models.CharField(max_length=32)
    target_id = models.CharField(max_length=64)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["project", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["project", "seq"], name="event_seq_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {self.verb} {self.target_kind} {self.target_id}"
