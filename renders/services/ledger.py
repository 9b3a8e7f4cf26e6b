"""What a production may draw and speak with: licences of commercial ones, and models that are withdrawn or will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from apexsite.kit.errors import InputError, LicenceRefused, ModelGone, listed
from projects.models import Project
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.options import PictureOptions
from renders.engine.sound.speakers import Choice
from renders.models import Cut, LedgerEntry
from renders.readings.licences import VOICES, restricted_pictures
from renders.services.drawswith import require_drawn_with
from renders.services.engines import Hop
from renders.services.speech import voice_choice

MOST_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class Permit:
    """What a picture may be made with: the options as they hold today, the hops to get there, the models for its recipe."""

    options: PictureOptions
    hops: tuple[Hop, ...] = ()
    models: tuple[dict[str, Any], ...] = ()


def entry_of(model_id: str) -> LedgerEntry:
    """Return an entry; raises `InputError` that lists the known ids."""
    found = LedgerEntry.objects.filter(model_id=model_id).first()
    if found is None:
        known = LedgerEntry.objects.values_list("model_id", flat=True)
        raise InputError(
            f"model={model_id!r} is not in the ledger; valid: {listed(known)}. A site adds its own in the "
            "administration, under ledger entries"
        )
    return found


def model_resolve(
    project: Project, model_id: str, *, today: date | None = None
) -> tuple[LedgerEntry, list[Hop]]:
    """Return the entry that is really used where a model is asked for, and the hops from withdrawn ones to it.

    Raises `InputError` for an unknown id, `ModelGone` for a withdrawn one that nothing replaces, and `LicenceRefused`
    where the production is commercial and the licence is not.
    """
    today = today or timezone.localdate()
    entry, hops, seen = entry_of(model_id), [], {model_id}
    while entry.ends_on is not None and entry.ends_on <= today:
        gone = f"{entry.title} ({entry.model_id}) was withdrawn on {entry.ends_on.isoformat()}"
        if not entry.next_model:
            raise ModelGone(
                f"{gone}, and the ledger knows nothing that replaces it", replacement=""
            )
        if entry.next_model in seen:
            raise ModelGone(f"{gone}; its replacements lead back to it", replacement="")
        following = entry_of(entry.next_model)
        hops.append(
            Hop(
                entry.model_id,
                following.model_id,
                "gone",
                f"{gone}; {following.title} ({following.model_id}) is used instead",
            )
        )
        seen.add(following.model_id)
        entry = following
    if project.is_commercial and not entry.may_be_sold:
        raise LicenceRefused(_refusal(project, entry, today), model=entry.model_id)
    return entry, hops


def alternatives(entry: LedgerEntry, *, today: date) -> list[LedgerEntry]:
    """Return entries for the same work that a commercial production may use, the likest first."""
    rows = LedgerEntry.objects.filter(kind=entry.kind).exclude(pk=entry.pk)
    if entry.kind in ("lora", "vae", "adapter"):
        rows = rows.filter(base=entry.base)
    usable = [
        row
        for row in rows
        if row.may_be_sold
        and not (row.ends_on and row.ends_on <= today)
        and not (entry.kind == "voice" and row.base)
    ]
    engines = set(entry.used_by)

    def unlikeness(row: LedgerEntry) -> tuple[bool, bool, bool, str]:
        """Another maker, hosted or not, another engine: each is a step further from what was asked for."""
        other = row.vendor != entry.vendor
        return other, row.is_hosted != entry.is_hosted, not engines & set(row.used_by), row.model_id

    return sorted(usable, key=unlikeness)[:MOST_ALTERNATIVES]


def picture_permit(
    *, project: Project, engine: str, options: PictureOptions, today: date | None = None
) -> Permit:
    """Return what a picture may be made with by an engine; asked when it is asked for, and again when it is drawn.

    Raises what `model_resolve` raises, `LicenceRefused` for an engine of another licence, and `InputError` for a model or
    a LoRA the engine does not draw with, or one made for another base.
    """
    capabilities = BACKENDS.get(engine).capabilities
    wanted = options.model or capabilities.model_id
    # A model of the site's own on this machine gives way to the one named; what a vendor's place draws with does not.
    is_own = not capabilities.model_id and (capabilities.needs_network or not wanted)
    if project.is_commercial and is_own and not capabilities.is_commercial:
        raise LicenceRefused(_engine_refusal(project, engine), engine=engine)
    models: list[LedgerEntry] = []
    hops: list[Hop] = []
    if wanted:
        entry, passed = model_resolve(project, wanted, today=today)
        require_drawn_with(engine, entry, as_kind="model")
        models.append(entry)
        hops += passed
        if passed:
            options = replace(options, model=entry.model_id)
    if options.loras:
        uses = []
        for use in options.loras:
            entry, passed = model_resolve(project, use.model, today=today)
            require_drawn_with(engine, entry, as_kind="lora")
            _check_base(entry, models[0] if wanted else None)
            uses.append(replace(use, model=entry.model_id))
            models.append(entry)
            hops += passed
        options = replace(options, loras=tuple(uses))
    return Permit(options, tuple(hops), tuple(_told(entry) for entry in models))


def voice_for(project: Project) -> Choice:
    """Return who speaks for a production on this machine; raises what `model_resolve` raises."""
    choice = voice_choice()
    voice_permit(project, [choice.engine])
    return choice


def voice_permit(project: Project, engines: Sequence[str]) -> None:
    """Raise `LicenceRefused` where a commercial production would speak with a voice it may not; recordings always may."""
    for engine in dict.fromkeys(engines):
        if engine in VOICES:
            model_resolve(project, VOICES[engine])


def film_permit(cut: Cut) -> None:
    """Raise `LicenceRefused` where a commercial production's film holds a picture or a voice it may not use."""
    project = cut.episode.project
    if not project.is_commercial:
        return
    voice_permit(project, [str(line.get("engine", "")) for line in cut.document.get("speech", ())])
    barred = restricted_pictures(project, cut.document.get("variants", {}).values())
    if barred:
        raise LicenceRefused(
            f"{project.name} is commercial, and cut {cut.version} holds pictures it may not use: "
            + "; ".join(f"{one.title} ({one.because})" for one in barred)
            + ". Approve others and build the cut again",
            variants=[str(one.id) for one in barred],
        )


def _check_base(lora: LedgerEntry, model: LedgerEntry | None) -> None:
    if model is not None and lora.base and lora.base not in (model.model_id, model.base):
        raise InputError(
            f"LoRA {lora.model_id} is made for {lora.base}; {model.model_id} is "
            + (f"made from {model.base}" if model.base else "of another kind")
        )


def _told(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "id": entry.model_id,
        "revision": entry.revision or None,
        "sha256": entry.sha256 or None,
        "licence": entry.licence,
        "is_commercial": entry.may_be_sold,
    }


def _refusal(project: Project, entry: LedgerEntry, today: date) -> str:
    others = alternatives(entry, today=today)
    instead = listed(f"{row.title} ({row.model_id}, {row.licence})" for row in others)
    return (
        f"{entry.title} ({entry.model_id}) may not be used in {project.name}, which is commercial: "
        f"its licence is {entry.licence}. "
        + (
            f"May be used instead: {instead}"
            if others
            else "The ledger knows nothing to use instead"
        )
    )


def _engine_refusal(project: Project, engine: str) -> str:
    asked = BACKENDS.get(engine).capabilities
    others = [
        f"{backend.capabilities.title} ({name})"
        for name, backend in BACKENDS
        if backend.capabilities.is_commercial and backend.capabilities.tier == asked.tier
    ]
    return (
        f"{asked.title} ({engine}) may not draw for {project.name}, which is commercial: its licence is "
        f"{asked.licence}. May draw instead: {listed(others) or 'nobody here'}"
    )
