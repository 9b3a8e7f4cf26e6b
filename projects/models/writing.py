"""ScriptStyle (a site's own styles of script) and ScriptDraft (a written script before it is an episode's)."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from apexsite.base.models import BaseModel
from apexsite.kit.errors import InputError
from projects.engine.genres import GENRES
from projects.engine.writing.style import WritingStyle, built_in_styles, style_from
from projects.models.script import Episode


class ScriptStyle(BaseModel):
    """A style beside the built-in ones, checked as those are."""

    name = models.SlugField(
        max_length=40, unique=True, help_text="What --style says: a–z, 0–9, _, such as space_opera."
    )
    title = models.CharField(max_length=80)
    tone = models.TextField(
        max_length=400, help_text="How it sounds and looks, in a sentence or two."
    )
    structure = models.JSONField(help_text='Its movements in order: ["a signal", "a choice"].')
    cast_least = models.PositiveSmallIntegerField(default=2)
    cast_most = models.PositiveSmallIntegerField(default=5)
    places = models.JSONField(help_text='Headings to choose from: ["INT. BRIDGE - NIGHT"].')
    avoid = models.JSONField(help_text='What it must not do: ["battles"].')
    outline = models.CharField(
        max_length=40,
        choices=[(name, name.replace("_", " ")) for name in GENRES],
        help_text="Whose tables the offline outline writer takes for it.",
    )
    source = models.CharField(max_length=300, help_text="Where the description comes from.")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Check the row as the writer will read it; a built-in style is not replaced."""
        if self.name in built_in_styles():
            raise ValidationError(
                {"name": f"{self.name} is a built-in style; choose another name."}
            )
        try:
            self.to_style()
        except InputError as err:
            raise ValidationError(err.message) from None

    def to_style(self) -> WritingStyle:
        """Return the row as the engine's value; raises `InputError` for one that cannot be used."""
        fields = ("title", "tone", "structure", "cast_least", "cast_most", "places", "avoid")
        document = {key: getattr(self, key) for key in (*fields, "outline", "source")}
        return style_from(document, name=self.name, is_built_in=False)


class Writer(models.TextChoices):
    """Who is asked to write."""

    AUTO = "auto", "The language model, else the outline writer"
    ENDPOINT = "endpoint", "The language model only"
    OUTLINE = "outline", "The offline outline writer"


class ScriptDraft(BaseModel):
    """A script asked for. Empty until it is written; then people read and edit it, and it becomes the episode's.

    `hops` are the writers that were asked before and why they did not write it; `rounds` what the model answered.
    """

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="drafts")
    asked = models.JSONField()
    asked_writer = models.CharField(max_length=16, choices=Writer, default=Writer.AUTO)
    writer = models.CharField(max_length=16, blank=True)
    model = models.CharField(max_length=100, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    logline = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    hops = models.JSONField(default=list, blank=True)
    rounds = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_edited = models.BooleanField(default=False)
    written_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title or f"Draft on {self.asked.get('topic', 'a topic')}"
