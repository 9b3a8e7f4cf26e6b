"""What pages read: home, review room, cut, jobs. The board is read in `renders/readings`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from characters.models import Casting
from projects.models import Episode, Project, Shot
from renders.bridge import shot_inputs_hash
from renders.models import (
    ActorKind,
    Cut,
    Delivery,
    JobKind,
    RenderJob,
    RenderTask,
    Review,
    Score,
    Variant,
    Verdict,
    WorkStatus,
)

OPEN = (WorkStatus.QUEUED, WorkStatus.RUNNING)


def _rank(variant: Variant) -> tuple[bool, bool, bool, float]:
    return (
        variant.verdict == Verdict.APPROVED,
        variant.verdict != Verdict.REJECTED,
        variant.quality != "sketch",
        variant.score_total or 0.0,
    )


def policy_approved(variants: Iterable[UUID]) -> set[UUID]:
    """Return those approved variants whose newest approval was given by a policy."""
    newest: dict[UUID, str] = {}
    reviews = Review.objects.filter(variant__in=list(variants), verdict=Verdict.APPROVED)
    for variant_id, kind in reviews.order_by("created_at").values_list("variant_id", "actor_kind"):
        newest[variant_id] = kind
    return {variant_id for variant_id, kind in newest.items() if kind == ActorKind.POLICY}


@dataclass(slots=True)
class ReviewRoom:
    """Everything the review room shows of one shot."""

    shot: Shot
    tier: str
    variants: list[Variant]
    chosen: Variant | None
    against: Variant | None
    scores: list[Score]
    reviews: list[Review]
    policy: set[UUID]
    stale: set[UUID]
    previous: Shot | None
    following: Shot | None
    cast: list[str]
    tasks_open: int


def review_room(
    shot: Shot, *, tier: str, number: int | None = None, against: int | None = None
) -> ReviewRoom:
    """Return the review room of a shot with one variant chosen: the one named, else approved, else best.

    Held against it is the one named `against`, else of the others the approved or best one.
    """
    variants = list(Variant.objects.filter(shot=shot, tier=tier).select_related("media"))
    for variant in variants:
        variant.shot = shot
    chosen = next((v for v in variants if v.number == number), None)
    if chosen is None and variants:
        chosen = max(variants, key=_rank)
    others = [v for v in variants if v is not chosen]
    other = next((v for v in others if v.number == against), None)
    present = shot_inputs_hash(shot)
    shots = list(
        Shot.objects.filter(scene__episode=shot.scene.episode)
        .exclude(status=Shot.Status.OMITTED)
        .order_by("scene__number", "order")
    )
    at = next((i for i, other in enumerate(shots) if other.pk == shot.pk), 0)
    return ReviewRoom(
        shot=shot,
        tier=tier,
        variants=variants,
        chosen=chosen,
        against=other or max(others, key=_rank, default=None),
        scores=list(chosen.scores.all()) if chosen else [],
        reviews=list(
            Review.objects.filter(variant__shot=shot).select_related("variant", "actor")[:12]
        ),
        policy=policy_approved(v.pk for v in variants if v.verdict == Verdict.APPROVED),
        stale={v.pk for v in variants if v.inputs_hash != present},
        previous=shots[at - 1] if at > 0 else None,
        following=shots[at + 1] if at + 1 < len(shots) else None,
        cast=list(
            Casting.objects.filter(shot=shot)
            .order_by("position")
            .values_list("character__name", flat=True)
        ),
        tasks_open=RenderTask.objects.filter(job__shot=shot, status__in=OPEN)
        .exclude(job__kind=JobKind.RERENDER)
        .count(),
    )


@dataclass(slots=True)
class ProjectRow:
    """A project on the home page."""

    project: Project
    shots: int
    approved: int
    waiting: int
    running: int
    poster: UUID | None

    @property
    def percent(self) -> int:
        """Return how much of the project is approved."""
        return round(100 * self.approved / self.shots) if self.shots else 0


def project_rows(projects: QuerySet[Project]) -> list[ProjectRow]:
    """Return projects with their counts and a still, in a fixed number of queries."""
    in_cut = ~Q(episodes__scenes__shots__status=Shot.Status.OMITTED)
    found = list(
        projects.annotate(
            shots=Count("episodes__scenes__shots", filter=in_cut, distinct=True),
        )
    )
    ids = [project.pk for project in found]
    # Keyed by shot: a shot approved in two tiers is one shot approved.
    approved: dict[UUID, dict[UUID, UUID]] = {}
    for project_id, shot_id, variant_id in (
        Variant.objects.filter(shot__scene__episode__project__in=ids, verdict=Verdict.APPROVED)
        .exclude(shot__status=Shot.Status.OMITTED)
        .order_by("-score_total")
        .values_list("shot__scene__episode__project_id", "shot_id", "pk")
    ):
        approved.setdefault(project_id, {}).setdefault(shot_id, variant_id)
    waiting = _shots_waiting(ids)
    running = dict(
        RenderJob.objects.filter(project__in=ids, status__in=OPEN)
        .values_list("project_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [
        ProjectRow(
            project=project,
            shots=project.shots,
            approved=len(approved.get(project.pk, {})),
            waiting=waiting.get(project.pk, 0),
            running=running.get(project.pk, 0),
            poster=next(iter(approved.get(project.pk, {}).values()), None),
        )
        for project in found
    ]


def _shots_waiting(projects: list[UUID]) -> dict[UUID, int]:
    """Return for each project how many shots have a variant that waits and none approved."""
    variants = Variant.objects.filter(shot=OuterRef("pk"))
    shots = Shot.objects.filter(
        Exists(variants.filter(verdict=Verdict.WAITING)),
        ~Exists(variants.filter(verdict=Verdict.APPROVED)),
        scene__episode__project__in=projects,
    ).exclude(status=Shot.Status.OMITTED)
    counted = shots.values_list("scene__episode__project_id").annotate(count=Count("pk"))
    return dict(counted.order_by())


def newest_cut(episode: Episode, *, tier: str) -> Cut | None:
    """Return the newest cut of an episode in a tier."""
    return Cut.objects.filter(episode=episode, tier=tier).order_by("-version").first()


def deliveries_of(episode: Episode, *, tier: str) -> list[Delivery]:
    """Return the finished films of an episode in a tier, newest first."""
    return list(
        Delivery.objects.filter(cut__episode=episode, cut__tier=tier).select_related(
            "cut__episode", "film", "contact_sheet", "poster"
        )
    )
