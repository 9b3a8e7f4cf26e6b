"""Rows of a production as lists are made of them, with everything one row's representation needs."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from projects.access import projects_visible_to
from projects.models import Episode, Event, Membership, Project, Scene, Shot, StyleBibleVersion


def projects_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Project]:
    """Return the projects a person may see."""
    return projects_visible_to(user)


def members_of(project: Project) -> QuerySet[Membership]:
    """Return who works on a project."""
    return Membership.objects.filter(project=project).select_related("user")


def episodes_of(project: Project) -> QuerySet[Episode]:
    """Return the films of a project."""
    return Episode.objects.filter(project=project)


def scenes_of(episode: Episode) -> QuerySet[Scene]:
    """Return the scenes of a film."""
    return Scene.objects.filter(episode=episode)


def shots_of(episode: Episode) -> QuerySet[Shot]:
    """Return the shots of a film, omitted ones too."""
    return Shot.objects.filter(scene__episode=episode).select_related("scene")


def bibles_of(project: Project) -> QuerySet[StyleBibleVersion]:
    """Return every version of a project's look."""
    return StyleBibleVersion.objects.filter(project=project).select_related("created_by")


def events_of(project: Project, *, since: int = 0) -> QuerySet[Event]:
    """Return a project's log after a place in it."""
    return Event.objects.filter(project=project, seq__gt=since).select_related("actor")
