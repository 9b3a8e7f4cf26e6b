"""Rows of the production for whoever runs the site: to look things up, seldom to change them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from projects.models import (
    ApiToken,
    Episode,
    Event,
    EventCounter,
    Invitation,
    KeptAnswer,
    LookTerm,
    Membership,
    Notification,
    Project,
    Scene,
    ScriptDraft,
    ScriptStyle,
    Shot,
    StyleBibleVersion,
)
from projects.services.bibles import bible_restore
from projects.services.projects import project_mark_commercial
from projects.services.shotlist import shot_omit, shot_restore
from projects.services.shots import shot_retake
from projects.web.bibleadmin import BibleSheet
from projects.web.lookadmin import LookSheet
from projects.web.rooms import LookOnly, Told, WordsOnly, act_on


@admin.register(Project)
class ProjectAdmin(WordsOnly):
    """Productions; who draws their pictures is said on a page of its own, where a right guards it."""

    words = ("name",)
    list_display = (
        "name", "width", "height", "fps_numerator", "fps_denominator", "is_commercial", "picture_fallback", "created_by",
    )  # fmt: skip
    list_select_related = ("created_by",)
    list_filter = ("is_commercial", "picture_fallback")
    search_fields = ("name", "created_by__username")
    date_hierarchy = "created_at"
    actions = ("say_commercial", "say_not_commercial")

    @admin.action(description="Say that it is commercial")
    def say_commercial(self, request: HttpRequest, rows: QuerySet[Project]) -> None:
        """Refuse what may not be sold from now on in the chosen productions."""
        self._say(request, rows, is_commercial=True)

    @admin.action(description="Say that it is not commercial")
    def say_not_commercial(self, request: HttpRequest, rows: QuerySet[Project]) -> None:
        """Allow every licence in the chosen productions."""
        self._say(request, rows, is_commercial=False)

    def _say(self, request: HttpRequest, rows: QuerySet[Project], *, is_commercial: bool) -> None:
        def act(project: Project) -> str:
            project_mark_commercial(user=request.user, project=project, is_commercial=is_commercial)
            return "Commercial." if is_commercial else "Not commercial."

        act_on(self, request, rows, act)


@admin.register(Membership)
class MembershipAdmin(LookOnly):
    """Who works on what; roles are given in the project, where an owner cannot be lost."""

    list_display = ("user", "role", "project", "created_at")
    list_select_related = ("user", "project")
    list_filter = ("role",)
    search_fields = ("user__username", "project__name")


@admin.register(Invitation)
class InvitationAdmin(LookOnly):
    """Who was invited; the link's secret is nowhere to be seen."""

    list_display = ("for_whom", "role", "project", "expires_at", "accepted_by", "withdrawn_at")
    list_select_related = ("project", "accepted_by")
    list_filter = ("role",)
    search_fields = ("for_whom", "project__name")
    exclude = ("secret_hash",)


@admin.register(Episode)
class EpisodeAdmin(WordsOnly):
    """Films of a project."""

    words = ("title",)
    list_display = ("__str__", "number", "project", "script_name", "updated_at")
    list_select_related = ("project",)
    search_fields = ("title", "project__name", "script_name")


@admin.register(Scene)
class SceneAdmin(LookSheet, LookOnly):
    """Scenes; edits go by the services, which know what they make stale."""

    list_display = ("heading", "number", "episode", "time_of_day", "mood")
    list_select_related = ("episode__project",)
    list_filter = ("setting", "time_of_day")
    search_fields = ("heading", "place", "episode__title", "episode__project__name")


@admin.register(Shot)
class ShotAdmin(LookSheet, LookOnly):
    """Shots; edits go by the services, which know what they make stale."""

    up = "scene__episode__project"
    list_display = ("code", "size", "lens_mm", "move", "duration_frames", "status", "scene")
    list_select_related = ("scene__episode__project",)
    list_filter = ("status", "size", "coverage")
    search_fields = ("code", "action", "dialogue", "scene__heading")
    actions = ("retake", "omit", "restore")

    @admin.action(description="Send to retake")
    def retake(self, request: HttpRequest, rows: QuerySet[Shot]) -> None:
        """Ask for new variants of the chosen shots."""
        reason = "asked for in the administration"

        def act(shot: Shot) -> str:
            shot_retake(user=request.user, shot=shot, reason=reason)
            return "Sent to retake."

        act_on(self, request, rows, act)

    @admin.action(description="Omit from the cut")
    def omit(self, request: HttpRequest, rows: QuerySet[Shot]) -> None:
        """Leave the chosen shots out of the cut."""

        def act(shot: Shot) -> str:
            shot_omit(user=request.user, shot=shot)
            return "Omitted."

        act_on(self, request, rows, act)

    @admin.action(description="Restore to the cut")
    def restore(self, request: HttpRequest, rows: QuerySet[Shot]) -> None:
        """Bring the chosen shots back."""

        def act(shot: Shot) -> str:
            shot_restore(user=request.user, shot=shot)
            return "Restored."

        act_on(self, request, rows, act)


@admin.register(StyleBibleVersion)
class StyleBibleVersionAdmin(BibleSheet, LookOnly):
    """Published looks, which never change; a form like the look's own page publishes the next."""

    list_display = ("project", "version", "palette", "is_current", "created_by", "created_at")
    list_select_related = ("project", "created_by")
    list_filter = ("is_current",)
    search_fields = ("project__name", "bible_hash")
    fields = ("project", "version", "is_current", "palette", "look", "created_by", "created_at")
    readonly_fields = ("palette", "look", "created_at")
    actions = ("restore",)

    @admin.action(description="Make the current look again")
    def restore(self, request: HttpRequest, rows: QuerySet[StyleBibleVersion]) -> None:
        """Bring an older look back, as a new version."""

        def act(row: StyleBibleVersion) -> str:
            new = bible_restore(user=request.user, project=row.project, version=row.version)
            return f"Restored as version {new.version}."

        act_on(self, request, rows, act)


@admin.register(Event)
class EventAdmin(LookOnly):
    """The log, which only grows."""

    list_display = ("project", "seq", "verb", "target_kind", "target_id", "actor", "at")
    list_select_related = ("project", "actor")
    list_filter = ("verb",)
    search_fields = ("verb", "target_id", "project__name", "actor__username")
    ordering = ("-at", "-seq")


@admin.register(EventCounter)
class EventCounterAdmin(LookOnly):
    """The last number of each project's log."""

    list_display = ("project", "last_seq")
    list_select_related = ("project",)
    search_fields = ("project__name",)


@admin.register(Notification)
class NotificationAdmin(LookOnly):
    """Who was told of what, and whether they looked."""

    list_display = ("user", "kind", "event", "count", "told_at", "read_at")
    list_select_related = ("user", "event")
    list_filter = ("kind", ("read_at", admin.EmptyFieldListFilter))
    search_fields = ("user__username", "project__name", "event__verb")


@admin.register(ApiToken)
class ApiTokenAdmin(LookOnly):
    """Programs' ways in; neither the secret nor its hash is to be seen."""

    list_display = ("name", "user", "prefix", "scopes", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("user",)
    search_fields = ("name", "prefix", "user__username")
    exclude = ("secret_hash",)


@admin.register(KeptAnswer)
class KeptAnswerAdmin(LookOnly):
    """Answers kept so that a POST sent twice is done once."""

    list_display = ("key", "owner", "status", "created_at", "expires_at")
    search_fields = ("key", "owner")


@admin.register(LookTerm)
class LookTermAdmin(Told):
    """Names a look may use beside the built-in ones: genres, directors, lenses, lights, words for prompts."""

    list_display = ("key", "title", "table", "words", "is_active")
    list_filter = ("table", "is_active")
    search_fields = ("key", "title", "words")
    list_per_page = 50
    fields = ("table", "key", "title", "words", "negative", "settings", "source", "is_active")


@admin.register(ScriptStyle)
class ScriptStyleAdmin(Told):
    """Styles of script beside the built-in ones: tone, movements, places, what they must not do."""

    list_display = ("name", "title", "tone", "outline", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "title", "tone")
    list_per_page = 50
    fields = (
        "name", "title", "tone", "structure", "cast_least", "cast_most", "places", "avoid",
        "outline", "source", "is_active",
    )  # fmt: skip


@admin.register(ScriptDraft)
class ScriptDraftAdmin(LookOnly):
    """Scripts that were written, by whom, and who was asked before."""

    list_display = ("__str__", "episode", "writer", "model", "created_by", "written_at", "used_at")
    list_filter = ("writer",)
    search_fields = ("title", "asked")
