"""Variant, its scores and its reviews. What machines say and what people say are different columns."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from projects.models import Shot
from renders.models.job import RenderTask
from renders.models.media import Media


class Tier(models.TextChoices):
    """The fidelity of a picture."""

    STORYBOARD = "storyboard", "Storyboard"
    PREVIZ = "previz", "Previz"
    FINAL = "final", "Final"


class Verdict(models.TextChoices):
    """What was decided on a variant. Written by `renders/services/reviews.py` alone."""

    WAITING = "waiting", "Waiting"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    SUPERSEDED = "superseded", "Superseded"


class ActorKind(models.TextChoices):
    """Who gave a verdict: a policy never counts as a person."""

    PERSON = "person", "Person"
    POLICY = "policy", "Policy"


class Variant(BaseModel):
    """One candidate picture of a shot. `recipe` re-renders it; `inputs_hash` says what brief it was made from.

    `quality` is the stage's (sketch, draft, good), empty for engines that have none; `sketch` is the quick picture of the
    same brief that this one was drawn after.
    """

    shot = models.ForeignKey(Shot, on_delete=models.CASCADE, related_name="variants")
    tier = models.CharField(max_length=16, choices=Tier)
    number = models.PositiveIntegerField()
    task = models.OneToOneField(
        RenderTask, null=True, on_delete=models.SET_NULL, related_name="variant"
    )
    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    thumbnail = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    engine = models.CharField(max_length=64)
    quality = models.CharField(max_length=8, blank=True, default="")
    sketch = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="drafts"
    )
    recipe = models.JSONField()
    inputs_hash = models.CharField(max_length=64)
    verdict = models.CharField(max_length=16, choices=Verdict, default=Verdict.WAITING)
    score_total = models.FloatField(null=True)
    score_reason = models.TextField(blank=True)
    defect = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["shot", "tier", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["shot", "tier", "number"], name="variant_number_once_per_shot_tier"
            ),
            models.UniqueConstraint(
                fields=["shot", "tier"],
                condition=models.Q(verdict="approved"),
                name="variant_one_approved_per_shot_tier",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shot} {self.tier} {self.number}"


class Score(BaseModel):
    """One criterion of a variant's score, with its sub-scores and a sentence."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=16)
    weight = models.FloatField()
    value = models.FloatField()
    reason = models.TextField(blank=True)
    sub_scores = models.JSONField(default=list)

    class Meta:
        ordering = ["variant", "-weight", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "criterion"], name="score_criterion_once"),
            models.CheckConstraint(
                condition=models.Q(value__gte=0) & models.Q(value__lte=1), name="score_in_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value:.3f}"


class Review(BaseModel):
    """A verdict as it was given: by whom, why, and on which inputs. Never changed.

    `reasons` are keys of the fixed list of reasons of a rejection; `reason` says all of it in words.
    `carried_from` is the verdict on a sketch that a rule gave to its draft too.
    """

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=16, choices=Verdict)
    actor_kind = models.CharField(max_length=8, choices=ActorKind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    inputs_hash = models.CharField(max_length=64)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor_kind="person")
                | models.Q(actor_kind="policy", actor__isnull=True),
                name="review_actor_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.actor or self.actor_kind}"
