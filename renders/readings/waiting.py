"""What waits for a person: shots without a verdict for who approves, retakes for who makes. Fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef, QuerySet

from projects.access import RIGHTS, projects_visible_to
from projects.models import Membership, Project, Shot
from renders.models import Variant, Verdict

MOST_SHOWN = 6
"""Stills of one project on the home page; the rest is a number. House choice."""


@dataclass(slots=True)
class Waiting:
    """Shots of one project that wait for one kind of act."""

    project: Project
    count: int = 0
    shown: list[tuple[Shot, UUID | None]] = field(default_factory=list)


@dataclass(slots=True)
class Waits:
    """Everything that waits for a person."""

    verdicts: list[Waiting]
    retakes: list[Waiting]


def waits_for(user: AbstractUser) -> Waits:
    """Return what waits for a person in all their projects, projects and shots in their own order."""
    projects = {project.pk: project for project in projects_visible_to(user)}
    roles = dict(Membership.objects.filter(user=user).values_list("project_id", "role"))
    shots = Shot.objects.filter(scene__episode__project__in=projects)
    variants = Variant.objects.filter(shot=OuterRef("pk"))
    undecided = shots.filter(
        Exists(variants.filter(verdict=Verdict.WAITING)),
        ~Exists(variants.filter(verdict=Verdict.APPROVED)),
    ).exclude(status__in=(Shot.Status.OMITTED, Shot.Status.RETAKE))
    retakes = shots.filter(status=Shot.Status.RETAKE)

    def mine(right: str) -> set[UUID]:
        return {pk for pk in projects if user.is_superuser or roles.get(pk) in RIGHTS[right]}

    return Waits(
        _grouped(undecided, projects, mine("approve")), _grouped(retakes, projects, mine("make"))
    )


def _grouped(
    shots: QuerySet[Shot], projects: dict[UUID, Project], mine: set[UUID]
) -> list[Waiting]:
    found: dict[UUID, Waiting] = {}
    order = ("scene__episode__project", "scene__episode__number", "scene__number", "order")
    for shot in shots.select_related("scene__episode").order_by(*order):
        project_id = shot.scene.episode.project_id
        if project_id not in mine:
            continue
        row = found.setdefault(project_id, Waiting(projects[project_id]))
        row.count += 1
        if len(row.shown) < MOST_SHOWN:
            row.shown.append((shot, None))
    pictures = _best([shot.pk for row in found.values() for shot, _ in row.shown])
    for row in found.values():
        row.shown = [(shot, pictures.get(shot.pk)) for shot, _ in row.shown]
    return list(found.values())


def _best(shots: list[UUID]) -> dict[UUID, UUID]:
    rows = Variant.objects.filter(shot__in=shots).order_by("-score_total")
    best: dict[UUID, UUID] = {}
    for shot_id, variant_id in rows.values_list("shot_id", "pk"):
        best.setdefault(shot_id, variant_id)
    return best
