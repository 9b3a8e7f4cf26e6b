"""A site's own rows of the tables a look names things from; they add to the built-in ones or stand in for them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from apexsite.base.models import BaseModel
from apexsite.kit.errors import InputError
from projects.engine.terms import TITLES, Term


class LookTerm(BaseModel):
    """One term. `settings` is what it asks of the picture, checked like the built-in rows."""

    table = models.CharField(max_length=24, choices=list(TITLES.items()))
    key = models.CharField(
        max_length=48, help_text="What a look says, such as film_noir; a built-in key replaces it."
    )
    title = models.CharField(max_length=80)
    words = models.TextField(
        max_length=600, blank=True, help_text="What goes into prompts, between commas."
    )
    negative = models.TextField(
        max_length=600, blank=True, help_text="What pictures of it must not show."
    )
    settings = models.JSONField(
        default=dict,
        blank=True,
        help_text='What it asks of the picture, such as {"composition_rule": "symmetry", "warmth": 6}.',
    )
    source = models.CharField(
        max_length=300, help_text="Where words and numbers come from: a book, a film, your choice."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["table", "key"]
        constraints = [
            models.UniqueConstraint(fields=["table", "key"], name="look_term_once_per_table"),
        ]

    def __str__(self) -> str:
        return f"{self.get_table_display()}: {self.title}"

    def clean(self) -> None:
        """Check key, words and settings as the engine will read them."""
        if not isinstance(self.settings, dict):
            raise ValidationError({"settings": "Settings must be an object."})
        try:
            self.to_term()
        except InputError as err:
            raise ValidationError(err.message) from None

    def to_term(self) -> Term:
        """Return the row as the engine's value; raises `InputError` for one that cannot be used."""
        return Term(
            key=self.key,
            title=self.title,
            words=self.words,
            source=self.source,
            negative=self.negative,
            asks=self.settings,
        )
