"""Rows of the production."""

from projects.models.bible import StyleBibleVersion
from projects.models.event import Event, EventCounter
from projects.models.invitation import Invitation
from projects.models.notification import NoticeKind, Notification
from projects.models.project import Membership, Project, Role
from projects.models.script import Episode, Scene, Shot
from projects.models.term import LookTerm
from projects.models.token import ApiToken, KeptAnswer, Scope
from projects.models.writing import ScriptDraft, ScriptStyle, Writer

__all__ = [
    "ApiToken",
    "Episode",
    "Event",
    "EventCounter",
    "Invitation",
    "KeptAnswer",
    "LookTerm",
    "Membership",
    "NoticeKind",
    "Notification",
    "Project",
    "Role",
    "Scene",
    "Scope",
    "ScriptDraft",
    "ScriptStyle",
    "Shot",
    "StyleBibleVersion",
    "Writer",
]
