"""What people say of a shot: comments in one-level threads, whom they name, and recommendations of a variant."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from apexsite.base.models import BaseModel
from projects.models import Shot
from renders.models.cut import Cut
from renders.models.variant import Variant


class Comment(BaseModel):
    """Words on a shot, on one of its variants, or on it in a cut. A reply has a parent, which has none itself."""

    shot = models.ForeignKey(Shot, on_delete=models.CASCADE, related_name="comments")
    variant = models.ForeignKey(
        Variant, null=True, on_delete=models.SET_NULL, related_name="comments"
    )
    cut = models.ForeignKey(Cut, null=True, on_delete=models.SET_NULL, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.TextField()
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    edited_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_once = models.CharField(max_length=64)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "sent_once"], name="comment_sent_once"),
            models.CheckConstraint(condition=~models.Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True) | models.Q(parent__isnull=True),
                name="comment_resolved_by_thread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author} on {self.shot.code}: {self.body[:40]}"


class Mention(BaseModel):
    """A member named in a comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="mention_once"),
        ]

    def __str__(self) -> str:
        return f"@{self.user}"


class Advice(models.TextChoices):
    """What a person who may not decide says of a variant."""

    FOR = "for", "recommends"
    AGAINST = "against", "advises against"


class Recommendation(BaseModel):
    """One person's advice on one variant. It changes no verdict."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="recommendations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    advice = models.CharField(max_length=8, choices=Advice)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "person"], name="recommendation_once"),
            models.CheckConstraint(
                condition=models.Q(advice__in=Advice.values), name="recommendation_advice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_advice_display()} {self.variant}"
