"""Whether people pick what the machine would have picked."""

from __future__ import annotations

from django.db import models

from apexsite.base.models import BaseModel
from projects.models import Project
from renders.models.variant import Review, Tier, Variant


class Pick(BaseModel):
    """A person's approval among variants that waited: was it the machine's best? Never changed but for `is_taken_back`.

    `waiting` is how many there were to choose from, the approved one among them; `criteria` says of each criterion
    whether the approved one was its best; `values` holds the criteria of all of them, the approved one first.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="picks")
    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="pick")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="picks")
    machine = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    tier = models.CharField(max_length=16, choices=Tier)
    waiting = models.PositiveIntegerField()
    is_agreed = models.BooleanField()
    is_taken_back = models.BooleanField(default=False)
    criteria = models.JSONField(default=dict)
    values = models.JSONField(default=list)

    class Meta:
        ordering = ["project", "created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(waiting__gte=2), name="pick_among_two"),
        ]

    def __str__(self) -> str:
        return f"{self.variant} {'agreed' if self.is_agreed else 'otherwise'} of {self.waiting}"
