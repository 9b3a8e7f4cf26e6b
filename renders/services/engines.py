"""Which engine draws a tier here, and what happens when it cannot: again, the next one, or the end, each with a receipt."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from apexsite.kit.errors import (
    BackendError,
    ContentBlocked,
    InputError,
    NotAvailable,
    NotSupported,
    listed,
)
from apexsite.kit.progress import Progress
from apexsite.kit.registry import Availability
from projects.engine.fallback import Fallback
from projects.models import Project
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import START, Capabilities, ImageRequest, RenderedImage
from renders.engine.imaging.choice import COLD, Need, after_fault, in_order, may_follow
from renders.engine.imaging.receipt import Hop, merged
from renders.models import Tier

STAND_INS: dict[str, tuple[str, ...]] = {"stage": ("storyboard",)}
"""Who draws when an engine is missing, or cannot draw what was asked: previz falls to a sketch. House choice."""
MOST_WAIT_SECONDS = 600.0
"""A vendor that wants a longer pause than this is given up. House choice."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How a production asks for pictures: who first, who after a fault, how often, how long for a cold engine."""

    fallback: Fallback = Fallback.HOUSE
    order: tuple[str, ...] = ()
    tries: int = 3
    cold_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, who drew it, the receipt of that, and the receipts of who did not."""

    image: RenderedImage
    engine: str
    receipt: Hop
    hops: tuple[Hop, ...]


def policy_of(project: Project) -> Policy:
    """Return a project's policy; a name of its order that is no engine (any more) is passed over."""
    order = tuple(name for name in project.picture_engines if name in BACKENDS)
    return Policy(
        Fallback(project.picture_fallback),
        order,
        settings.APEX_TASK_ATTEMPTS,
        settings.APEX_COLD_SECONDS,
    )


def engine_availability(name: str) -> Availability:
    """Say whether an engine can run here; a cloud-only site computes nothing but storyboard sketches itself."""
    backend = BACKENDS.get(name)
    can = backend.capabilities
    if settings.APEX_CLOUD_ONLY and not can.needs_network and can.tier != Tier.STORYBOARD:
        return Availability(
            False, "this site has pictures drawn elsewhere only", "leave APEX_CLOUD_ONLY unset"
        )
    return backend.availability()


def engines_of(tier: str, *, order: Sequence[str] = (), need: Need | None = None) -> list[str]:
    """Return the engines of a tier as they are asked, here or not."""
    if tier not in Tier.values:
        raise InputError(f"tier={tier!r} must be one of {listed(Tier.values)}")
    ours = [backend.capabilities for _, backend in BACKENDS if backend.capabilities.tier == tier]
    return [one.name for one in in_order(ours, preferred=order, need=need or Need())]


def backend_for(
    tier: str, *, engine: str = "", order: Sequence[str] = (), need: Need | None = None
) -> str:
    """Return the engine that is asked for a tier here, the one named or the first that can.

    Raises `InputError` for an engine of another tier and `NotAvailable` when none is here and none stands in.
    """
    names = engines_of(tier, order=order, need=need)
    if engine and engine not in names:
        raise InputError(
            f"engine={engine!r} does not draw {tier}; valid: {listed(names) or 'none'}"
        )
    wanting = []
    for name in [engine] if engine else names:
        available = engine_availability(name)
        if available.is_available or name in STAND_INS:
            return name
        wanting.append(f"{name}: {available.lacking}")
    lacking = " · ".join(wanting) or "none is known"
    raise NotAvailable(f"no engine here draws {tier} ({lacking})", tier=tier)


def engine_chosen(project: Project, tier: str, *, engine: str, need: Need) -> str:
    """Return the engine a project's pictures are asked of: the one named, else by fit and by the project's wish."""
    return backend_for(tier, engine=engine, order=policy_of(project).order, need=need)


def engine_likely(project: Project, tier: str) -> str:
    """Return the engine a project's next picture would be asked of: the first that is here, else the first of its order."""
    order = policy_of(project).order
    try:
        return backend_for(tier, order=order)
    except NotAvailable:
        return engines_of(tier, order=order)[0]


def stand_in_note(tier: str) -> str:
    """Return what people are told when a tier's own engine is missing and another stands in, else nothing."""
    for name, backend in BACKENDS:
        if backend.capabilities.tier == tier and name in STAND_INS:
            found = engine_availability(name)
            if not found.is_available:
                return (
                    f"{found.reason}. Get it with: {found.remedy}. Until then pictures asked for here are "
                    f"{STAND_INS[name][0]} sketches, and say so"
                )
    return ""


def picture_draw(
    name: str,
    request: ImageRequest,
    progress: Progress,
    *,
    policy: Policy | None = None,
    before: Sequence[Hop] = (),
    told: Callable[[Hop], None] = lambda hop: None,
    may_draw: Callable[[str], bool] = lambda name: True,
) -> Drawn:
    """Draw with an engine, or with who follows it under the policy; goes on where the hops `before` left off.

    Every asking is told as it ends; `may_draw` says of an engine nobody asked for whether it may take over. A fault worth another try of the same engine is raised as it is, for its job to try
    again; one that ends it is raised as not retryable.
    """
    policy = policy or Policy(tries=1)
    hops, way = list(before), before[-1].next_engine or name if before else name
    if way != name and not _may_go_on(name, way, policy, may_draw):
        raise _last_fault(hops[-1])
    while True:
        begun = timezone.now()
        try:
            wanted = request if way == name else plain(request)
            image, receipt = _asked(way, wanted, progress, begun)
        except (NotAvailable, NotSupported, BackendError) as err:
            hop = _failed(way, err, begun)
            then = _then(hop, err, hops, policy)
            following = ""
            if then == "next":
                following = _following(way, hops, policy, need_of(request), may_draw)
            hop = replace(hop, next_engine=way if then == "again" else following)
            hops.append(hop)
            told(hop)
            if then == "again":
                raise
            if not following:
                err.retryable = False
                raise
            way = following
            continue
        for earlier in _asked_before(image, receipt):
            hops.append(earlier)
            told(earlier)
        told(receipt)
        return Drawn(image, way, receipt, tuple(merged(hops)))


def picture_asked(
    name: str, request: ImageRequest, progress: Progress, *, told: Callable[[Hop], None]
) -> RenderedImage:
    """Ask one engine once and nobody after it; the asking is told as it ends, whether or not it drew."""
    begun = timezone.now()
    try:
        image, receipt = _asked(name, request, progress, begun)
    except (NotAvailable, NotSupported, BackendError) as err:
        told(_failed(name, err, begun))
        raise
    for hop in (*_asked_before(image, receipt), receipt):
        told(hop)
    return image


def _asked(
    way: str, request: ImageRequest, progress: Progress, begun: datetime
) -> tuple[RenderedImage, Hop]:
    found, clock = engine_availability(way), time.monotonic()
    found.require()
    image = BACKENDS.get(way).render(request, progress)
    can = BACKENDS.get(way).capabilities
    receipt = Hop(
        engine=way,
        model=str(image.parameters.get("model") or can.model_id),
        started=begun.isoformat(),
        seconds=round(time.monotonic() - clock, 3),
        cost_cents=image.parameters.get("cost_cents", can.cost_cents),
    )
    return image, receipt


def _asked_before(image: RenderedImage, receipt: Hop) -> list[Hop]:
    """Return the askings of the same engine that a picture's parameters record before the one that drew it."""
    return [
        Hop.from_document(
            {
                "cost_cents": None,
                **record,
                "engine": receipt.engine,
                "next_engine": receipt.engine,
                "model": receipt.model,
            }
        )
        for record in image.parameters.get("asked_before", ())
    ]


def _failed(way: str, err: NotAvailable | NotSupported | BackendError, begun: datetime) -> Hop:
    return Hop(
        engine=way,
        code=err.code,
        fault=err.fault if isinstance(err, BackendError) else err.code,
        reason=err.message,
        model=str(err.facts.get("model") or BACKENDS.get(way).capabilities.model_id),
        started=begun.isoformat(),
        seconds=round((timezone.now() - begun).total_seconds(), 3),
        tries=2 if "asked_again" in err.facts else 1,
    )


def _may_go_on(name: str, way: str, policy: Policy, may_draw: Callable[[str], bool]) -> bool:
    """Say whether the production still lets an engine draw that took over in an earlier attempt."""
    if way in STAND_INS.get(name, ()):
        return True
    return may_follow(policy.fallback, BACKENDS.get(way).capabilities) and may_draw(way)


def _last_fault(hop: Hop) -> BackendError:
    """Return the end of a picture whose follower may not be asked any more: what the last asking ended with."""
    err = BackendError(
        f"{hop.reason} ({hop.next_engine} may not take over in this production any more)",
        permanent=True,
        model=hop.model,
    )
    err.fault = hop.fault or err.fault
    err.code = hop.code or err.code
    return err


def _then(
    hop: Hop,
    err: NotAvailable | NotSupported | BackendError,
    hops: Sequence[Hop],
    policy: Policy,
) -> str:
    """Return `again`, `next` or `stop`. An engine that has a stand-in is only left where it is missing or unable.

    Once any vendor refused the content, no other is asked, whatever fault comes after it.
    """
    if any(earlier.fault == ContentBlocked.fault for earlier in hops):
        return "stop"
    wait = (err.retry_after_seconds or 0.0) if isinstance(err, BackendError) else 0.0
    if hop.fault == "unknown" and not err.retryable:
        return "stop"
    if hop.engine in STAND_INS and isinstance(err, BackendError):
        return "again" if err.retryable else "stop"
    return after_fault(
        hop.fault,
        hops,
        engine=hop.engine,
        tries=policy.tries,
        cold_seconds_left=policy.cold_seconds - _cold_for(hop, hops),
        can_wait=wait <= MOST_WAIT_SECONDS,
    )


def _cold_for(hop: Hop, hops: Sequence[Hop]) -> float:
    """Return the seconds since an engine was first found cold."""
    cold = [h.started for h in (*hops, hop) if h.engine == hop.engine and h.fault == COLD]
    first = cold[0] if cold else hop.started
    return (timezone.now() - datetime.fromisoformat(first)).total_seconds()


def plain(request: ImageRequest) -> ImageRequest:
    """Return a request without the model and the LoRAs of the engine that was asked first: no other has them."""
    return replace(request, options=replace(request.options, model="", loras=()))


def _following(
    way: str,
    hops: Sequence[Hop],
    policy: Policy,
    need: Need,
    may_draw: Callable[[str], bool],
) -> str:
    """Return who is asked next, or nothing; a start picture is never left out on the way."""
    if way in STAND_INS:
        return STAND_INS[way][0]
    asked = {way, *(h.engine for h in hops)}
    tier = BACKENDS.get(way).capabilities.tier
    for name in engines_of(tier, order=policy.order, need=need):
        following: Capabilities = BACKENDS.get(name).capabilities
        is_free = name not in asked and may_follow(policy.fallback, following)
        is_free = is_free and (following.takes_start or not need.start)
        if is_free and engine_availability(name).is_available and may_draw(name):
            return name
    return ""


def need_of(request: ImageRequest) -> Need:
    """Return what a request wants of its engine."""
    return Need(
        references=len(request.references),
        start=any(shown.of == START for shown in request.references),
        pixels=request.width * request.height,
        negative=bool(request.prompt.negative),
    )
