"""One act on many shots: each shot by itself and each with an answer, so that one that cannot does not stop the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from apexsite.kit.errors import ApexError, InputError, NotAllowed, NotAvailable, listed
from projects import access
from projects.models import Episode, Shot
from projects.services.shots import shot_retake
from renders.models import ActorKind, RenderTask, Tier, Variant, Verdict, WorkStatus
from renders.services.engines import backend_for
from renders.services.policies import shot_approve_best
from renders.services.sketching import (
    draft_standing,
    drawn_already,
    shot_draft,
    shot_sketch,
    stage_require,
)
from renders.services.variants import variants_request

MOST_SHOTS = 500
"""Shots of one act, house choice: five windows of the board, some seconds of work."""


class Act(StrEnum):
    """What may be done to many shots."""

    ASK = "ask"
    RETAKE = "retake"
    APPROVE = "approve"
    SKETCH = "sketch"
    DRAFT = "draft"


RIGHTS = {
    Act.ASK: "make",
    Act.RETAKE: "approve",
    Act.APPROVE: "approve",
    Act.SKETCH: "make",
    Act.DRAFT: "make",
}
DONE = {
    Act.ASK: "asked",
    Act.RETAKE: "sent to retake",
    Act.APPROVE: "approved",
    Act.SKETCH: "to be sketched",
    Act.DRAFT: "to be drafted",
}
OF_THE_STAGE = (Act.SKETCH, Act.DRAFT)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one shot; `words` are the same for all shots that fared alike."""

    shot_id: UUID
    code: str
    is_done: bool
    words: str


@dataclass(frozen=True, slots=True)
class BulkResult:
    """The outcomes in the order of the script, and the shots that are not in this episode (any more)."""

    outcomes: list[Outcome]
    gone: int

    @property
    def sentence(self) -> str:
        """Return "11 asked, 1 already running"."""
        counts = Counter((not outcome.is_done, outcome.words) for outcome in self.outcomes)
        parts = [f"{count} {words}" for (_, words), count in sorted(counts.items())]
        if self.gone:
            parts.append(f"{self.gone} not on this board any more")
        return ", ".join(parts) if parts else "nothing was chosen"


def shots_bulk(
    *,
    user: AbstractUser,
    episode: Episode,
    shots: Sequence[UUID],
    act: str,
    tier: str,
    reason: str = "",
    leave_off: Sequence[str] = (),
    engine: str = "",
) -> BulkResult:
    """Do one act to each of some shots of an episode. `leave_off` are lessons of rejections that asking leaves alone.

    1. The right is asked for once, before anything: without it nothing is done (403).
    2. To sketch and to draft are acts of the stage, whatever tier the board shows.
    3. Each shot is a transaction of its own. What is so already is left and said, so a double click does nothing twice.
    """
    if act not in list(Act):
        raise InputError(f"act={act!r} must be one of {listed(Act)}")
    chosen = Act(act)
    access.require(user, episode.project, RIGHTS[chosen])
    if chosen is Act.ASK:
        backend_for(tier, engine=engine)
    if chosen in OF_THE_STAGE:
        stage_require()
    if chosen is Act.RETAKE and not reason.strip():
        raise InputError("reason of a retake must not be empty: say what should be different")
    wanted = set(shots)
    if len(wanted) > MOST_SHOTS:
        raise InputError(f"{len(wanted)} shots at once are too many; at most {MOST_SHOTS}")
    rows = Shot.objects.filter(pk__in=wanted, scene__episode=episode)
    found = list(
        rows.select_related("scene__episode__project").order_by("scene__number", "order", "pk")
    )
    outcomes = [_one(user, shot, chosen, tier, reason, leave_off, engine) for shot in found]
    return BulkResult(outcomes, len(wanted) - len(found))


def _one(
    user: AbstractUser,
    shot: Shot,
    act: Act,
    tier: str,
    reason: str,
    leave_off: Sequence[str],
    engine: str,
) -> Outcome:
    try:
        with transaction.atomic():
            # The shot's row is the lock: the second of two clicks waits here and finds what the first did.
            locked = Shot.objects.select_for_update().get(pk=shot.pk)
            shot.status = locked.status
            standing = _standing(shot, act, tier)
            if not standing:
                standing = _done(user, shot, act, tier, reason, leave_off, engine)
    except (NotAllowed, NotAvailable):
        raise
    except ApexError as error:
        return Outcome(shot.pk, shot.code, False, error.message)
    return Outcome(shot.pk, shot.code, standing == DONE[act], standing)


def _standing(shot: Shot, act: Act, tier: str) -> str:
    """Return why there is nothing to do, or nothing."""
    if shot.status == Shot.Status.OMITTED:
        return "omitted from the cut"
    if act is Act.RETAKE:
        return "in retake already" if shot.status == Shot.Status.RETAKE else ""
    if act is Act.SKETCH and drawn_already(shot):
        return "drawn already"
    if act is Act.DRAFT and draft_standing(shot):
        return "drafted already"
    if act in (Act.ASK, *OF_THE_STAGE):
        running = RenderTask.objects.filter(
            job__shot=shot,
            status__in=(WorkStatus.QUEUED, WorkStatus.RUNNING),
            request__tier=Tier.PREVIZ if act in OF_THE_STAGE else tier,
        )
        return "already running" if running.exists() else ""
    return ""


def _done(
    user: AbstractUser,
    shot: Shot,
    act: Act,
    tier: str,
    reason: str,
    leave_off: Sequence[str],
    engine: str,
) -> str:
    if act is Act.ASK:
        variants_request(user=user, shot=shot, tier=tier, leave_off=leave_off, engine=engine)
    elif act is Act.SKETCH:
        shot_sketch(user=user, shot=shot)
    elif act is Act.DRAFT:
        shot_draft(user=user, shot=shot)
    elif act is Act.RETAKE:
        shot_retake(user=user, shot=shot, reason=reason)
    elif shot_approve_best(user=user, shot=shot, tier=tier, actor_kind=ActorKind.PERSON) is None:
        return _why_not_approved(shot, tier)
    return DONE[act]


def _why_not_approved(shot: Shot, tier: str) -> str:
    variants = Variant.objects.filter(shot=shot, tier=tier)
    if variants.filter(verdict=Verdict.APPROVED).exists():
        return "approved already"
    if not variants.exists():
        return "without variants"
    return "without a variant of the present brief that waits"
