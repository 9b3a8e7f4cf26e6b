"""How far people's approvals and the score agree in a project: counted, over time, by criterion, with the reasons of rejections."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import QuerySet

from projects.models import Project
from renders.engine.lessons import REASONS
from renders.engine.scoring.agreement import ENOUGH, Share, by_chance, running, wilson
from renders.engine.scoring.card import WEIGHTS
from renders.engine.scoring.reweigh import Proposal, reweighed
from renders.models import ActorKind, Pick, Review, Verdict

MOST_PICKS = 500
"""The newest choices that are read. House choice: weights learnt from more change no more."""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion: how often the approved variant was its best, its weight, and the weight proposed."""

    name: str
    share: Share
    weight: float
    proposed: float | None


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason of rejections and how often it was given."""

    key: str
    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """All of it for a page or a program."""

    share: Share
    chance: float
    course: list[Share]
    criteria: list[CriterionLine]
    proposal: Proposal | None
    picks: list[Pick] = field(default_factory=list)
    reasons: list[ReasonLine] = field(default_factory=list)
    rejected: int = 0

    @property
    def is_enough(self) -> bool:
        """Say whether there are enough choices to read anything from the share."""
        return self.share.count >= ENOUGH

    @property
    def missing(self) -> int:
        """Return how many choices are missing until then."""
        return max(0, ENOUGH - self.share.count)


def picks_of(project: Project) -> QuerySet[Pick]:
    """Return the choices that count, newest first."""
    picks = Pick.objects.filter(project=project, is_taken_back=False)
    return picks.select_related("variant__shot", "machine", "review__actor").order_by(
        "-created_at", "-pk"
    )


def agreement_of(project: Project) -> Agreement:
    """Return how far people and the score agree in a project."""
    picks = list(picks_of(project)[:MOST_PICKS])[::-1]
    answers = [pick.is_agreed for pick in picks]
    share = wilson(sum(answers), len(answers))
    proposal = reweighed([pick.values for pick in picks]) if len(picks) >= ENOUGH else None
    reasons, rejected = _reasons(project)
    return Agreement(
        share=share,
        chance=by_chance([pick.waiting for pick in picks]),
        course=running(answers),
        criteria=_criteria(picks, proposal),
        proposal=proposal,
        picks=picks[::-1],
        reasons=reasons,
        rejected=rejected,
    )


def _criteria(picks: list[Pick], proposal: Proposal | None) -> list[CriterionLine]:
    lines = []
    for name, weight in WEIGHTS.items():
        told = [pick.criteria[name] for pick in picks if name in pick.criteria]
        proposed = proposal.weights[name] if proposal else None
        lines.append(CriterionLine(name, wilson(sum(told), len(told)), weight, proposed))
    return sorted(lines, key=lambda line: -line.share.value)


def _reasons(project: Project) -> tuple[list[ReasonLine], int]:
    """Return the reasons people reject for, most frequent first, and how many rejections there are."""
    reviews = Review.objects.filter(
        variant__shot__scene__episode__project=project,
        verdict=Verdict.REJECTED,
        actor_kind=ActorKind.PERSON,
    )
    given = list(reviews.order_by("-created_at").values_list("reasons", flat=True)[:MOST_PICKS])
    counts = Counter(key for keys in given for key in keys if key in REASONS)
    most = max(counts.values(), default=1)
    lines = [
        ReasonLine(key, REASONS[key].label, count, count / most)
        for key, count in counts.most_common()
    ]
    return lines, len(given)
