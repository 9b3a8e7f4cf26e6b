"""Rows of the production for whoever runs the site: to look things up, seldom to change them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from projects.models import (
    Episode,
    Event,
    EventCounter,
    Invitation,
    Membership,
    Notification,
    Project,
    Scene,
    Shot,
    StyleBibleVersion,
)


class LookOnly(admin.ModelAdmin):
    """A room to look in: services write these rows, and nothing here adds, changes or deletes one."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds a row here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes a row here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes a row here."""
        return False


class WordsOnly(admin.ModelAdmin):
    """Only the fields named in `words` may be corrected; every other one is written by services alone."""

    words: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return every field that is not plain words; a field added later is closed until it is opened."""
        return [f.name for f in self.model._meta.fields if f.name not in self.words]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are made by services: they write the event and the counter with them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Deleting here would pass by the log."""
        return False


@admin.register(Project)
class ProjectAdmin(WordsOnly):
    """Productions."""

    words = ("name",)
    list_display = ("name", "width", "height", "fps_numerator", "fps_denominator", "created_by")
    list_select_related = ("created_by",)
    search_fields = ("name", "created_by__username")
    date_hierarchy = "created_at"


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
class SceneAdmin(LookOnly):
    """Scenes; edits go by the services, which know what they make stale."""

    list_display = ("heading", "number", "episode", "time_of_day", "mood")
    list_select_related = ("episode__project",)
    list_filter = ("setting", "time_of_day")
    search_fields = ("heading", "place", "episode__title", "episode__project__name")


@admin.register(Shot)
class ShotAdmin(LookOnly):
    """Shots; edits go by the services, which know what they make stale."""

    list_display = ("code", "size", "lens_mm", "move", "duration_frames", "status", "scene")
    list_select_related = ("scene__episode__project",)
    list_filter = ("status", "size", "coverage")
    search_fields = ("code", "action", "dialogue", "scene__heading")


@admin.register(StyleBibleVersion)
class StyleBibleVersionAdmin(LookOnly):
    """Published looks, which never change."""

    list_display = ("project", "version", "is_current", "bible_hash", "created_by", "created_at")
    list_select_related = ("project", "created_by")
    list_filter = ("is_current",)
    search_fields = ("project__name", "bible_hash")


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
