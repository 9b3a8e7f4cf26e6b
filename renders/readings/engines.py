"""Engines as people choose among them: what each can, what it costs, whether it is here and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from projects.models import Project
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import Capabilities
from renders.engine.imaging.upload import UPLOAD
from renders.models import Tier
from renders.readings.receipts import cost_words
from renders.services.engines import engine_availability, engines_of, policy_of

SEED_WORDS = {
    "exact": "same seed, same picture",
    "best_effort": "same seed, alike",
    "none": "no seed",
}


@dataclass(frozen=True, slots=True)
class EngineRow:
    """One engine of a list; `place` is its place in the project's wish, 0 for none."""

    name: str
    title: str
    tier: str
    tier_label: str
    draws: tuple[str, ...]
    cost: str
    cost_cents: int
    seed: str
    most_references: int
    needs_network: bool
    licence: str
    is_commercial: bool
    watermark: str
    model_id: str
    is_available: bool
    reason: str
    remedy: str
    place: int = 0

    @property
    def label(self) -> str:
        """Return the name with what a chooser must know."""
        return " · ".join(part for part in (self.title, self.cost, SEED_WORDS[self.seed]) if part)


def engine_rows(project: Project) -> list[EngineRow]:
    """Return all engines, tier by tier in the order they are asked, and one's own pictures last."""
    order = policy_of(project).order
    names = [name for tier in Tier.values for name in engines_of(tier, order=order)]
    places = {name: place for place, name in enumerate(order, start=1)}
    rows = [_row(BACKENDS.get(name).capabilities, places.get(name, 0)) for name in names]
    return [*rows, _row(UPLOAD, 0)]


def engine_choices(project: Project, tier: str) -> list[EngineRow]:
    """Return the engines one may choose among for a tier, none where there is no choice."""
    names = engines_of(tier, order=policy_of(project).order)
    return [_row(BACKENDS.get(name).capabilities, 0) for name in names] if len(names) > 1 else []


def _row(can: Capabilities, place: int) -> EngineRow:
    found = engine_availability(can.name) if can.name in BACKENDS else None
    return EngineRow(
        name=can.name,
        title=can.title,
        tier=can.tier,
        tier_label=Tier(can.tier).label if can.tier in Tier.values else "any",
        draws=_draws(can),
        cost=_cost(can),
        cost_cents=can.cost_cents,
        seed=can.seed,
        most_references=can.most_references,
        needs_network=can.needs_network,
        licence=can.licence,
        is_commercial=can.is_commercial,
        watermark=can.watermark,
        model_id=can.model_id,
        is_available=found.is_available if found else True,
        reason=found.reason if found else "",
        remedy=found.remedy if found else "",
        place=place,
    )


def _cost(can: Capabilities) -> str:
    if can.cost_cents:
        return f"{cost_words(can.cost_cents)} and up"
    return "as your endpoint is billed" if can.needs_network else ""


def _draws(can: Capabilities) -> tuple[str, ...]:
    told = ["asked over the network" if can.needs_network else "on this machine"]
    if can.name in BACKENDS:
        told.append(SEED_WORDS[can.seed])
    if can.most_references:
        told.append(f"looks at {can.most_references} pictures")
    if can.takes_negative:
        told.append("takes words of what to leave out")
    if can.watermark:
        told.append(f"marks its pictures with {can.watermark}")
    return tuple(told)
