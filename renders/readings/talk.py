"""What the review room shows of what people say: threads, who can be named, and advice on the variants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.models import User as Person

from projects.access import RIGHTS
from projects.engine.mentions import Piece, pieces_of
from projects.models import Event, Membership, Project, Shot
from renders.models import Advice, Comment, Recommendation, Variant
from renders.readings.agos import ago


@dataclass(frozen=True, slots=True)
class Saying:
    """A comment as it is shown."""

    comment: Comment
    pieces: list[Piece]
    who: str
    when: str
    is_mine: bool


@dataclass(slots=True)
class Thread:
    """A comment and its replies."""

    first: Saying
    replies: list[Saying] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Talk:
    """The threads of a shot, oldest first, and a token for the next form sent."""

    open: list[Thread]
    resolved: list[Thread]
    people: list[Person]

    @property
    def token(self) -> str:
        """Return what makes two sendings of one form one."""
        return uuid4().hex


def name_of(person: Person | None) -> str:
    """Return what to call a person."""
    if person is None:
        return "somebody who left"
    return person.first_name or person.get_username()


def talk_of(shot: Shot, *, reader: AbstractBaseUser | AnonymousUser) -> Talk:
    """Return the threads of a shot in four queries, however many there are."""
    rows = Comment.objects.filter(shot=shot).select_related("author", "resolved_by", "variant")
    threads: dict[UUID, Thread] = {}
    replies: list[Comment] = []
    for comment in rows.prefetch_related("mentions__user"):
        if comment.parent_id is None:
            threads[comment.pk] = Thread(_saying(comment, reader))
        else:
            replies.append(comment)
    for comment in replies:
        threads[comment.parent_id].replies.append(_saying(comment, reader))
    return Talk(
        open=[t for t in threads.values() if t.first.comment.resolved_at is None],
        resolved=[t for t in threads.values() if t.first.comment.resolved_at is not None],
        people=people_of(shot.scene.episode.project),
    )


def _saying(comment: Comment, reader: AbstractBaseUser | AnonymousUser) -> Saying:
    named = [mention.user.get_username() for mention in comment.mentions.all()]
    pieces = pieces_of(comment.body, {name.lower(): name for name in named})
    who, when = name_of(comment.author), ago(comment.created_at)
    return Saying(comment, pieces, who, when, comment.author_id == reader.pk)


def people_of(project: Project) -> list[Person]:
    """Return who is on a project, by name."""
    members = Membership.objects.filter(project=project).select_related("user")
    return [m.user for m in members.order_by("user__first_name", "user__username")]


def reviewers_of(project: Project, *, but: AbstractBaseUser | AnonymousUser) -> list[Membership]:
    """Return who can be asked to review, those who decide first."""
    members = Membership.objects.filter(project=project, role__in=RIGHTS["comment"])
    found = [m for m in members.select_related("user") if m.user_id != but.pk]
    return sorted(found, key=lambda m: (m.role not in RIGHTS["approve"], name_of(m.user)))


@dataclass(frozen=True, slots=True)
class Counsel:
    """The advice on one variant."""

    given: list[Recommendation]
    mine: Recommendation | None

    @property
    def short(self) -> str:
        """Return who recommends and who advises against, in a few words."""
        said = []
        for advice in Advice.values:
            names = [name_of(r.person) for r in self.given if r.advice == advice]
            if len(names) > 2:
                names = [f"{len(names)} people"]
            if names:
                is_one = len(names) == 1 and " people" not in names[0]
                does = {
                    Advice.FOR.value: ("recommend", "recommends"),
                    Advice.AGAINST.value: ("advise against", "advises against"),
                }[advice][is_one]
                said.append(f"{' and '.join(names)} {does}")
        return ", ".join(said)


def counsels(
    variants: Iterable[Variant], *, reader: AbstractBaseUser | AnonymousUser
) -> dict[UUID, Counsel]:
    """Return the advice on each variant that has some, in one query."""
    given: dict[UUID, list[Recommendation]] = {}
    rows = Recommendation.objects.filter(variant__in=[v.pk for v in variants])
    for row in rows.select_related("person"):
        given.setdefault(row.variant_id, []).append(row)
    return {
        pk: Counsel(rows, next((r for r in rows if r.person_id == reader.pk), None))
        for pk, rows in given.items()
    }


@dataclass(frozen=True, slots=True)
class Retake:
    """Why a shot needs new variants, and who said so."""

    who: str
    reason: str


def retake_of(shot: Shot) -> Retake | None:
    """Return the standing retake of a shot, or None."""
    if shot.status != Shot.Status.RETAKE:
        return None
    asked = Event.objects.filter(
        project=shot.scene.episode.project, verb="shot.retake", target_id=str(shot.pk)
    ).select_related("actor")
    last = asked.order_by("-seq").first()
    if last is None:
        return Retake("somebody", "")
    return Retake(name_of(last.actor), str(last.payload.get("reason", "")))
