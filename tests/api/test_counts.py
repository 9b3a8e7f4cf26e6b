"""A list costs the same number of queries for three rows and for thirty."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characters.models import Casting, Character
from projects.models import Episode, Scene, ScriptDraft, Shot, StyleBibleVersion
from projects.services.projects import member_add, project_create
from renders.models import Cut, Delivery, Review, Score
from renders.services.variants import variants_request
from tests.conftest import person
from tests.factories import variant_of


def grow(project, episode, ada, to: int) -> None:
    """Bring every kind of row up to a number."""
    scene = Scene.objects.filter(episode=episode).first()
    people = list(Character.objects.filter(project=project))
    for n in range(Shot.objects.filter(scene=scene).count(), to):
        shot = Shot.objects.create(scene=scene, code=f"X{n}", order=100 + n)
        Casting.objects.create(shot=shot, character=people[n % len(people)])
        variant = variant_of(shot)
        Review.objects.create(variant=variant, verdict="approved", actor_kind="person", actor=ada)
        variants_request(user=ada, shot=shot)
        Episode.objects.create(project=project, number=100 + n)
        Scene.objects.create(episode=episode, number=100 + n, heading="INT. X")
        Character.objects.create(project=project, key=f"k{n}", name=f"K{n}", profile={})
        cut = Cut.objects.create(episode=episode, version=100 + n, tier="storyboard")
        Delivery.objects.create(
            cut=cut, profile="web", film=variant.media, contact_sheet=variant.media,
            poster=variant.media, frames=1, qc_verdict="met", qc_report={},
        )  # fmt: skip
        ScriptDraft.objects.create(episode=episode, asked={"topic": "x"})
        StyleBibleVersion.objects.create(
            project=project, version=100 + n, document={}, is_current=False, created_by=ada
        )
        member_add(user=ada, project=project, member=person(f"p{n}"), role="viewer")
        project_create(user=ada, name=f"P{n}")
        first = Shot.objects.filter(scene=scene).order_by("order")[0]
        kept = first.variants.first() or variant_of(first)
        Score.objects.create(variant=kept, criterion=f"c{n}", weight=0.1, value=0.5)
        Review.objects.create(variant=kept, verdict="approved", actor_kind="person", actor=ada)


@pytest.fixture
def addresses(project, episode, ada):
    shot = Shot.objects.filter(scene__episode=episode).order_by("scene__number", "order")[0]
    variant = variant_of(shot)
    under_project = ("members", "episodes", "style-bibles", "events", "characters", "jobs")
    under_episode = (
        "scenes",
        "shots",
        "castings",
        "variants",
        "cuts",
        "deliveries",
        "script-drafts",
    )
    return [
        "projects/",
        *(f"projects/{project.pk}/{name}/" for name in under_project),
        *(f"episodes/{episode.pk}/{name}/" for name in under_episode),
        f"variants/{variant.pk}/scores/",
        f"variants/{variant.pk}/reviews/",
    ]


def test_every_list_costs_the_same_for_three_rows_and_thirty(
    program, project, episode, ada, addresses
):
    ask = program(ada)
    ask.get("projects/")

    def costs() -> dict[str, tuple[int, int]]:
        found = {}
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = ask.get(f"{address}?limit=200")
            found[address] = (len(queries), len(answer.json()["results"]))
        return found

    begun = Scene.objects.filter(episode=episode).first().shots.count()
    grow(project, episode, ada, begun + 3)
    few = costs()
    grow(project, episode, ada, begun + 30)
    many = costs()
    assert {a: q for a, (q, _) in few.items()} == {a: q for a, (q, _) in many.items()}
    assert all(many[a][1] >= few[a][1] + 25 for a in addresses), many
    assert max(q for q, _ in many.values()) <= 10
