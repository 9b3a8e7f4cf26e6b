"""Who may do what at every address: pages, media, API, sockets and the admin, written down a second time.

The views ask `projects.access`; nothing here is asked at run time. `tests/test_permissions.py` walks every address
there is, fails on one without a line here, and asks each as every role.
A new route needs one line: `"name": page(GET="view", POST="make")`, with `media(…)` and `api(…)` for those doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """Everybody there is, from nobody to whoever runs the site."""

    ANONYMOUS = "anonymous"
    STRANGER = "stranger"
    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ARTIST = "artist"
    DIRECTOR = "director"
    OWNER = "owner"
    STAFF = "staff"
    SUPERUSER = "superuser"


MEMBERS = frozenset({Who.VIEWER, Who.REVIEWER, Who.ARTIST, Who.DIRECTOR, Who.OWNER, Who.SUPERUSER})
"""Staff who are no members are strangers to a project; a superuser counts as its owner."""

RIGHTS: dict[str, frozenset[Who]] = {
    "anyone": frozenset(Who),
    "person": frozenset(Who) - {Who.ANONYMOUS},
    "view": MEMBERS,
    "comment": MEMBERS - {Who.VIEWER},
    "author": frozenset({Who.REVIEWER}),
    "told": frozenset({Who.REVIEWER}),
    "make": frozenset({Who.ARTIST, Who.DIRECTOR, Who.OWNER, Who.SUPERUSER}),
    "approve": frozenset({Who.DIRECTOR, Who.OWNER, Who.SUPERUSER}),
    "manage": frozenset({Who.OWNER, Who.SUPERUSER}),
}
"""Right → who has it. The matrix's comment was written by its reviewer, so "author" is the reviewer there; "told" too."""


class Door(StrEnum):
    """How a door answers who is nobody: a page sends to the log-in, media say 404, the API says 401.

    `own` is a page of one person: nobody else, member or not, learns that there is one.
    """

    PAGE = "page"
    MEDIA = "media"
    OWN = "own"
    API = "api"


@dataclass(frozen=True, slots=True)
class Policy:
    """Method → the right it needs, and the door it is behind."""

    door: Door
    rights: dict[str, str]


def page(**rights: str) -> Policy:
    """Return the policy of a page: who is nobody is sent to log in."""
    return Policy(Door.PAGE, rights)


def own(**rights: str) -> Policy:
    """Return the policy of a page of one person: for everybody else it is not there."""
    return Policy(Door.OWN, rights)


def media(**rights: str) -> Policy:
    """Return the policy of a file: who is nobody learns no more than a stranger."""
    return Policy(Door.MEDIA, rights)


def api(**rights: str) -> Policy:
    """Return the policy of an API route: who brings no token is told so (401)."""
    return Policy(Door.API, rights)


POLICIES: dict[str, Policy] = {
    "health": page(GET="anyone"),
    "login": page(GET="anyone", POST="anyone"),
    "logout": page(POST="anyone"),
    "join": page(GET="anyone", POST="anyone"),  # the secret in the address is the right
    "account": page(GET="person", POST="person"),
    "token-new": page(POST="person"),
    "token-end": own(POST="told"),
    "help-verdicts": page(GET="person"),
    "help-api": page(GET="person"),
    "help-terms": page(GET="person"),
    "home": page(GET="person"),
    "project-new": page(POST="person"),
    "project-from-topic": page(POST="person"),
    "write": page(GET="view", POST="make"),
    "draft": page(GET="view", POST="make"),
    # What a person is told
    "notifications": page(GET="person"),
    "bell": page(GET="person"),
    "notifications-read": page(POST="person"),
    "notification-open": own(GET="told"),
    "notification-read": own(POST="told"),
    "activity": page(GET="view"),
    "activity-new": page(GET="view"),
    # The board
    "board": page(GET="view"),
    "ask-missing": page(POST="make"),
    "approve-best": page(POST="approve"),
    "shots-act": page(POST="make"),  # each act asks for its own right: tests/renders/test_bulk.py
    "scene-sketch": page(POST="make"),
    "shot-card": page(GET="view"),
    "line-sound": page(GET="view"),
    "line-record": page(POST="make"),
    "line-unrecord": page(POST="make"),
    "ask-variants": page(POST="make"),
    "animatic": page(POST="make"),
    # The look, the script, the shot
    "look": page(GET="view", POST="approve"),
    "look-export": page(GET="view"),
    "look-restore": page(POST="approve"),
    "look-sketch": page(GET="view", POST="view"),
    "look-colours": page(GET="view", POST="approve"),
    "variant-palette": page(GET="view", POST="approve"),
    "scene-look": page(GET="view", POST="make"),
    "scene-look-sketch": page(GET="view", POST="view"),
    "shot-look": page(GET="view", POST="make"),
    "shot-look-sketch": page(GET="view", POST="view"),
    "script": page(GET="view", POST="make"),
    "cue-cast": page(POST="make"),
    "scene-rename": page(POST="make"),
    "shot": page(GET="view", POST="make"),
    "shot-block": page(POST="make"),
    "blocking-sketch": page(GET="view"),
    "shot-prompt": page(POST="make"),
    "prompt-tried": page(POST="view"),
    "shot-sketch": page(GET="view", POST="view"),
    "shot-ask": page(POST="make"),
    "shot-retake": page(POST="approve"),
    "shot-corrections": page(GET="make"),
    "shot-split": page(POST="make"),
    "shot-merge": page(POST="make"),
    "shot-move": page(POST="make"),
    "shot-omit": page(POST="make"),
    "shot-restore": page(POST="make"),
    "upload": page(POST="make"),
    # The cast
    "cast": page(GET="view", POST="make"),
    "character": page(GET="view", POST="make"),
    "character-restore": page(POST="make"),
    "character-voice": page(GET="view"),
    "character-portrait": page(GET="view"),
    "character-body": page(GET="view", POST="make"),
    # Review
    "review": page(GET="view"),
    "review-ask": page(POST="make"),
    "review-retake": page(POST="approve"),
    "comments": page(GET="view", POST="comment"),
    "comment-edit": page(POST="author"),
    "comment-resolve": page(POST="comment"),
    "comment-reopen": page(POST="comment"),
    "variant-recommend": page(POST="comment"),
    "variant-approve": page(POST="approve"),
    "variant-reject": page(POST="approve"),
    "variant-undo": page(POST="approve"),
    # The cut and its films
    "cut": page(GET="view"),
    "grade": page(GET="view"),
    "grade-save": page(POST="make"),
    "grade-reset": page(POST="make"),
    "grade-table": page(POST="make"),
    "grade-picture": page(GET="view"),
    "grade-scope": page(GET="view"),
    "grade-cube": page(GET="view"),
    "drift": page(GET="view"),
    "drift-svg": page(GET="view"),
    "drift-measure": page(POST="make"),
    "drift-tighten": page(POST="make"),
    "drift-tighten-all": page(POST="make"),
    "cut-build": page(POST="make"),
    "cut-on-beat": page(POST="make"),
    "cut-render": page(POST="make"),
    "cut-edit": page(POST="make"),
    "cut-preview": page(GET="view"),
    "camera": page(GET="view", POST="make"),
    "camera-preview": page(GET="view"),
    "timeline-otio": page(GET="view"),
    "timeline-edl": page(GET="view"),
    "timeline-zip": page(GET="view"),
    "timeline-bring": page(POST="make"),
    "captions-srt": page(GET="view"),
    "captions-vtt": page(GET="view"),
    "report": page(GET="view"),
    # Jobs
    "jobs": page(GET="view"),
    "job-cancel": page(POST="make"),
    "job-retry": page(POST="make"),
    # People
    "people": page(GET="view"),
    "engines": page(GET="view", POST="manage"),
    "scores": page(GET="view"),
    "invite": page(POST="manage"),
    "invitation-withdraw": page(POST="manage"),
    "member-role": page(POST="manage"),
    "member-remove": page(POST="manage"),
    # Pictures made again
    "variant-prove": page(POST="make"),
    "shot-read-picture": page(POST="view"),
    "shot-ask-again": page(POST="make"),
    # Models
    "models": page(GET="view"),
    "project-commercial": page(POST="manage"),
    # Files
    "variant-picture": media(GET="view"),
    "variant-thumbnail": media(GET="view"),
    "variant-file": media(GET="view"),
    "cut-waveform": media(GET="view"),
    "delivery-film": media(GET="view"),
    "delivery-stem": media(GET="view"),
    "delivery-contact-sheet": media(GET="view"),
    "delivery-poster": media(GET="view"),
    # The API
    "api:schema": api(GET="anyone"),
    "api:projects": api(GET="person", POST="person"),
    "api:project": api(GET="view", PATCH="manage"),
    "api:models": api(GET="person"),
    "api:engines": api(GET="view"),
    "api:project-wish-engines": api(POST="manage"),
    "api:variant-rerender": api(POST="make"),
    "api:proofs": api(GET="view"),
    "api:members": api(GET="view", POST="manage"),
    "api:member": api(DELETE="manage"),
    "api:episodes": api(GET="view"),
    "api:episode": api(GET="view"),
    "api:episode-import-script": api(POST="make"),
    "api:look-terms": api(GET="person"),
    "api:script-styles": api(GET="person"),
    "api:script-drafts": api(GET="view", POST="make"),
    "api:script-draft": api(GET="view", PATCH="make"),
    "api:script-draft-use": api(POST="make"),
    "api:style-bibles": api(GET="view", POST="approve"),
    "api:style-bible": api(GET="view"),
    "api:events": api(GET="view"),
    "api:scenes": api(GET="view"),
    "api:scene": api(GET="view", PATCH="make"),
    "api:scene-look": api(GET="view"),
    "api:shot-look": api(GET="view"),
    "api:shots": api(GET="view"),
    "api:shot": api(GET="view", PATCH="make"),
    "api:shot-retake": api(POST="approve"),
    "api:characters": api(GET="view"),
    "api:character": api(GET="view", PATCH="make"),
    "api:castings": api(GET="view"),
    "api:shot-request-variants": api(POST="make"),
    "api:scene-request-sketches": api(POST="make"),
    "api:variants": api(GET="view"),
    "api:variant": api(GET="view"),
    "api:variant-palette": api(GET="view"),
    "api:variant-take-colours": api(POST="approve"),
    "api:drift": api(GET="view"),
    "api:variant-tighten": api(POST="make"),
    "api:episode-measure-drift": api(POST="make"),
    "api:episode-tighten": api(POST="make"),
    "api:variant-approve": api(POST="approve"),
    "api:variant-reject": api(POST="approve"),
    "api:variant-undo": api(POST="approve"),
    "api:variant-picture": api(GET="view"),
    "api:variant-thumbnail": api(GET="view"),
    "api:scores": api(GET="view"),
    "api:shot-lessons": api(GET="view"),
    "api:agreement": api(GET="view"),
    "api:reviews": api(GET="view"),
    "api:project-grade": api(GET="view", PATCH="make"),
    "api:scene-grade": api(GET="view", PATCH="make"),
    "api:shot-grade": api(GET="view", PATCH="make"),
    "api:shot-prompt": api(GET="view", PATCH="make"),
    "api:shot-scopes": api(GET="view"),
    "api:jobs": api(GET="view"),
    "api:job": api(GET="view"),
    "api:job-receipts": api(GET="view"),
    "api:job-cancel": api(POST="make"),
    "api:episode-build-cut": api(POST="make"),
    "api:episode-speak": api(POST="make"),
    "api:episode-cut-on-beat": api(POST="make"),
    "api:cut-beats": api(GET="view"),
    "api:recordings": api(GET="view"),
    "api:shot-recording": api(GET="view", PUT="make", DELETE="make"),
    "api:cuts": api(GET="view"),
    "api:cut": api(GET="view"),
    "api:cut-render": api(POST="make"),
    "api:cut-timeline": api(GET="view"),
    "api:cut-edit-lists": api(GET="view"),
    "api:cut-edit": api(POST="make"),
    "api:cut-move-camera": api(POST="make"),
    "api:cut-bring": api(POST="make"),
    "api:deliveries": api(GET="view"),
    "api:delivery": api(GET="view"),
    "api:delivery-film": api(GET="view"),
    "api:delivery-stem": api(GET="view"),
    "api:delivery-contact-sheet": api(GET="view"),
    "api:delivery-poster": api(GET="view"),
}
"""The name of a route (with its namespace, `api:shots-list`) → who may."""

SOCKETS: dict[str, str] = {
    "ws/projects/<uuid:project_id>/": "view",
}
"""The address of a websocket as it is routed → the right it needs."""

ADMIN_ACTS: dict[str, str] = {
    "auth.group": "view add change delete",
    "auth.user": "view add change delete",
    "django_q.failure": "view delete",
    "django_q.ormq": "view delete",
    "django_q.schedule": "view add change delete",
    "django_q.success": "view delete",
    "projects.lookterm": "view add change delete",
    "projects.scriptstyle": "view add change delete",
}
"""The model of an admin page → what a superuser may do there. Staff may do what they were given, at first nothing."""

ADMIN_PAGES: dict[str, str] = {
    "admin:index": "staff",
    "admin:login": "anyone",
    "admin:logout": "staff",
    "admin:password_change": "staff",
    "admin:password_change_done": "staff",
    "admin:autocomplete": "superuser",
    "admin:jsi18n": "staff",
    "admin:view_on_site": "staff",
    "admin:app_list": "superuser",
    "admin:auth_user_password_change": "superuser",
    "admin:projects_stylebibleversion_sheet": "superuser",
    "admin:projects_scene_look": "superuser",
    "admin:projects_shot_look": "superuser",
}
"""The admin's pages that belong to no one model → who may open them."""
