"""Receipts in words: who drew a picture, how long it took, what it cost, and who was asked before; costs added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, F, Q, Sum

from projects.models import Episode, Project, Shot
from renders.engine.imaging.receipt import Hop, merged
from renders.models import Attempt, WorkStatus

FAULT_WORDS = {
    "auth": "did not take the key",
    "quota": "had its quota used up",
    "rate": "was too busy",
    "cold": "was cold",
    "content_blocked": "refused the content",
    "invalid": "called the request wrong",
    "oom": "ran out of memory",
    "transient": "broke",
    "gone": "was withdrawn",
    "not_available": "was not there",
    "not_supported": "cannot draw this",
    "unknown": "failed",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """One asking that no picture came of: whom, when, how it ended, in the vendor's words."""

    engine: str
    ended: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EngineCost:
    """What an engine drew and what that cost, in US cents; `failed` are askings in vain."""

    engine: str
    drawn: int
    failed: int
    cents: float

    @property
    def words(self) -> str:
        """Return the cost as people read it."""
        return cost_words(self.cents)


def cost_words(cents: float | None) -> str:
    """Return a cost as people read it.

    >>> [cost_words(c) for c in (None, 0, 3.9, 6.0, 1234)]
    ['price not told', 'no charge', '3.9 ct', '6 ct', '$12.34']
    """
    if cents is None:
        return "price not told"
    if not cents:
        return "no charge"
    return f"${cents / 100:.2f}" if cents >= 100 else f"{cents:.1f}".removesuffix(".0") + " ct"


def seconds_words(seconds: float) -> str:
    """Return a time as people read it: `4.1 s`, `300 s`, `12 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 600 else f"{seconds / 60:.0f} min"


def receipt_sentence(recipe: Mapping[str, Any]) -> str:
    """Return who drew a picture and who did not: "drawn by …, 4.1 s, 3.9 ct; before: …"; nothing for a brought one."""
    document = recipe.get("receipt")
    if not document:
        return ""
    receipt = Hop.from_document(document)
    parts = [f"drawn by {_name(receipt)}", seconds_words(receipt.seconds)]
    if receipt.cost_cents != 0:
        parts.append(cost_words(receipt.cost_cents))
    before = [ended_words(hop) for hop in map(Hop.from_document, recipe.get("hops", ()))]
    told = f"; before: {', '.join(before)}" if before else ""
    return f"{', '.join(parts)}{told}"


def ended_words(hop: Hop) -> str:
    """Return how an asking ended, such as "hf_endpoint was cold for 300 s" or "gemini broke 3 times"."""
    ended = FAULT_WORDS.get(hop.fault or hop.code, "failed")
    if hop.fault == "cold":
        ended += f" for {seconds_words(hop.seconds)}"
    elif hop.tries > 1:
        ended += f" {hop.tries} times"
    return f"{hop.engine} {ended}"


def asked_in_vain(shot: Shot, *, tier: str, most: int = 3) -> list[Asking]:
    """Return the last askings of a shot that failed for good, the newest first."""
    attempts = Attempt.objects.filter(
        task__job__shot=shot,
        task__status=WorkStatus.FAILED,
        task__request__tier=tier,
        status=WorkStatus.FAILED,
        fence=F("task__fence"),
    ).exclude(engine="")
    return [_asking(attempt) for attempt in attempts.order_by("-created_at")[:most]]


def vain_of_project(project: Project, *, most: int = 10) -> list[Asking]:
    """Return a project's last askings that failed for good."""
    attempts = Attempt.objects.filter(
        task__job__project=project, status=WorkStatus.FAILED, fence=F("task__fence")
    ).exclude(engine="")
    return [_asking(attempt) for attempt in attempts.order_by("-created_at")[:most]]


def costs_of(project: Project) -> list[EngineCost]:
    """Return what each engine drew for a project and what it cost, the dearest first."""
    rows = (
        Attempt.objects.filter(task__job__project=project)
        .exclude(engine="")
        .order_by()
        .values("engine")
        .annotate(
            drawn=Count("pk", filter=Q(status=WorkStatus.DONE)),
            failed=Count("pk", filter=Q(status=WorkStatus.FAILED) & ~Q(fault="cold")),
            cents=Sum("cost_cents"),
        )
    )
    costs = [EngineCost(row["engine"], row["drawn"], row["failed"], row["cents"]) for row in rows]
    return sorted(costs, key=lambda cost: (-cost.cents, -cost.drawn, cost.engine))


def spent_words(episode: Episode) -> str:
    """Return what an episode's pictures cost so far in words, nothing where they cost nothing."""
    spent = Attempt.objects.filter(task__job__episode=episode, cost_cents__gt=0)
    cents = spent.order_by().aggregate(cents=Sum("cost_cents"))["cents"]
    return f"{cost_words(cents)} spent on pictures" if cents else ""


def _asking(attempt: Attempt) -> Asking:
    hops = merged(map(Hop.from_document, attempt.receipt))
    ended = ", then ".join(ended_words(hop) for hop in hops) or f"{attempt.engine} failed"
    return Asking(
        attempt.engine, ended, hops[-1].reason if hops else attempt.error, attempt.created_at
    )


def _name(receipt: Hop) -> str:
    if receipt.model.startswith(("http://", "https://")):
        return f"{receipt.engine} at {urlsplit(receipt.model).hostname}"
    return receipt.model or receipt.engine
