"""Which models and LoRAs of the ledger an engine draws with: one it does not open would be named, and another drawn with."""

from __future__ import annotations

from apexsite.kit.errors import InputError, listed
from renders.engine.imaging import BACKENDS
from renders.models import LedgerEntry

KINDS = {"model": ("model", "lora"), "lora": ("lora",)}
"""What may be named as a picture's model, and as a LoRA of it: a LoRA over its base is a model of its own."""
ALSO = {"sdxl": ("flux",)}
"""Names under which the ledger knows what an engine opens besides its own."""


def require_drawn_with(engine: str, entry: LedgerEntry, *, as_kind: str) -> None:
    """Raise `InputError` naming the valid ones where an engine does not draw with an entry; `as_kind` is model or lora."""
    backend = BACKENDS.get(engine).capabilities
    if as_kind == "model" and entry.model_id == backend.model_id:
        return
    is_taken = not (as_kind == "lora" and backend.needs_network)
    if is_taken and entry.kind in KINDS[as_kind] and _is_opened(engine, entry):
        return
    rows = (
        LedgerEntry.objects.filter(kind__in=KINDS[as_kind]).order_by("model_id") if is_taken else ()
    )
    valid = listed(row.model_id for row in rows if _is_opened(engine, row))
    raise InputError(
        f"{as_kind}={entry.model_id!r} is nothing {backend.title} ({engine}) draws with; valid: "
        f"{valid or 'none, leave it empty'}"
    )


def _is_opened(engine: str, entry: LedgerEntry) -> bool:
    """Say whether an engine opens an entry; a site's own that names no engine goes with the model it is made for."""
    used_by = list(entry.used_by)
    if not used_by and entry.base and not entry.is_builtin and not entry.is_hosted:
        base = LedgerEntry.objects.filter(model_id=entry.base).first()
        used_by = list(base.used_by) if base else []
    return bool({engine, *ALSO.get(engine, ())} & set(used_by))
