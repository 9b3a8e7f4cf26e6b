"""Which engine draws a tier here, and what happens when it cannot: the next one, with the hop kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from apexsite.kit.errors import InputError, NotAvailable, NotSupported, listed
from apexsite.kit.progress import Progress
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import ImageRequest, RenderedImage
from renders.models import Tier

STAND_INS: dict[str, tuple[str, ...]] = {"stage": ("storyboard",)}
"""Who draws when an engine is missing, or cannot draw what was asked: previz falls to a sketch. House choice."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One engine that did not draw: which, who was asked next, and why."""

    engine: str
    next_engine: str
    code: str
    reason: str

    def to_document(self) -> dict[str, Any]:
        """Return the hop as plain JSON values."""
        return asdict(self)


def backend_for(tier: str, *, engine: str = "") -> str:
    """Return the engine that is asked for a tier here, the one named or the first that can.

    Raises `InputError` for an engine of another tier and `NotAvailable` when none is here and none stands in.
    """
    if tier not in Tier.values:
        raise InputError(f"tier={tier!r} must be one of {listed(Tier.values)}")
    names = [name for name, backend in BACKENDS if backend.capabilities.tier == tier]
    if engine and engine not in names:
        raise InputError(
            f"engine={engine!r} does not draw {tier}; valid: {listed(names) or 'none'}"
        )
    wanting = []
    for name in [engine] if engine else names:
        available = BACKENDS.get(name).availability()
        if available.is_available or name in STAND_INS:
            return name
        wanting.append(f"{name}: {available.reason}; get it with: {available.remedy}")
    raise NotAvailable(f"no engine here draws {tier} ({' · '.join(wanting) or 'none is known'})")


def stand_in_note(tier: str) -> str:
    """Return what people are told when a tier's own engine is missing and another stands in, else nothing."""
    for name, backend in BACKENDS:
        if backend.capabilities.tier == tier and name in STAND_INS:
            found = backend.availability()
            if not found.is_available:
                return (
                    f"{found.reason}. Get it with: {found.remedy}. Until then pictures asked for here are "
                    f"{STAND_INS[name][0]} sketches, and say so"
                )
    return ""


def picture_draw(
    name: str, request: ImageRequest, progress: Progress
) -> tuple[RenderedImage, str, list[Hop]]:
    """Draw with an engine, or with its stand-in; returns the picture, who drew it, and the hops on the way.

    Only a missing engine and a sound request it cannot draw lead on; an engine that breaks is tried again by its job.
    """
    hops: list[Hop] = []
    ways = (name, *STAND_INS.get(name, ()))
    for number, way in enumerate(ways):
        try:
            return BACKENDS.get(way).render(request, progress), way, hops
        except (NotAvailable, NotSupported) as err:
            if number + 1 == len(ways):
                raise
            hops.append(Hop(way, ways[number + 1], err.code, err.message))
    raise NotAvailable(f"nobody draws for {name!r}")
