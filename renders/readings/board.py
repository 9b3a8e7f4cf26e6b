"""The board of an episode, a window of shots at a time. Ten shots and ten thousand cost the same number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from apexsite.kit.errors import InputError
from characters.models import Casting
from projects.models import Episode, Shot
from renders.models import ActorKind, RenderTask, Review, Variant, Verdict
from renders.readings.cards import ShotCard, cards_of
from renders.readings.filterline import FilterLine, Term
from renders.readings.quick import counted
from renders.selectors import OPEN

WINDOW = 100
"""Cards of one page; house choice: five screens, and a first paint that does not depend on the film's length."""
STALE = ("flag", "stale")


@dataclass(slots=True)
class SceneBand:
    """A scene and those of its shots that are in the window; `is_continued` when earlier ones are not.

    `markup` is the page's to fill: the cards drawn.
    """

    first: ShotCard
    is_continued: bool
    cards: list[ShotCard] = field(default_factory=list)
    markup: str = ""


@dataclass(slots=True)
class Window:
    """Some cards in order, where they stand in what was asked for, and where the next window begins."""

    bands: list[SceneBand]
    found: int
    shown: int
    is_first: bool
    following: str
    remaining: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The episode in one tier, in four numbers and a length."""

    shots: int
    frames: int
    approved: int
    undecided: int
    empty: int
    last_scene: int


def shots_in(episode: Episode) -> QuerySet[Shot]:
    """Return the shots of an episode that are in the cut."""
    return Shot.objects.filter(scene__episode=episode).exclude(status=Shot.Status.OMITTED)


def cards_in(episode: Episode, *, tier: str) -> list[ShotCard]:
    """Return all cards of an episode; for the cut, which needs them all."""
    return cards_of(episode, shots_in(episode), tier=tier)


def totals(episode: Episode, *, tier: str) -> Totals:
    """Return what the board's first line says."""
    shots, frames, last_scene, drawn, approved = counted(episode, tier=tier)
    empty = shots - drawn
    if empty:
        empty = shots_in(episode).filter(_status("empty", tier)).count()
    return Totals(shots, frames, approved, drawn - approved, empty, last_scene)


def window(
    episode: Episode,
    *,
    tier: str,
    line: FilterLine,
    names: dict[str, str],
    after: str = "",
    size: int = WINDOW,
    found: int | None = None,
) -> Window:
    """Return the cards that follow `after` (the `following` of the window before; empty for the first).

    `found` saves a query when the caller knows how many shots fit.
    """
    shots = filtered(episode, line, tier=tier)
    place = _place(after)
    wanted = {not term.is_not for term in line.terms if (term.kind, term.value) == STALE}
    if wanted:
        # Stale is a comparison, not a column: all that else fits is read, then compared.
        cards = cards_of(episode, shots, tier=tier, names=names)
        cards = [card for card in cards if wanted == {card.is_stale}]
        rest = [card for card in cards if _key(card) > place]
        return _windowed(rest[:size], len(cards), len(rest), after)
    found = shots.count() if found is None else found
    rest_of = shots.filter(_beyond(place)) if after else shots
    left = rest_of.count() if after else found
    shown = cards_of(episode, rest_of, tier=tier, names=names, most=size)
    return _windowed(shown, found, left, after)


def filtered(episode: Episode, line: FilterLine, *, tier: str) -> QuerySet[Shot]:
    """Return the shots that fit a filter line, all but its word "stale"."""
    shots = shots_in(episode)
    for kind in ("scene", "status", "size", "cast", "code"):
        wanted = line.of(kind)
        if wanted:
            either = Q()
            for term in wanted:
                either |= _condition(term, tier)
            shots = shots.filter(either)
        for term in line.of(kind, is_not=True):
            shots = shots.exclude(_condition(term, tier))
    for term in line.terms:
        if term.kind == "words" or (term.kind == "flag" and term.value == "policy"):
            condition = _condition(term, tier)
            shots = shots.exclude(condition) if term.is_not else shots.filter(condition)
    return shots


def _condition(term: Term, tier: str) -> Q:
    if term.kind == "scene":
        return Q(scene__number__gte=term.first, scene__number__lte=term.last)
    if term.kind == "size":
        return Q(size=term.value)
    if term.kind == "code":
        return Q(code__icontains=term.value)
    if term.kind == "cast":
        return Q(Exists(Casting.objects.filter(shot=OuterRef("pk"), character__key=term.value)))
    if term.kind == "words":
        return (
            Q(action__icontains=term.value)
            | Q(dialogue__icontains=term.value)
            | Q(prop__icontains=term.value)
            | Q(scene__heading__icontains=term.value)
            | Q(code__icontains=term.value)
        )
    return _by_policy(tier) if term.kind == "flag" else _status(term.value, tier)


def _status(status: str, tier: str) -> Q:
    variants = Variant.objects.filter(shot=OuterRef("pk"), tier=tier)
    approved = Q(Exists(variants.filter(verdict=Verdict.APPROVED)))
    open_ones = Q(Exists(variants.exclude(verdict__in=(Verdict.APPROVED, Verdict.REJECTED))))
    drawing = Q(Exists(_open_tasks(tier)))
    return {
        "approved": approved,
        "waiting": ~approved & open_ones,
        "rejected": ~approved & ~open_ones & Q(Exists(variants)),
        "empty": ~Q(Exists(variants)) & ~drawing,
        "drawing": drawing,
        "retake": Q(status=Shot.Status.RETAKE),
    }[status]


def _by_policy(tier: str) -> Q:
    newest = (
        Review.objects.filter(
            variant__shot=OuterRef(OuterRef("pk")),
            variant__tier=tier,
            variant__verdict=Verdict.APPROVED,
            verdict=Verdict.APPROVED,
        )
        .order_by("-created_at")
        .values("pk")[:1]
    )
    by_policy = Review.objects.filter(pk=Subquery(newest), actor_kind=ActorKind.POLICY)
    return Q(Exists(by_policy))


def _open_tasks(tier: str) -> QuerySet[RenderTask]:
    return RenderTask.objects.filter(job__shot=OuterRef("pk"), status__in=OPEN, request__tier=tier)


def _key(card: ShotCard) -> tuple[int, int, str]:
    return card.scene_number, card.order, card.pk.hex


def _place(after: str) -> tuple[int, int, str]:
    """Return where a window begins; raises `InputError` for what no window gave out."""
    if not after:
        return (-1, -1, "")
    try:
        number, order, pk = after.split(".")
        return int(number), int(order), UUID(pk).hex
    except ValueError:
        raise InputError(
            f"after={after[:60]!r} is no place on the board; open the board again from its start"
        ) from None


def _beyond(place: tuple[int, int, str]) -> Q:
    number, order, pk = place
    here = Q(scene__number=number)
    return (
        Q(scene__number__gt=number)
        | (here & Q(order__gt=order))
        | (here & Q(order=order, pk__gt=UUID(pk)))
    )


def _windowed(cards: list[ShotCard], found: int, left: int, after: str) -> Window:
    bands: list[SceneBand] = []
    came_from = _place(after)[0]
    for card in cards:
        if not bands or bands[-1].first.scene_id != card.scene_id:
            is_continued = not bands and card.scene_number == came_from
            bands.append(SceneBand(card, is_continued))
        bands[-1].cards.append(card)
    remaining = left - len(cards)
    following = ".".join(str(part) for part in _key(cards[-1])) if cards and remaining > 0 else ""
    return Window(bands, found, len(cards), not after, following, remaining)
