"""Hop: one engine that was asked for a picture, with how long it took, what it cost and why it did not draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Hop:
    """One asking. `code` and `fault` are empty where it drew; `next_engine` is who was asked after it, itself for a
    further try, empty where that was the end. `cost_cents` is None where nobody told a price; `tries` counts askings
    in a row that ended alike.
    """

    engine: str
    next_engine: str = ""
    code: str = ""
    reason: str = ""
    fault: str = ""
    model: str = ""
    started: str = ""
    seconds: float = 0.0
    cost_cents: float | None = 0.0
    tries: int = 1

    def to_document(self) -> dict[str, Any]:
        """Return the hop as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Hop:
        """Return the hop of a document; what this version does not know is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{key: value for key, value in document.items() if key in known})


def merged(hops: Iterable[Hop]) -> list[Hop]:
    """Return hops with askings in a row that ended alike as one; its seconds run from the first to the last's end."""
    rows: list[Hop] = []
    for hop in hops:
        last = rows[-1] if rows else None
        if last and (last.engine, last.fault) == (hop.engine, hop.fault) and hop.fault:
            rows[-1] = replace(
                last,
                next_engine=hop.next_engine,
                reason=hop.reason,
                seconds=round(_between(last.started, hop.started) + hop.seconds, 3),
                tries=last.tries + hop.tries,
            )
        else:
            rows.append(hop)
    return rows


def _between(first: str, second: str) -> float:
    if not first or not second:
        return 0.0
    return (datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds()
