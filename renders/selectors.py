"""What pages read. A board costs the same number of queries for ten shots and for a thousand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from characters.models import Casting, Character
from projects.models import Episode, Project, Scene, Shot
from renders.bridge import shot_inputs_hash, shot_inputs_hashes
from renders.models import (
    ActorKind,
    Cut,
    Delivery,
    RenderJob,
    RenderTask,
    Review,
    Score,
    Variant,
    Verdict,
    WorkStatus,
)

OPEN = (WorkStatus.QUEUED, WorkStatus.RUNNING)


@dataclass(slots=True)
class ShotCard:
    """A shot on the board, with everything its card shows."""

    shot: Shot
    seconds: float
    cast: list[str] = field(default_factory=list)
    speaker: str = ""
    picture: UUID | None = None
    number: int = 0
    verdict: str = ""
    score: float | None = None
    is_stale: bool = False
    is_policy: bool = False
    variant_count: int = 0
    tasks_open: int = 0
    progress_percent: int = 0

    @property
    def needs_variants(self) -> bool:
        """Return whether nothing was drawn yet and nothing is on its way."""
        return not self.variant_count and not self.tasks_open


@dataclass(slots=True)
class SceneBand:
    """A scene and its shots."""

    scene: Scene
    cards: list[ShotCard] = field(default_factory=list)


@dataclass(slots=True)
class Board:
    """An episode's board in one tier."""

    episode: Episode
    tier: str
    bands: list[SceneBand]

    @property
    def cards(self) -> list[ShotCard]:
        """Return all cards in the order of the script."""
        return [card for band in self.bands for card in band.cards]

    @property
    def approved(self) -> int:
        """Return how many shots have an approved variant that is not stale."""
        return sum(card.verdict == Verdict.APPROVED and not card.is_stale for card in self.cards)

    @property
    def empty(self) -> int:
        """Return how many shots have no variant and none on its way."""
        return sum(card.needs_variants for card in self.cards)

    @property
    def undecided(self) -> int:
        """Return how many shots have variants and none approved."""
        return sum(
            bool(card.variant_count) and card.verdict != Verdict.APPROVED for card in self.cards
        )


def board(episode: Episode, *, tier: str) -> Board:
    """Return the board of an episode: all shots that are not omitted."""
    scenes = {scene.pk: SceneBand(scene) for scene in Scene.objects.filter(episode=episode)}
    shots = Shot.objects.filter(scene__episode=episode).exclude(status=Shot.Status.OMITTED)
    cards: dict[UUID, ShotCard] = {}
    rate = episode.project.rate
    for shot in shots.order_by("scene__number", "order"):
        card = ShotCard(shot, float(rate.seconds_at(shot.duration_frames)))
        cards[shot.pk] = card
        scenes[shot.scene_id].cards.append(card)
    _add_cast(episode, cards)
    _add_speakers(episode, cards)
    _add_variants(episode, tier, cards)
    _add_progress(episode, tier, cards)
    bands = sorted(scenes.values(), key=lambda band: band.scene.number)
    return Board(episode, tier, [band for band in bands if band.cards])


def _add_cast(episode: Episode, cards: dict[UUID, ShotCard]) -> None:
    castings = Casting.objects.filter(shot__scene__episode=episode).order_by("position")
    for shot_id, name in castings.values_list("shot_id", "character__name"):
        if shot_id in cards:
            cards[shot_id].cast.append(name)


def _add_speakers(episode: Episode, cards: dict[UUID, ShotCard]) -> None:
    people = Character.objects.filter(project=episode.project_id)
    names = dict(people.values_list("key", "name"))
    for card in cards.values():
        card.speaker = names.get(card.shot.speaker, card.shot.speaker.title())


def _add_variants(episode: Episode, tier: str, cards: dict[UUID, ShotCard]) -> None:
    present = shot_inputs_hashes(episode)
    rows = Variant.objects.filter(shot__scene__episode=episode, tier=tier).only(
        "shot_id", "number", "verdict", "score_total", "inputs_hash"
    )
    shown: dict[UUID, Variant] = {}
    for variant in rows:
        card = cards.get(variant.shot_id)
        if card is None:
            continue
        card.variant_count += 1
        standing = shown.get(variant.shot_id)
        if standing is None or _rank(variant) > _rank(standing):
            shown[variant.shot_id] = variant
    for shot_id, variant in shown.items():
        card = cards[shot_id]
        card.picture, card.number = variant.pk, variant.number
        card.verdict, card.score = variant.verdict, variant.score_total
        card.is_stale = variant.inputs_hash != present[shot_id]
    by_policy = policy_approved(v.pk for v in shown.values() if v.verdict == Verdict.APPROVED)
    for shot_id, variant in shown.items():
        cards[shot_id].is_policy = variant.pk in by_policy


def _rank(variant: Variant) -> tuple[bool, bool, float]:
    return (
        variant.verdict == Verdict.APPROVED,
        variant.verdict != Verdict.REJECTED,
        variant.score_total or 0.0,
    )


def policy_approved(variants: Iterable[UUID]) -> set[UUID]:
    """Return those approved variants whose newest approval was given by a policy."""
    newest: dict[UUID, str] = {}
    reviews = Review.objects.filter(variant__in=list(variants), verdict=Verdict.APPROVED)
    for variant_id, kind in reviews.order_by("created_at").values_list("variant_id", "actor_kind"):
        newest[variant_id] = kind
    return {variant_id for variant_id, kind in newest.items() if kind == ActorKind.POLICY}


def _add_progress(episode: Episode, tier: str, cards: dict[UUID, ShotCard]) -> None:
    tasks = RenderTask.objects.filter(
        job__episode=episode, status__in=OPEN, job__shot__isnull=False
    )
    shares: dict[UUID, list[float]] = {}
    for shot_id, request, done, total in tasks.values_list(
        "job__shot_id", "request", "progress_done", "progress_total"
    ):
        if shot_id in cards and request.get("tier") == tier:
            shares.setdefault(shot_id, []).append(done / total if total else 0.0)
    for shot_id, parts in shares.items():
        cards[shot_id].tasks_open = len(parts)
        cards[shot_id].progress_percent = round(100 * sum(parts) / len(parts))


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
        tasks_open=RenderTask.objects.filter(job__shot=shot, status__in=OPEN).count(),
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
