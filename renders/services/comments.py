"""Comments on a shot: say, answer, correct, resolve, open again."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from apexsite.kit.errors import InputError, NotAllowed
from projects import access
from projects.engine.mentions import names_in
from projects.engine.prose import prose
from projects.events import event_record
from projects.models import Membership, Project, Shot
from renders.models import Comment, Cut, Mention, Variant

LONGEST_COMMENT = 4000
LONGEST_EXCERPT = 160
"""House choices: a page of words; what the log and a notification quote."""


def comment_add(
    *,
    user: AbstractUser,
    shot: Shot,
    body: str,
    variant: Variant | None = None,
    cut: Cut | None = None,
    parent: Comment | None = None,
    token: str = "",
) -> Comment:
    """Say something on a shot; the same form sent twice (`token`) is one comment.

    1. A reply goes to the first comment of a thread of the same shot.
    2. Members named with @ are kept as rows, in the transaction of the comment.
    """
    project = shot.scene.episode.project
    access.require(user, project, "comment")
    words = prose(body, what="the comment", longest=LONGEST_COMMENT)
    _check_place(shot, variant, cut, parent)
    made = Comment(shot=shot, variant=variant, cut=cut, parent=parent, author=user, body=words)
    made.sent_once = _sent_once(token or str(made.pk), words, shot, parent)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            named = _name(made, project)
            _tell(made, "comment.added", user, named)
    except IntegrityError:
        standing = Comment.objects.filter(author=user, sent_once=made.sent_once).first()
        if standing is None:
            raise
        return standing
    return made


@transaction.atomic
def comment_edit(*, user: AbstractUser, comment: Comment, body: str) -> Comment:
    """Correct one's own comment; who is newly named is told, who was named before is not told again."""
    locked, project = _locked(comment)
    access.require(user, project, "comment")
    if locked.author_id != user.pk:
        raise NotAllowed("only who wrote a comment may change it")
    words = prose(body, what="the comment", longest=LONGEST_COMMENT)
    if words == locked.body:
        return locked
    locked.body, locked.edited_at = words, timezone.now()
    locked.save(update_fields=["body", "edited_at", "updated_at"])
    _tell(locked, "comment.edited", user, _name(locked, project))
    return locked


@transaction.atomic
def comment_resolve(*, user: AbstractUser, comment: Comment) -> Comment:
    """Say that a thread is dealt with; resolving it twice changes nothing."""
    return _settle(user, comment, is_resolved=True)


@transaction.atomic
def comment_reopen(*, user: AbstractUser, comment: Comment) -> Comment:
    """Say that a thread is not dealt with after all."""
    return _settle(user, comment, is_resolved=False)


def _settle(user: AbstractUser, comment: Comment, *, is_resolved: bool) -> Comment:
    locked, project = _locked(comment)
    access.require(user, project, "comment")
    if locked.parent_id is not None:
        raise InputError("a thread is resolved by its first comment, not by a reply")
    if bool(locked.resolved_at) == is_resolved:
        return locked
    locked.resolved_at = timezone.now() if is_resolved else None
    locked.resolved_by = user if is_resolved else None
    locked.save(update_fields=["resolved_at", "resolved_by", "updated_at"])
    _tell(locked, "comment.resolved" if is_resolved else "comment.reopened", user, [])
    return locked


def _locked(comment: Comment) -> tuple[Comment, Project]:
    Comment.objects.select_for_update().get(pk=comment.pk)
    rows = Comment.objects.select_related("shot__scene__episode__project", "variant")
    locked = rows.get(pk=comment.pk)
    return locked, locked.shot.scene.episode.project


def _check_place(
    shot: Shot, variant: Variant | None, cut: Cut | None, parent: Comment | None
) -> None:
    if variant is not None and variant.shot_id != shot.pk:
        raise InputError(f"variant {variant.number} is not of shot {shot.code}")
    if cut is not None and cut.episode_id != shot.scene.episode_id:
        raise InputError(f"cut {cut.version} is of another film than shot {shot.code}")
    if parent is not None and parent.shot_id != shot.pk:
        raise InputError("a reply belongs to the shot of the comment it answers")
    if parent is not None and parent.parent_id is not None:
        raise InputError("a reply answers the first comment of a thread, not another reply")


def _sent_once(token: str, words: str, shot: Shot, parent: Comment | None) -> str:
    # With the words in it: the same form sent again with other words (after going back) is another comment.
    told = "\x00".join((token, str(shot.pk), str(parent.pk if parent else ""), words))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _name(comment: Comment, project: Project) -> list[int]:
    """Keep whom a comment names; returns the keys of those who were not named in it before."""
    members = Membership.objects.filter(project=project).select_related("user")
    people = {m.user.get_username().lower(): m.user for m in members}
    named = names_in(comment.body, {lower: lower for lower in people})
    wanted = {people[name].pk for name in named}
    standing = set(comment.mentions.values_list("user_id", flat=True))
    comment.mentions.exclude(user__in=wanted).delete()
    fresh = [people[name].pk for name in named if people[name].pk not in standing]
    Mention.objects.bulk_create(Mention(comment=comment, user_id=pk) for pk in fresh)
    return fresh


def _tell(comment: Comment, verb: str, user: AbstractUser, named: list[int]) -> None:
    shot = comment.shot
    short = comment.body[:LONGEST_EXCERPT]
    told = {
        "shot": str(shot.pk),
        "code": shot.code,
        "comment": str(comment.pk),
        "thread": str(comment.parent_id or comment.pk),
        "number": comment.variant.number if comment.variant else None,
        "tier": comment.variant.tier if comment.variant else None,
        "is_reply": comment.parent_id is not None,
        "says": short + "…" if len(comment.body) > len(short) else short,
        "named": named,
    }
    event_record(shot.scene.episode.project, verb, comment, actor=user, payload=told)
