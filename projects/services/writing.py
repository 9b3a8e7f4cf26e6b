"""Drafts of scripts: asked for, written by whom the site has, published, edited on the version that was read."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from apexsite.kit.errors import (
    BackendError,
    ContentBlocked,
    InputError,
    NotAvailable,
    NotSupported,
    StaleEdit,
    StateError,
    listed,
)
from projects import access
from projects.engine.script.reader import read_script
from projects.engine.writing.author import (
    ENDPOINT,
    Authored,
    Tell,
    author_by_model,
    author_by_outline,
)
from projects.engine.writing.endpoint import EndpointModel, EndpointSettings
from projects.engine.writing.patience import PatientModel
from projects.engine.writing.schema import ANSWER_SCHEMA
from projects.engine.writing.style import WritingStyle, style_named
from projects.engine.writing.wish import ScriptWish, wish_from
from projects.events import event_record
from projects.models import Episode, ScriptDraft, Writer
from projects.readings.writing import styles_now

Hop = dict[str, Any]


def endpoint_now() -> EndpointSettings | None:
    """Return where the site's language model is, None when it has none."""
    if not settings.APEX_WRITER_URL:
        return None
    return EndpointSettings(
        url=settings.APEX_WRITER_URL,
        model=settings.APEX_WRITER_MODEL,
        key=settings.APEX_WRITER_KEY,
    )


def writer_named(writer: str) -> str:
    """Return a writer by name; raises `InputError` listing the valid ones, `NotAvailable` for a model there is not."""
    if writer not in Writer.values:
        raise InputError(f"writer={writer!r} is not known; valid: {listed(Writer.values)}")
    if writer == Writer.ENDPOINT and endpoint_now() is None:
        raise NotAvailable(
            "writer='endpoint': this site has no language model; set APEX_WRITER_URL and APEX_WRITER_MODEL "
            "to an OpenAI-compatible endpoint, or take writer='outline'"
        )
    return writer


@transaction.atomic
def draft_begin(
    *,
    user: AbstractUser,
    episode: Episode,
    wish: ScriptWish,
    writer: str = Writer.AUTO,
    key: UUID | None = None,
) -> ScriptDraft:
    """Ask for a draft: the row is there at once, its text when it is written. Raises what is wrong with style or writer."""
    access.require(user, episode.project, "make")
    style_named(wish.style, styles=styles_now())
    return ScriptDraft.objects.create(
        id=key or uuid4(),
        episode=episode,
        asked=wish.to_document(),
        asked_writer=writer_named(writer),
        created_by=user,
    )


def wish_author(wish: ScriptWish, *, writer: str, tell: Tell) -> tuple[Authored, list[Hop]]:
    """Have a wish written, and say who was asked before and why they did not write it.

    `auto` asks the site's model first; where there is none, or it fails, the outline writer writes, as a recorded hop.
    A refusal of the content is never handed on. Asks the outside world: call it outside any transaction.
    """
    style = style_named(wish.style, styles=styles_now())
    if writer == Writer.OUTLINE:
        return author_by_outline(wish, style=style), []
    where = endpoint_now()
    if where is None:
        if writer == Writer.ENDPOINT:
            writer_named(writer)
        why = "no language model is set up"
        return _by_outline(wish, style, Hop(writer=ENDPOINT, model="", fault="none", words=why))
    try:
        model = PatientModel(
            EndpointModel(where), budget_seconds=settings.APEX_WRITER_PATIENCE_SECONDS
        )
        made = author_by_model(wish, style=style, model=model, schema=ANSWER_SCHEMA, tell=tell)
    except ContentBlocked:
        raise
    except (BackendError, NotAvailable, InputError) as err:
        if writer == Writer.ENDPOINT:
            raise
        hop = Hop(
            writer=ENDPOINT,
            model=where.model,
            fault=getattr(err, "fault", err.code),
            words=err.message[:500],
            rounds=err.facts.get("rounds", []),
        )
        return _by_outline(wish, style, hop)
    return made, []


def _by_outline(wish: ScriptWish, style: WritingStyle, hop: Hop) -> tuple[Authored, list[Hop]]:
    asked = hop["model"] or "a language model"
    instead_of = f"{asked} ({hop['words'][:120]})" if hop["model"] else ""
    try:
        made = author_by_outline(wish, style=style, instead_of=instead_of)
    except NotSupported as err:
        raise NotSupported(f"{err.message}; asked first: {asked}, {hop['words']}") from err
    return made, [hop]


def draft_author(draft: ScriptDraft, *, tell: Tell) -> tuple[Authored, list[Hop]]:
    """Have a draft written as it was asked for; nothing is stored yet."""
    return wish_author(wish_from(draft.asked), writer=draft.asked_writer, tell=tell)


def draft_publish(draft: ScriptDraft, authored: Authored, *, hops: list[Hop]) -> ScriptDraft:
    """Store what was written; call it inside the transaction that ends the task."""
    draft = ScriptDraft.objects.select_for_update().get(pk=draft.pk)
    draft.text, draft.title = authored.text, authored.title[:200]
    draft.logline, draft.credit = authored.logline[:500], authored.credit[:200]
    draft.writer, draft.model = authored.writer, authored.model[:100]
    draft.hops, draft.rounds = hops, list(authored.rounds)
    draft.version += 1
    draft.is_edited = False
    draft.written_at = timezone.now()
    draft.save()
    who = authored.model or "the outline writer"
    payload = {"title": draft.title, "writer": who, "hops": len(hops)}
    event_record(
        draft.episode.project, "script.written", draft, actor=draft.created_by, payload=payload
    )
    return draft


@transaction.atomic
def draft_edit(*, user: AbstractUser, draft: ScriptDraft, text: str, version: int) -> ScriptDraft:
    """Change the words of a draft, if it is still the version that was read; the same words change nothing,
    on whatever version: a form sent twice is saved once.

    Raises `StateError` for one that is not written yet, `StaleEdit` for another version, `InputError` for no script.
    """
    access.require(user, draft.episode.project, "make")
    draft = (
        ScriptDraft.objects.select_for_update().select_related("episode__project").get(pk=draft.pk)
    )
    if draft.written_at is None:
        raise StateError("this draft is not written yet; wait until it is")
    text = read_script(text.encode(), name="the draft")
    if text.strip() == draft.text.strip():
        return draft
    if version != draft.version:
        raise StaleEdit(
            f"the draft is version {draft.version} by now, you began with version {version}; nothing of yours was saved"
        )
    draft.text = text
    draft.version += 1
    draft.is_edited = True
    draft.save()
    payload = {"title": str(draft), "version": draft.version}
    event_record(draft.episode.project, "script.edited", draft, actor=user, payload=payload)
    return draft
