"""Rows of the cast for whoever runs the site."""

from __future__ import annotations

from django.contrib import admin

from characters.models import Casting, Character, CharacterVersion
from projects.web.rooms import LookOnly


@admin.register(Character)
class CharacterAdmin(LookOnly):
    """People of the story; their profiles are written by services, which know what they make stale."""

    list_display = ("name", "key", "version", "project", "updated_at")
    list_select_related = ("project",)
    search_fields = ("name", "key", "project__name")


@admin.register(Casting)
class CastingAdmin(LookOnly):
    """Who is in which shot."""

    list_display = ("character", "shot", "position")
    list_select_related = ("character__project", "shot__scene")
    search_fields = ("character__name", "shot__code")


@admin.register(CharacterVersion)
class CharacterVersionAdmin(LookOnly):
    """People as they once stood."""

    list_display = ("character", "version", "created_by", "created_at")
    list_select_related = ("character__project", "created_by")
    search_fields = ("character__name", "character__project__name")
