"""RerenderProof: what came of making a picture again from its recipe alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from renders.models.job import RenderTask
from renders.models.variant import Variant


class ProofResult(models.TextChoices):
    """What a proof found."""

    SAME = "same", "Same bytes"
    CLOSE = "close", "Same pixels, another file"
    DIFFERENT = "different", "Another picture"
    VERIFIED = "verified", "Bytes verified"
    LOST = "lost", "File is gone"
    DAMAGED = "damaged", "File is damaged"


class RerenderProof(BaseModel):
    """One proof of one picture. Distances are empty where the first file was not there to measure against.

    `differences` lists what of software, machine and models is not as it was: what, was, now.
    """

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="proofs")
    task = models.OneToOneField(
        RenderTask, null=True, on_delete=models.SET_NULL, related_name="proof"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    result = models.CharField(max_length=12, choices=ProofResult)
    is_as_expected = models.BooleanField()
    words = models.TextField()
    sha256_was = models.CharField(max_length=64)
    sha256_now = models.CharField(max_length=64, blank=True)
    psnr_db = models.FloatField(null=True)
    delta_e_mean = models.FloatField(null=True)
    most_difference = models.PositiveSmallIntegerField(null=True)
    differences = models.JSONField(default=list)
    seconds = models.FloatField(default=0.0)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result__in=ProofResult.values), name="proof_result_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant}: {self.get_result_display().lower()}"
