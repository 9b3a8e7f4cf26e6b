"""Styles of script and drafts, as pages, lists and writers read them."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from apexsite.kit.errors import InputError, NotFound
from projects import access
from projects.engine.writing.style import WritingStyle, built_in_styles
from projects.models import Episode, ScriptDraft, ScriptStyle


def styles_now() -> dict[str, WritingStyle]:
    """Return the built-in styles and the site's own, by name; a row that cannot be used any more is left out."""
    styles = built_in_styles()
    for row in ScriptStyle.objects.filter(is_active=True):
        try:
            styles.setdefault(row.name, row.to_style())
        except InputError:
            continue
    return styles


def drafts_of(episode: Episode) -> QuerySet[ScriptDraft]:
    """Return what was written for a film, newest first."""
    return ScriptDraft.objects.filter(episode=episode).select_related("created_by")


def draft_for(user: access.User, id_: UUID | str, *, right: str) -> ScriptDraft:
    """Return a draft if the person has the right; a stranger hears that there is none."""
    drafts = ScriptDraft.objects.select_related("episode__project", "created_by")
    try:
        draft = drafts.filter(pk=id_).first()
    except (ValidationError, ValueError):
        draft = None
    if draft is None:
        raise NotFound("there is no such draft for you")
    access.require(user, draft.episode.project, right, what="draft")
    return draft
