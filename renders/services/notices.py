"""Who is told of an event, and why: one table from verb to rule. Runs inside the transaction of the event."""

from __future__ import annotations

from collections.abc import Callable

from projects.models import Event, NoticeKind
from projects.services.notifications import notifications_write
from renders.models import ActorKind, Comment, RenderJob, Variant, WorkStatus

Told = dict[int, str]


def notify(event: Event) -> None:
    """Tell whom an event concerns; nobody is told what they did themselves."""
    rule = RULES.get(event.verb)
    if rule is None:
        return
    told = rule(event)
    # The end of a job is the machine's doing, although the log names who asked.
    if event.verb != "job.finished" and event.actor_id is not None:
        told.pop(event.actor_id, None)
    notifications_write(event, told, fold=_fold(event))


def _comment(event: Event) -> Told:
    told: Told = {}
    payload = event.payload
    if event.verb == "comment.added":
        comment = Comment.objects.select_related("variant__task__job").get(pk=event.target_id)
        asked = _asker(comment.variant) if comment.variant else None
        if asked is not None:
            told[asked] = NoticeKind.COMMENT
        if comment.parent_id is not None:
            thread = Comment.objects.filter(pk=comment.parent_id) | Comment.objects.filter(
                parent=comment.parent_id
            )
            people = thread.exclude(author=None).order_by().values_list("author", flat=True)
            told |= dict.fromkeys(people.distinct(), NoticeKind.REPLY)
    return told | dict.fromkeys(payload.get("named", ()), NoticeKind.MENTION)


def _verdict(event: Event) -> Told:
    variant = Variant.objects.select_related("task__job").filter(pk=event.target_id).first()
    asked = _asker(variant) if variant else None
    return {asked: NoticeKind.VERDICT} if asked is not None else {}


def _retake(event: Event) -> Told:
    jobs = RenderJob.objects.filter(shot=event.target_id, kind="variants")
    people = jobs.exclude(requested_by=None).order_by().values_list("requested_by", flat=True)
    return dict.fromkeys(people.distinct(), NoticeKind.RETAKE)


def _job(event: Event) -> Told:
    # Who cancelled a job knows; who asked for what failed or is done may have gone elsewhere.
    is_news = event.payload.get("status") in (WorkStatus.DONE, WorkStatus.FAILED)
    return {event.actor_id: NoticeKind.JOB} if is_news and event.actor_id else {}


def _look(event: Event) -> Told:
    return dict.fromkeys(event.payload.get("people", ()), NoticeKind.LOOK)


def _asker(variant: Variant) -> int | None:
    return variant.task.job.requested_by_id if variant.task else None


def _fold(event: Event) -> str:
    """Return what an event is folded by: many small jobs and a policy's sweep are one row until it is read."""
    payload = event.payload
    if event.verb == "job.finished" and payload.get("status") == WorkStatus.DONE:
        return "job.variants" if payload.get("kind") == "variants" else ""
    if event.verb == "variant.approved" and payload.get("actor_kind") == ActorKind.POLICY:
        return f"policy.{event.actor_id}"
    return ""


RULES: dict[str, Callable[[Event], Told]] = {
    "comment.added": _comment,
    "comment.edited": _comment,
    "variant.approved": _verdict,
    "variant.rejected": _verdict,
    "variant.reopened": _verdict,
    "shot.retake": _retake,
    "shot.review_asked": _look,
    "job.finished": _job,
}
