"""Publish style bibles. A version is never changed; the current one is marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from projects import access
from projects.engine.bible import bible_from
from projects.events import event_record
from projects.models import Project, StyleBibleVersion


@transaction.atomic
def bible_publish(
    *, user: AbstractUser, project: Project, document: Mapping[str, Any]
) -> StyleBibleVersion:
    """Check a document and make it the project's current look; the same look again changes nothing."""
    access.require(user, project, "approve")
    bible = bible_from(document)
    Project.objects.select_for_update().get(pk=project.pk)
    current = StyleBibleVersion.objects.filter(project=project, is_current=True).first()
    if current is not None and current.bible_hash == bible.bible_hash:
        return current
    newest = StyleBibleVersion.objects.filter(project=project).order_by("-version").first()
    version = (newest.version if newest else 0) + 1
    StyleBibleVersion.objects.filter(project=project, is_current=True).update(is_current=False)
    row = StyleBibleVersion.objects.create(
        project=project,
        version=version,
        document=bible.document,
        bible_hash=bible.bible_hash,
        created_by=user,
    )
    event_record(project, "bible.published", row, actor=user, payload={"version": version})
    return row
