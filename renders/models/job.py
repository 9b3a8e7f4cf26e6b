"""Job → Task → Attempt. Our rows are the truth; django-q2 only wakes a worker."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from projects.models import Episode, Project, Shot


class JobKind(models.TextChoices):
    """What a job makes."""

    VARIANTS = "variants", "Variants"
    FILM = "film", "Film"
    ANIMATIC = "animatic", "Animatic"
    SPEECH = "speech", "Speech"
    SCRIPT = "script", "Script"
    RERENDER = "rerender", "Proof"


class WorkStatus(models.TextChoices):
    """What the machine says of a job, a task or an attempt. Written by `renders/states.py` alone."""

    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
    LOST = "lost", "Lost"


class RenderJob(BaseModel):
    """What somebody asked for; done when all its tasks are."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="jobs")
    episode = models.ForeignKey(Episode, null=True, on_delete=models.CASCADE, related_name="jobs")
    shot = models.ForeignKey(Shot, null=True, on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=16, choices=JobKind)
    status = models.CharField(max_length=16, choices=WorkStatus, default=WorkStatus.QUEUED)
    queue = models.CharField(max_length=16, default="cpu")
    priority = models.SmallIntegerField(default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=200)
    is_cancel_requested = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=WorkStatus.values), name="job_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.status})"


class RenderTask(BaseModel):
    """One piece of work. `fence` counts claims: a result is published only while its fence still holds."""

    job = models.ForeignKey(RenderJob, on_delete=models.CASCADE, related_name="tasks")
    index = models.PositiveIntegerField(default=0)
    request = models.JSONField(default=dict)
    status = models.CharField(max_length=16, choices=WorkStatus, default=WorkStatus.QUEUED)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    not_before = models.DateTimeField(null=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_message = models.CharField(max_length=200, blank=True)
    progress_rev = models.PositiveBigIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["job", "index"]
        indexes = [models.Index(fields=["status", "lease_until"], name="task_by_lease")]
        constraints = [
            models.UniqueConstraint(fields=["job", "index"], name="task_index_once_per_job"),
            models.CheckConstraint(
                condition=models.Q(status__in=WorkStatus.values), name="task_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job.title} #{self.index} ({self.status})"

    @property
    def is_part(self) -> bool:
        """Return whether it only helps another task of its job, which counts its progress."""
        return "part" in self.request


class Attempt(BaseModel):
    """One try at a task by one worker under one fence.

    `receipt` lists the engines asked for a picture, `engine` the last of them, `fault` the kind of fault it ended with.
    """

    task = models.ForeignKey(RenderTask, on_delete=models.CASCADE, related_name="attempts")
    fence = models.PositiveIntegerField()
    worker = models.CharField(max_length=100)
    status = models.CharField(max_length=16, choices=WorkStatus, default=WorkStatus.RUNNING)
    heartbeat_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    fault = models.CharField(max_length=24, blank=True, default="")
    engine = models.CharField(max_length=64, blank=True, default="")
    cost_cents = models.FloatField(default=0.0)
    receipt = models.JSONField(default=list, blank=True)
    traceback = models.TextField(blank=True)

    class Meta:
        ordering = ["task", "fence"]
        constraints = [
            models.UniqueConstraint(fields=["task", "fence"], name="attempt_fence_once"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.fence} by {self.worker} ({self.status})"
