"""Who may do what. The only way to load a project, or anything under it, by id: a stranger gets 404, a member 403."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from apexsite.kit.errors import NotAllowed, NotFound
from projects.models import Episode, Membership, Project, Role, Scene, Shot, StyleBibleVersion

User = AbstractBaseUser | AnonymousUser

RIGHTS: dict[str, frozenset[str]] = {
    "view": frozenset(Role.values),
    "comment": frozenset({Role.OWNER, Role.DIRECTOR, Role.ARTIST, Role.REVIEWER}),
    "make": frozenset({Role.OWNER, Role.DIRECTOR, Role.ARTIST}),
    "approve": frozenset({Role.OWNER, Role.DIRECTOR}),
    "manage": frozenset({Role.OWNER}),
}
"""What each role may do: look, comment and recommend, make pictures and cuts, approve, manage people."""

IN_WORDS = {
    "view": "look at this project",
    "comment": "comment in this project",
    "make": "make pictures in this project",
    "approve": "approve in this project",
    "manage": "manage this project",
}


def projects_visible_to(user: User) -> QuerySet[Project]:
    """Return the projects a person is a member of; superusers see all."""
    if not user.is_authenticated:
        return Project.objects.none()
    if getattr(user, "is_superuser", False):
        return Project.objects.all()
    return Project.objects.filter(memberships__user=user)


def role_in(user: User, project: Project) -> str | None:
    """Return the role of a person in a project, or None; a superuser counts as owner."""
    if not user.is_authenticated:
        return None
    if getattr(user, "is_superuser", False):
        return Role.OWNER
    membership = Membership.objects.filter(user=user, project=project).only("role").first()
    return membership.role if membership else None


def may(user: User, project: Project, right: str) -> bool:
    """Say whether a person has a right in a project."""
    return role_in(user, project) in RIGHTS[right]


def require(user: User, project: Project, right: str, *, what: str = "project") -> None:
    """Raise `NotFound` for a stranger and `NotAllowed` for a member without the right.

    `what` was asked for: a stranger hears of a row that is there what is said of one that is not.
    """
    role = role_in(user, project)
    if role is None:
        raise NotFound(f"there is no such {what} for you")
    if role not in RIGHTS[right]:
        raise NotAllowed(
            f"role={role} may not {IN_WORDS[right]}; roles that may: "
            + ", ".join(sorted(RIGHTS[right]))
        )


def _one(queryset: QuerySet[Any], id_: UUID | str, what: str) -> Any:
    try:
        found = queryset.filter(pk=id_).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise NotFound(f"there is no such {what} for you")
    return found


def project_for(user: User, id_: UUID | str, *, right: str) -> Project:
    """Return a project if the person may; raises `NotFound` or `NotAllowed`."""
    project: Project = _one(Project.objects.all(), id_, "project")
    require(user, project, right)
    return project


def episode_for(user: User, id_: UUID | str, *, right: str) -> Episode:
    """Return an episode if the person may."""
    episode: Episode = _one(Episode.objects.select_related("project"), id_, "episode")
    require(user, episode.project, right, what="episode")
    return episode


def scene_for(user: User, id_: UUID | str, *, right: str) -> Scene:
    """Return a scene if the person may."""
    scene: Scene = _one(Scene.objects.select_related("episode__project"), id_, "scene")
    require(user, scene.episode.project, right, what="scene")
    return scene


def shot_for(user: User, id_: UUID | str, *, right: str) -> Shot:
    """Return a shot if the person may."""
    shot: Shot = _one(Shot.objects.select_related("scene__episode__project"), id_, "shot")
    require(user, shot.scene.episode.project, right, what="shot")
    return shot


def bible_for(user: User, id_: UUID | str, *, right: str) -> StyleBibleVersion:
    """Return a version of a look if the person may."""
    bible: StyleBibleVersion = _one(
        StyleBibleVersion.objects.select_related("project", "created_by"), id_, "style bible"
    )
    require(user, bible.project, right, what="style bible")
    return bible
