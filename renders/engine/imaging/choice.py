"""Who is asked for a picture, and who after whom: rules over capabilities and faults, without rows and clocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from projects.engine.fallback import Fallback
from renders.engine.imaging.base import Capabilities
from renders.engine.imaging.receipt import Hop

FALLS_AT_ONCE = ("gone", "quota", "oom", "not_available", "not_supported")
FALLS_AFTER_TRIES = ("rate", "transient", "unknown")
COLD = "cold"
"""Which faults another engine may mend. auth and invalid are mended by a person, and a refusal of what is shown
(content_blocked) is never asked of another vendor: that would be shopping for a laxer rule."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a picture wants of its engine."""

    references: int = 0
    exact_seed: bool = False
    pixels: int = 0
    negative: bool = False
    start: bool = False


def misfits(capabilities: Capabilities, need: Need) -> tuple[str, ...]:
    """Return in words what an engine cannot do of what is wanted."""
    told = []
    if need.references > capabilities.most_references:
        told.append(f"takes {capabilities.most_references} of {need.references} references")
    if need.start and not capabilities.takes_start:
        told.append("cannot start from a picture")
    if need.exact_seed and capabilities.seed != "exact":
        told.append("cannot promise the same picture for the same seed")
    if need.pixels > capabilities.most_pixels:
        told.append("draws smaller and is enlarged")
    if need.negative and not capabilities.takes_negative and capabilities.dialect != "fields":
        told.append("takes no words of what to leave out")
    return tuple(told)


def in_order(
    engines: Iterable[Capabilities], *, preferred: Sequence[str], need: Need
) -> list[Capabilities]:
    """Return engines as they are asked: fewest misfits first, then as the production prefers, then as they are listed."""
    places = {name: place for place, name in enumerate(preferred)}
    return sorted(
        engines, key=lambda one: (len(misfits(one, need)), places.get(one.name, len(places)))
    )


def may_follow(policy: Fallback, following: Capabilities) -> bool:
    """Say whether a production lets an engine take over."""
    if policy is Fallback.NONE:
        return False
    return policy is Fallback.ANY or not following.needs_network


def after_fault(
    fault: str,
    hops: Sequence[Hop],
    *,
    engine: str,
    tries: int,
    cold_seconds_left: float,
    can_wait: bool = True,
) -> str:
    """Return what follows a fault: `again`, `next` or `stop`. `hops` are the askings before this one.

    `can_wait` is false where the vendor asks for a longer wait than anybody would sit through.
    """
    if fault == COLD:
        return "again" if cold_seconds_left > 0 else "next"
    if fault in FALLS_AFTER_TRIES:
        tried = sum(hop.tries for hop in hops if hop.engine == engine and hop.fault != COLD)
        return "again" if can_wait and tried + 1 < tries else "next"
    return "next" if fault in FALLS_AT_ONCE else "stop"
