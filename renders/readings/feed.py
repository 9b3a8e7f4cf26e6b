"""A project's log as people read it: sentences with links, by person and kind, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse

from apexsite.base.cursors import cursor_read, cursor_write
from apexsite.kit.errors import InputError, listed
from projects.models import Event, NoticeKind, Notification, Project
from projects.services.notifications import notifications_of
from renders.readings.sentences import KIND_NAMES, Kind, Page, Told, told, verbs_of

PAGE_ROWS = 50
"""House choice: two screens."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the feed."""

    seq: int
    told: Told
    address: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of the feed; `cursor` leads to the older one, empty at the end."""

    lines: list[Line]
    cursor: str
    newest: int


def feed_of(
    project: Project,
    *,
    person: str = "",
    kind: str = "",
    cursor: str = "",
    since: int | None = None,
) -> Feed:
    """Return a page of the log, newest first; with `since` only what came after that number."""
    rows = _filtered(project, person, kind)
    place = f"feed.{project.pk}"
    if cursor:
        rows = rows.filter(seq__lt=cursor_read(place, cursor))
    if since is not None:
        rows = rows.filter(seq__gt=since)
    found = list(rows.select_related("actor").order_by("-seq")[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    episode = project.episodes.order_by("number").values_list("pk", flat=True).first()
    return Feed(
        lines=[
            Line(event.seq, words, address_of(event, words.sentence.page, episode), event.at)
            for event, words in ((event, told(event)) for event in shown)
        ],
        cursor=cursor_write(place, shown[-1].seq) if len(found) > PAGE_ROWS else "",
        newest=shown[0].seq if shown else since or 0,
    )


def _filtered(project: Project, person: str, kind: str) -> QuerySet[Event]:
    rows = Event.objects.filter(project=project)
    if person:
        user = get_user_model().objects.filter(username=person).only("pk").first()
        if user is None or "\x00" in person:
            raise InputError(f"person={person[:80]!r} did nothing in this project")
        rows = rows.filter(actor=user)
    if kind:
        if kind not in KIND_NAMES:
            raise InputError(f"kind={kind[:80]!r} must be one of {listed(KIND_NAMES)}")
        rows = rows.filter(verb__in=verbs_of(Kind(kind)))
    return rows


def address_of(event: Event, page: Page, episode: UUID | None) -> str:
    """Return the address an event leads to; the board where its own page is unknown."""
    shot = event.payload.get("shot") or (event.target_id if event.target_kind == "shot" else None)
    if page in (Page.ROOM, Page.SHOT) and shot:
        asked = {"tier": event.payload.get("tier"), "variant": event.payload.get("number")}
        query = urlencode({k: v for k, v in asked.items() if v}) if page == Page.ROOM else ""
        place = f"#comment-{event.target_id}" if event.target_kind == "comment" else ""
        return reverse(page.value, args=[shot]) + (f"?{query}" if query else "") + place
    if page in (Page.SCRIPT, Page.CUT) and episode:
        return reverse(page.value, args=[episode])
    if page == Page.CHARACTER and event.target_kind == "character":
        return reverse(page.value, args=[event.target_id])
    if page in (Page.LOOK, Page.PEOPLE):
        return reverse(page.value, args=[event.project_id])
    return reverse("board", args=[event.project_id])


SPOKEN: dict[str, str] = {
    NoticeKind.MENTION: "named you in a comment on [{place}]",
    NoticeKind.REPLY: "answered in a thread of yours on [{place}]",
    NoticeKind.COMMENT: "commented on a variant you asked for: [{place}]",
    NoticeKind.LOOK: "asks you to review [{code}]",
}
"""Where a person is spoken to, other words than the feed's."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification as it is shown."""

    row: Notification
    told: Told
    more: str


@dataclass(frozen=True, slots=True)
class Notices:
    """A page of notifications."""

    rows: list[Notice]
    cursor: str
    unread: int
    until: str


def notices_of(user: Any, *, cursor: str = "") -> Notices:
    """Return a page of what a person was told, newest first, in a fixed number of queries."""
    place = f"notices.{user.pk}"
    rows = notifications_of(user).select_related("event__actor", "project")
    if cursor:
        told_at, pk = cursor_read(place, cursor)
        before = rows.filter(told_at__lt=told_at)
        rows = before | rows.filter(told_at=told_at, pk__lt=pk)
    found = list(rows.order_by("-told_at", "-pk")[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    return Notices(
        rows=[notice_of(row) for row in shown],
        cursor=_place(place, shown[-1]) if len(found) > PAGE_ROWS else "",
        unread=sum(row.read_at is None for row in shown),
        until=_place(place, shown[0]) if shown else "",
    )


def until_of(user: Any, cursor: str) -> datetime:
    """Return the moment of the newest row a page showed."""
    return datetime.fromisoformat(cursor_read(f"notices.{user.pk}", cursor)[0])


def _place(place: str, row: Notification) -> str:
    return cursor_write(place, [row.told_at.isoformat(), str(row.pk)])


def notice_of(row: Notification) -> Notice:
    """Return a notification in words."""
    words = told(row.event, words=SPOKEN.get(row.kind, ""))
    others = row.count - 1
    what = "more" if row.kind == NoticeKind.VERDICT else "more like it"
    return Notice(row, words, f"and {others} {what}" if others else "")


def notice_address(row: Notification) -> str:
    """Return where a notification leads."""
    episode = row.project.episodes.order_by("number").values_list("pk", flat=True).first()
    return address_of(row.event, told(row.event).sentence.page, episode)


def kinds() -> Iterable[tuple[str, str]]:
    """Return the kinds with their names, for the filter."""
    return [(kind.value, name) for kind, name in KIND_NAMES.items()]
