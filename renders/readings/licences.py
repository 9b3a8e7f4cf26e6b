"""Which pictures and films of a production were made with what a commercial one may not use, and the ledger as a page reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from projects.models import Project
from renders.engine.models_manifest import ModelEntry, model_path
from renders.engine.sound.speakers import NATURAL, ONLINE, PLAIN
from renders.models import Cut, Delivery, LedgerEntry, Variant

WARN_DAYS = 60
"""How long before its end a model is warned of. Source: issue 6; vendors give two months and more."""
VOICES: dict[str, str] = {
    NATURAL: "kokoro-82m-int8",
    PLAIN: "espeak-ng-voice-data",
    ONLINE: "edge-tts-voices",
}
"""Which entry of the ledger each engine of voices speaks with."""


@dataclass(frozen=True, slots=True)
class Restricted:
    """A picture or a film that a commercial production may not use: where it is, and because of what."""

    kind: str
    id: UUID
    title: str
    shot_id: UUID | None
    because: str


@dataclass(frozen=True, slots=True)
class MadeWith:
    """A picture that was made with an entry."""

    title: str
    shot_id: UUID


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An entry as a page shows it: `state` is present, absent, hosted; `notice` is what its end means, in words."""

    entry: LedgerEntry
    state: str
    notice: str
    is_gone: bool
    pictures: tuple[MadeWith, ...]
    replacement: LedgerEntry | None


def restricted_pictures(
    project: Project, ids: Iterable[UUID | str] | None = None
) -> list[Restricted]:
    """Return the pictures of a production, or those of `ids`, that were made with non-commercial weights."""
    rows = Variant.objects.filter(shot__scene__episode__project=project)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    sold = _sold()
    found = []
    values = rows.order_by("shot__scene__number", "shot__order", "tier", "number").values_list(
        "pk", "shot_id", "shot__code", "tier", "number", "engine",
        "recipe__is_commercial", "recipe__licence", "recipe__models",
    )  # fmt: skip
    for pk, shot_id, code, tier, number, engine, is_commercial, licence, models in values:
        because = _because(models or [], is_commercial, engine, licence, sold)
        if because:
            title = f"{code} {tier} {number}"
            found.append(Restricted("picture", pk, title, shot_id, because))
    return found


def restricted_films(project: Project, pictures: Iterable[Restricted]) -> list[Restricted]:
    """Return the films of a production that hold one of the pictures, or a voice a commercial one may not use."""
    by_id = {str(picture.id): picture for picture in pictures}
    sold = _sold()
    cuts = {
        cut.pk: because
        for cut in Cut.objects.filter(episode__project=project, deliveries__isnull=False).distinct()
        if (because := cut_because(cut, by_id, sold))
    }
    rows = Delivery.objects.filter(cut__in=list(cuts)).select_related("cut__episode__project")
    return [
        Restricted(
            "film", row.pk, f"{row.cut.episode} cut {row.cut.version}", None, cuts[row.cut_id]
        )
        for row in rows
    ]


def cut_because(cut: Cut, pictures: Mapping[str, Restricted], sold: Mapping[str, bool]) -> str:
    """Return why a commercial production may not use a cut, empty where it may."""
    told = [
        pictures[pk].title for pk in cut.document.get("variants", {}).values() if pk in pictures
    ]
    voices = {VOICES.get(line.get("engine", ""), "") for line in cut.document.get("speech", ())}
    told += [f"spoken by {voice}" for voice in sorted(voices) if not sold.get(voice, True)]
    return "; ".join(told)


def ledger_lines(project: Project | None, *, today: date) -> list[LedgerLine]:
    """Return every entry with whether it is here, its end in words, and which pictures of the production it made."""
    rows = list(LedgerEntry.objects.all())
    by_id = {row.model_id: row for row in rows}
    used = _used(project) if project else {}
    return [
        LedgerLine(
            row,
            state_of(row),
            end_notice(row, by_id.get(row.next_model), today=today),
            row.ends_on is not None and row.ends_on <= today,
            tuple(used.get(row.model_id, ())),
            by_id.get(row.next_model),
        )
        for row in rows
    ]


def end_notice(row: LedgerEntry, following: LedgerEntry | None, *, today: date) -> str:
    """Return what an end within the warning time, or past, means in words; empty where there is nothing to say."""
    left = row.days_left(today)
    if left is None or left > WARN_DAYS:
        return ""
    assert row.ends_on is not None
    instead = f"{following.title} is used instead" if following else "nothing replaces it"
    if left <= 0:
        return f"withdrawn on {row.ends_on.isoformat()}; {instead}"
    days = "1 day" if left == 1 else f"{left} days"
    return f"is withdrawn in {days}, on {row.ends_on.isoformat()}; after that {instead}"


def sunset_notices(*, today: date) -> list[tuple[LedgerEntry, str]]:
    """Return the entries that are withdrawn soon, or are gone with nothing in their place, with the notice."""
    rows = {row.model_id: row for row in LedgerEntry.objects.all()}
    told = []
    for row in rows.values():
        following = rows.get(row.next_model)
        notice = end_notice(row, following, today=today)
        if notice and ((row.days_left(today) or 0) > 0 or following is None):
            told.append((row, notice))
    return told


def state_of(row: LedgerEntry) -> str:
    """Return whether its file is on this machine: present, absent, or hosted for what has none."""
    if row.is_hosted:
        return "hosted"
    entry = ModelEntry(
        id=row.model_id, title=row.title, kind=row.kind, purpose="", file_name=row.file_name,
        sha256=None, size_bytes=None, licence="", is_commercial=False, sunset=None, status="",
        sources=tuple(row.sources),
    )  # fmt: skip
    return "present" if model_path(entry, Path(settings.APEX_MODELS_ROOT)) else "absent"


def _sold() -> dict[str, bool]:
    return {row.model_id: row.may_be_sold for row in LedgerEntry.objects.all()}


def _because(
    models: list[Any],
    is_commercial: bool | None,
    engine: str,
    licence: str | None,
    sold: Mapping[str, bool],
) -> str:
    if models:
        barred = [m for m in models if not sold.get(str(m.get("id")), bool(m.get("is_commercial")))]
        return "; ".join(f"{m.get('id')}: {m.get('licence')}" for m in barred)
    return f"{engine}: {licence}" if is_commercial is False else ""


def _used(project: Project) -> dict[str, list[MadeWith]]:
    rows = Variant.objects.filter(shot__scene__episode__project=project).order_by(
        "shot__scene__number", "shot__order", "tier", "number"
    )
    found: dict[str, list[MadeWith]] = {}
    values = rows.values_list("shot_id", "shot__code", "tier", "number", "recipe__models")
    for shot_id, code, tier, number, models in values:
        for model in models or ():
            made = MadeWith(f"{code} {tier} {number}", shot_id)
            found.setdefault(str(model.get("id")), []).append(made)
    return found
