"""Doors to scripts written from a topic: styles, drafts, and the draft that becomes a film's script."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request

from apexsite.base.api.schema import example
from apexsite.base.api.values import Given, whole
from apexsite.base.api.versions import answer_with_etag
from characters.services.scriptdrafts import draft_use
from projects import access
from projects.api.acts import Action
from projects.api.doors import Door, One, Rows
from projects.api.script_serializers import EpisodeShown, Object
from projects.api.serializers import AT, UUID
from projects.engine.writing.wish import LANGUAGES, LONGEST_TOPIC, MOST_SCENES, MOST_SHOTS, wish_of
from projects.models import Episode, ScriptDraft, Writer
from projects.readings.writing import draft_for, drafts_of, styles_now
from projects.services.writing import draft_edit
from renders.models import RenderTask
from renders.readings.drafts import tasks_of_drafts
from renders.services.scriptwriting import script_request

ASKED = {
    "topic": "a lost ferry", "style": "courtroom_drama", "shots": 40, "scenes": 8,
    "language": "en", "seed": 0,
}  # fmt: skip


@extend_schema_serializer(
    examples=example(
        {"name": "noir", "title": "Noir", "tone": "Dry and watchful.",
         "structure": ["a small job", "it is something else"], "cast_least": 2, "cast_most": 5,
         "places": ["INT. BAR - NIGHT"], "avoid": ["happy endings"], "source": "house writing",
         "is_built_in": True}
    )
)  # fmt: skip
class StyleShown(serializers.Serializer[Any]):
    """A style of script."""

    name = serializers.CharField()
    title = serializers.CharField()
    tone = serializers.CharField()
    structure = serializers.ListField(child=serializers.CharField())
    cast_least = serializers.IntegerField()
    cast_most = serializers.IntegerField()
    places = serializers.ListField(child=serializers.CharField())
    avoid = serializers.ListField(child=serializers.CharField())
    source = serializers.CharField()
    is_built_in = serializers.BooleanField()


class ScriptStyles(Door):
    """Styles a script can be written in."""

    @extend_schema(
        operation_id="script_styles_list", tags=["script_drafts"], responses=StyleShown(many=True)
    )
    def get(self, request: Request, **_: Any) -> HttpResponseBase:
        """Return all of them, the site's own last, with their ETag."""
        return answer_with_etag(request, StyleShown(list(styles_now().values()), many=True).data)


@extend_schema_serializer(examples=example({"topic": "a lost ferry", "style": "noir", "shots": 40}))
class DraftGiven(Given):
    """What a script is to be about, and who writes it; `auto` is the site's model, else the outline writer."""

    topic = serializers.CharField(max_length=LONGEST_TOPIC)
    style = serializers.CharField(max_length=40, default="courtroom_drama")
    shots = whole(least=1, most=MOST_SHOTS, required=False)
    scenes = whole(least=1, most=MOST_SCENES, required=False)
    minutes = serializers.FloatField(min_value=0.1, max_value=10, required=False)
    language = serializers.ChoiceField(choices=list(LANGUAGES), default="en")
    seed = whole(default=0)
    writer = serializers.ChoiceField(choices=Writer.values, default=Writer.AUTO)


@extend_schema_serializer(
    examples=example(
        {"id": UUID, "episode": UUID, "asked": ASKED, "asked_writer": "auto", "writer": "outline",
         "model": "", "credit": "Outline by Apex's template writer (no language model)",
         "title": "A Lost Ferry", "logline": "Courtroom drama on a lost ferry.",
         "text": "Title: A Lost Ferry\n\nINT. COURTROOM - DAY\n\nRain.\n", "hops": [], "rounds": [],
         "version": 1, "is_edited": False, "written_at": AT, "used_at": None, "created_at": AT,
         "job": UUID, "status": "done", "error": ""}
    )
)  # fmt: skip
class DraftShown(serializers.ModelSerializer[ScriptDraft]):
    """A draft: empty until it is written. `hops` are the writers asked before, and why they did not write it."""

    asked = Object()
    hops = serializers.JSONField()
    rounds = serializers.JSONField()
    job = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()

    class Meta:
        model = ScriptDraft
        fields = (
            "id", "episode", "asked", "asked_writer", "writer", "model", "credit", "title", "logline",
            "text", "hops", "rounds", "version", "is_edited", "written_at", "used_at", "created_at",
            "job", "status", "error",
        )  # fmt: skip
        read_only_fields = fields

    def get_job(self, row: ScriptDraft) -> str | None:
        """Return the job that writes it."""
        task = self._task(row)
        return str(task.job_id) if task else None

    def get_status(self, row: ScriptDraft) -> str:
        """Return how far that job is."""
        task = self._task(row)
        return str(task.status) if task else "lost"

    def get_error(self, row: ScriptDraft) -> str:
        """Return why it was not written."""
        task = self._task(row)
        return task.error if task else ""

    def _task(self, row: ScriptDraft) -> RenderTask | None:
        known: dict[Any, dict[str, RenderTask]] = self.context.setdefault("tasks", {})
        if row.episode_id not in known:
            known[row.episode_id] = tasks_of_drafts(row.episode_id)
        return known[row.episode_id].get(str(row.pk))


class ScriptDrafts(Rows):
    """Drafts of a film, newest first; adding one asks a worker to write it."""

    noun, shows, accepts = "script_drafts", DraftShown, DraftGiven
    find, order = staticmethod(access.episode_for), ("-created_at",)

    def rows(self, parent: Episode) -> QuerySet[ScriptDraft]:
        """Return them."""
        return drafts_of(parent)

    def add(self, parent: Episode, values: dict[str, Any]) -> ScriptDraft:
        """Ask for one."""
        writer = values.pop("writer")
        return script_request(
            user=self.request.user, episode=parent, wish=wish_of(**values), writer=writer
        )


@extend_schema_serializer(examples=example({"text": "INT. COURTROOM - DAY\n\nRain.\n"}))
class WordsGiven(Given):
    """The words of a draft, in Fountain."""

    text = serializers.CharField(max_length=2_000_000, trim_whitespace=False)


class ScriptDraftOne(One):
    """A draft; edits need `If-Match`."""

    noun, shows, find, accepts = "script_drafts", DraftShown, staticmethod(draft_for), WordsGiven

    def change(self, row: ScriptDraft, values: dict[str, Any]) -> None:
        """Change its words."""
        draft_edit(user=self.request.user, draft=row, text=values["text"], version=row.version)


@extend_schema_serializer(examples=example({"version": 1}))
class UseGiven(Given):
    """The version that was read."""

    version = whole(least=0)


class UseDraft(Action):
    """Make a draft its film's script: it is broken down into scenes, shots and cast."""

    noun, verb, find = "script_drafts", "use", staticmethod(draft_for)
    accepts, shows = UseGiven, EpisodeShown

    def act(self, row: ScriptDraft, values: dict[str, Any]) -> Episode:
        """Use it."""
        return draft_use(user=self.request.user, draft=row, version=values["version"])
