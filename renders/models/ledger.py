"""The model ledger: what Apex knows of every model, LoRA, voice and face model, and what this site says of it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from apexsite.base.models import BaseModel
from renders.engine.models_manifest import KINDS

MODEL_ID = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{0,79}$", "small letters, digits, dots, dashes and underscores"
)


class LedgerEntry(BaseModel):
    """One model. The facts of a built-in entry come from the manifest; the `site_` columns are what this site says.

    A fact stays as it was published; where the site says otherwise, the site's word counts and both are shown.
    """

    model_id = models.CharField(max_length=80, unique=True, validators=[MODEL_ID])
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in KINDS])
    purpose = models.CharField(max_length=200, blank=True)
    base = models.CharField(max_length=80, blank=True)
    vendor = models.CharField(max_length=80, blank=True)
    revision = models.CharField(max_length=80, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    licence = models.CharField(max_length=200)
    licence_source = models.URLField(max_length=300, blank=True)
    is_commercial = models.BooleanField(default=False)
    commercial_note = models.CharField(max_length=300, blank=True)
    sunset = models.DateField(null=True, blank=True)
    replacement = models.CharField(max_length=80, blank=True)
    file_note = models.CharField(max_length=200, blank=True)
    sources = models.JSONField(default=list, blank=True)
    used_by = models.JSONField(default=list, blank=True)
    is_builtin = models.BooleanField(default=False, editable=False)
    site_sunset = models.DateField(null=True, blank=True)
    site_replacement = models.CharField(max_length=80, blank=True)
    site_commercial = models.BooleanField(null=True, blank=True)
    site_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "model_id"]
        verbose_name_plural = "ledger entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(site_commercial__isnull=True) | ~models.Q(site_note=""),
                name="ledger_commercial_word_has_a_note",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_on(self) -> date | None:
        """Return the day it is withdrawn, the site's word first."""
        return self.site_sunset or self.sunset

    @property
    def next_model(self) -> str:
        """Return the id asked instead after its end, empty for none."""
        return self.site_replacement or self.replacement

    @property
    def may_be_sold(self) -> bool:
        """Return whether a commercial production may use it, the site's word first."""
        return self.is_commercial if self.site_commercial is None else self.site_commercial

    @property
    def is_hosted(self) -> bool:
        """Return whether it is only asked over the network."""
        return not self.file_name

    def days_left(self, today: date) -> int | None:
        """Return the days until it is withdrawn, none or fewer when it is gone; None without a date."""
        return (self.ends_on - today).days if self.ends_on else None


class LedgerChange(BaseModel):
    """What changed in an entry: by whom, or by which release when nobody is named. Never changed."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="changes")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.entry}: {', '.join(self.changes) or 'added'}"
