"""A written draft becomes its episode's script."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from apexsite.kit.errors import StaleEdit, StateError
from characters.services.scripts import script_import
from projects import access
from projects.models import Episode, ScriptDraft


def draft_use(*, user: AbstractUser, draft: ScriptDraft, version: int) -> Episode:
    """Break a draft down into its episode, as a script brought by hand; the same version again changes nothing.

    Raises `StateError` for one that is not written, `StaleEdit` when it was edited since it was read.
    """
    access.require(user, draft.episode.project, "make")
    with transaction.atomic():
        draft = (
            ScriptDraft.objects.select_for_update()
            .select_related("episode__project")
            .get(pk=draft.pk)
        )
        if draft.written_at is None:
            raise StateError("this draft is not written yet; wait until it is")
        if version != draft.version:
            raise StaleEdit(
                f"the draft is version {draft.version} by now, you read version {version}; read it again first"
            )
        episode = draft.episode
        if draft.used_at is not None and episode.script_text == draft.text:
            return episode
        stem = "".join(c if c.isalnum() else " " for c in draft.title).split()
        episode = script_import(
            user=user,
            episode=episode,
            content=draft.text.encode(),
            name=f"{'_'.join(stem).lower()[:80] or 'draft'}.fountain",
        )
        draft.used_at = timezone.now()
        draft.save(update_fields=["used_at", "updated_at"])
    return episode
