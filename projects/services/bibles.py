"""Publish style bibles. A version is never changed; the current one is marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import StaleEdit, StateError
from projects import access
from projects.engine.bible import DEFAULTS, StyleBible, bible_from
from projects.engine.biblemerge import merge_documents
from projects.engine.biblesheet import differences
from projects.engine.bibletakes import colours_taken
from projects.events import event_record
from projects.models import Project, StyleBibleVersion
from projects.readings.terms import bible_names_check


@transaction.atomic
def bible_publish(
    *,
    user: AbstractUser,
    project: Project,
    document: Mapping[str, Any],
    version: int | None = None,
    source: str = "",
) -> StyleBibleVersion:
    """Check a document and make it the project's current look; the same document again changes nothing.

    `source` says in words what the look was taken from, where it was not written by hand; the log keeps it.
    Raises `StaleEdit` when `version` is given and another one is current by now.
    """
    access.require(user, project, "approve")
    bible = bible_from(document)
    bible_names_check(bible.document)
    Project.objects.select_for_update().get(pk=project.pk)
    current = StyleBibleVersion.objects.filter(project=project, is_current=True).first()
    if current is not None and _same(current, bible):
        return current
    if version is not None and current is not None and version != current.version:
        raise StaleEdit(
            f"the look is version {current.version} by now, you began with version {version}; "
            "nothing of yours was published yet"
        )
    newest = StyleBibleVersion.objects.filter(project=project).order_by("-version").first()
    number = (newest.version if newest else 0) + 1
    StyleBibleVersion.objects.filter(project=project, is_current=True).update(is_current=False)
    row = StyleBibleVersion.objects.create(
        project=project,
        version=number,
        document=bible.document,
        given=dict(document),
        bible_hash=bible.bible_hash,
        created_by=user,
    )
    payload: dict[str, Any] = {
        "version": number,
        "changes": differences(current.document, bible.document) if current else [],
    }
    if source:
        payload["source"] = source
    event_record(project, "bible.published", row, actor=user, payload=payload)
    return row


@transaction.atomic
def bible_restore(*, user: AbstractUser, project: Project, version: int) -> StyleBibleVersion:
    """Make an older look the current one again, as a new version."""
    access.require(user, project, "approve")
    old = StyleBibleVersion.objects.filter(project=project, version=version).first()
    if old is None:
        raise StateError(f"{project.name} has no look of version {version}")
    return bible_publish(user=user, project=project, document=old.given or old.document)


@transaction.atomic
def bible_take_colours(
    *,
    user: AbstractUser,
    project: Project,
    takes: Mapping[str, str],
    version: int | None = None,
    source: str = "",
) -> StyleBibleVersion:
    """Take colours of a picture into the look as a new version; `takes` says for each where it goes (`colours_taken`).

    Laid over the version the person looked at, so the same form sent twice publishes once.
    """
    access.require(user, project, "approve")
    rows = StyleBibleVersion.objects.filter(project=project)
    began = rows.filter(is_current=True) if version is None else rows.filter(version=version)
    row = began.first()
    if row is None:
        raise StateError(f"{project.name} has no look of version {version}")
    document = colours_taken(row.given or row.document, takes)
    return bible_publish(
        user=user, project=project, document=document, version=row.version, source=source
    )


def _same(row: StyleBibleVersion, bible: StyleBible) -> bool:
    # A row of an earlier schema lacks its later fields: it is the same look if it is once they stand in it.
    return (
        row.document == bible.document or merge_documents(DEFAULTS, row.document) == bible.document
    )


def bible_export(row: StyleBibleVersion) -> dict[str, Any]:
    """Return a look as `style_bible.json`: what was given, key for key."""
    return dict(row.given or row.document)
