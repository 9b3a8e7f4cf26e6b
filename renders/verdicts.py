"""The state machine of a verdict as one table: who, from what, to what, on which evidence. The help page prints it."""

from __future__ import annotations

from dataclasses import dataclass

from renders.models import Verdict


@dataclass(frozen=True, slots=True)
class Transition:
    """One way a verdict may go. `right` is the right a person needs; empty where only another transition causes it."""

    act: str
    sources: tuple[Verdict, ...]
    verdict: Verdict
    right: str
    by_policy: bool
    evidence: str
    says: str
    verb: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        act="Approve",
        sources=(Verdict.WAITING, Verdict.REJECTED, Verdict.SUPERSEDED),
        verdict=Verdict.APPROVED,
        right="approve",
        by_policy=True,
        evidence="who approved, when, and the brief, look and cast it was approved on",
        says="The shot has its picture. One variant is approved at a time; the one before it is set aside.",
        verb="variant.approved",
    ),
    Transition(
        act="Reject",
        sources=(Verdict.WAITING, Verdict.APPROVED, Verdict.SUPERSEDED),
        verdict=Verdict.REJECTED,
        right="approve",
        by_policy=True,
        evidence="who rejected, when, and why: a reason is required",
        says="This variant is out. Its reason stays with it.",
        verb="variant.rejected",
    ),
    Transition(
        act="Undo",
        sources=(Verdict.APPROVED, Verdict.REJECTED),
        verdict=Verdict.WAITING,
        right="approve",
        by_policy=False,
        evidence="who took it back, and when; the verdict taken back stays on record",
        says="The variant waits for a verdict again.",
        verb="variant.reopened",
    ),
    Transition(
        act="Set aside",
        sources=(Verdict.APPROVED, Verdict.WAITING),
        verdict=Verdict.SUPERSEDED,
        right="",
        by_policy=False,
        evidence="the approval or the draft that took its place, in the same moment",
        says="Happens by itself when another variant of the shot is approved, and to a sketch when its draft is there: "
        "same brief, same camera. The draft of an approved sketch is approved by policy, with a link to that approval.",
        verb="variant.superseded",
    ),
)


def sources_of(verdict: str) -> frozenset[str]:
    """Return the verdicts that may go over to `verdict`."""
    return frozenset(
        source for row in TRANSITIONS if row.verdict == verdict for source in row.sources
    )
