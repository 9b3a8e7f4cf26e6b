"""Pictures an engine is shown: the one a picture starts from and approved ones of the cast, kept in asking and recipe by sha256."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from apexsite.kit.errors import InputError, NotFound, listed
from characters.models import Character
from projects.models import Project, Shot
from renders.bridge import cast_of, profile_of
from renders.engine.imaging import BACKENDS
from renders.engine.imaging.base import START, Reference
from renders.engine.imaging.chunk import SIGNATURE, without_texts
from renders.models import Media, Tier, Variant, Verdict
from renders.services.media import content_store

MOST_LOOKED_AT = 12
"""How many approved pictures of somebody are read for one that shows them as they are today. House choice."""


def start_of(project: Project, variant_id: UUID | str | None) -> Variant | None:
    """Return the picture to start from, any of the same production; raises `InputError` for what is none of its pictures."""
    if not variant_id:
        return None
    try:
        asked = UUID(str(variant_id))
    except ValueError:
        asked = None
    rows = Variant.objects.filter(shot__scene__episode__project=project).select_related("media")
    found = rows.filter(pk=asked).first() if asked else None
    if found is None:
        raise InputError(
            f"start={str(variant_id)[:40]!r} must be the id of a picture of this production"
        )
    return found


def takes_start(engine: str) -> bool:
    """Say whether an engine can start from a picture."""
    return bool(BACKENDS.get(engine).capabilities.takes_start)


def starters(names: Sequence[str], *, tier: str) -> list[str]:
    """Return those of some engines that take a start picture; raises `InputError` naming who does where none of them."""
    able = [name for name in names if takes_start(name)]
    if not able:
        others = [f"{one.capabilities.tier}: {name}" for name, one in BACKENDS if takes_start(name)]
        raise InputError(
            f"{listed(names)} of {tier} cannot start from a picture; engines that can: {listed(others) or 'none'}"
        )
    return able


def references_asked(
    shot: Shot, *, backend: str, start: Variant | None, with_cast: bool
) -> list[dict[str, Any]]:
    """Return what an engine will be shown, as plain JSON values: the start first, then the cast from left to right.

    No more than the engine looks at. A start picture must have been checked against the engine before.
    """
    most = BACKENDS.get(backend).capabilities.most_references
    shown = [_named(START, start.media)] if start is not None else []
    if with_cast and most > len(shown):
        people = ((person.key, person_shown(person)) for person in cast_of(shot))
        shown += [_named(key, found.media) for key, found in people if found is not None]
    return shown[: max(most, 1 if start is not None else 0)]


def person_shown(person: Character) -> Variant | None:
    """Return the approved final picture that shows somebody alone as they are today, the last approved; None for none.

    A picture made of an older version of the person is passed over; one brought from elsewhere has no version and counts.
    """
    profile = profile_of(person).to_document()
    for variant in _alone(person)[:MOST_LOOKED_AT]:
        made_of = variant.recipe.get("cast")
        if made_of is None or list(made_of) == [profile]:
            return variant
    return None


def references_read(documents: Iterable[Mapping[str, Any]]) -> tuple[Reference, ...]:
    """Return pictures an engine is shown, from the store; raises `NotFound` saying which of them is gone."""
    return tuple(_read(document) for document in documents)


def _alone(person: Character) -> QuerySet[Variant]:
    return (
        Variant.objects.filter(
            shot__scene__episode__project=person.project_id,
            tier=Tier.FINAL,
            verdict=Verdict.APPROVED,
            shot__in=Shot.objects.annotate(people=Count("castings")).filter(
                people=1, castings__character=person
            ),
        )
        .select_related("media")
        .annotate(approved_at=Max("reviews__created_at"))
        .order_by("-approved_at", "-created_at", "pk")
    )


def _named(of: str, media: Media) -> dict[str, Any]:
    return {"of": of, "sha256": media.sha256, "content_type": media.content_type}


def _read(document: Mapping[str, Any]) -> Reference:
    of, sha256 = str(document["of"]), str(document["sha256"])
    what = "the picture it starts from" if of == START else f"the picture shown of {of}"
    try:
        content = content_store().open_path(sha256).read_bytes()
    except (NotFound, OSError) as err:
        raise NotFound(
            f"{what} (sha256 {sha256}) is gone from the media store, and nothing else can be drawn from in its place; "
            "put that file back, or ask for new pictures"
        ) from err
    # A picture of Apex carries its recipe in its texts: brief, people and words are not for who draws.
    clean = without_texts(content) if content.startswith(SIGNATURE) else content
    return Reference(clean, str(document["content_type"]), of, sha256)
