"""Rows of the model ledger: brought to what the manifest says, and what a site adds or says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import InputError
from renders.engine.models_manifest import ModelEntry, load_manifest
from renders.models import LedgerChange, LedgerEntry

SITE_FIELDS = ("site_sunset", "site_replacement", "site_commercial", "site_note")


def facts_of(entry: ModelEntry) -> dict[str, Any]:
    """Return the columns of a manifest's entry."""
    return {
        "title": entry.title,
        "kind": entry.kind,
        "purpose": entry.purpose,
        "base": entry.base,
        "vendor": entry.vendor,
        "revision": entry.revision or "",
        "file_name": entry.file_name,
        "sha256": entry.sha256 or "",
        "size_bytes": entry.size_bytes,
        "licence": entry.licence,
        "licence_source": entry.licence_source,
        "is_commercial": entry.is_commercial,
        "commercial_note": entry.commercial_note,
        "sunset": date.fromisoformat(entry.sunset) if entry.sunset else None,
        "replacement": entry.replacement or "",
        "file_note": entry.status,
        "sources": [dict(source) for source in entry.sources],
        "used_by": list(entry.used_by),
        "is_builtin": True,
    }


@transaction.atomic
def ledger_sync(*, using: str = "default") -> dict[str, int]:
    """Bring the built-in rows to the manifest; what a site says stays. Returns how many were added and changed.

    An entry that left the manifest stays as it is and becomes the site's own: pictures made with it name it.
    """
    rows = LedgerEntry.objects.using(using)
    standing = {row.model_id: row for row in rows.all()}
    added, changed = [], 0
    for entry in load_manifest():
        facts = facts_of(entry)
        row = standing.pop(entry.id, None)
        if row is None:
            added.append(LedgerEntry(model_id=entry.id, **facts))
        elif _differs(row, facts):
            _write(row, facts, actor=None, using=using)
            changed += 1
    rows.bulk_create(added)
    for row in standing.values():
        if row.is_builtin:
            _write(row, {"is_builtin": False}, actor=None, using=using)
            changed += 1
    return {"added": len(added), "changed": changed}


@transaction.atomic
def ledger_say(*, user: AbstractUser, entry: LedgerEntry, values: dict[str, Any]) -> LedgerEntry:
    """Write what a site says of an entry: its own end, replacement, commercial word; other facts only of its own entries.

    Raises `InputError` for a built-in fact, a replacement that is not known or is the entry itself, a word without a note.
    """
    ledger_check(entry, values)
    _write(entry, values, actor=user, is_new=entry._state.adding)
    return entry


def ledger_check(entry: LedgerEntry, values: Mapping[str, Any]) -> None:
    """Raise `InputError` for what may not be said of an entry; its facts carry the field's name."""
    if entry.is_builtin and (foreign := sorted(set(values) - set(SITE_FIELDS))):
        raise InputError(
            f"{foreign[0]} of {entry.model_id} is built in; a site may say its site_ words",
            field=foreign[0],
        )
    for name in ("site_replacement", "replacement", "base"):
        other = values.get(name)
        is_known = LedgerEntry.objects.filter(model_id=other).exists()
        if other and (other == entry.model_id or not is_known):
            raise InputError(
                f"{name}={other!r} must be the id of another entry of the ledger", field=name
            )
    says = values.get("site_commercial", entry.site_commercial)
    if says is not None and not str(values.get("site_note", entry.site_note)).strip():
        raise InputError(
            "site_note must say why: which licence was given, by whom and when", field="site_note"
        )


def _differs(row: LedgerEntry, facts: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in facts.items())


def _write(
    row: LedgerEntry,
    values: dict[str, Any],
    *,
    actor: AbstractUser | None,
    is_new: bool = False,
    using: str = "default",
) -> None:
    changes = {
        name: [_plain(getattr(row, name)), _plain(value)]
        for name, value in values.items()
        if is_new or getattr(row, name) != value
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.save(using=using)
    if changes:
        LedgerChange.objects.using(using).create(entry=row, actor=actor, changes=changes)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
