"""The review room: what it is held against, its neighbours, what changed since, and the rules as the help page prints them."""

from __future__ import annotations

import pytest

from projects.services.shots import shot_update
from renders.models import Verdict
from renders.readings.changes import variant_changes
from renders.readings.neighbours import filmstrip
from renders.selectors import review_room
from renders.services.jobs import run_until_done
from renders.services.reviews import review_approve
from renders.services.variants import variants_request
from renders.verdicts import TRANSITIONS, sources_of
from tests.factories import first_shot, variant_of


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def drawn(shot, user):
    """Draw one variant of a shot for real."""
    run_until_done(variants_request(user=user, shot=shot, count=1))
    return shot.variants.get()


def test_the_best_of_the_others_stands_against_the_variant_looked_at(shot):
    for number, score in ((1, 0.9), (2, 0.4), (3, 0.6)):
        variant_of(shot, number=number, score=score)
    room = review_room(shot, tier="storyboard")
    assert (room.chosen.number, room.against.number) == (1, 3)
    asked = review_room(shot, tier="storyboard", number=3, against=2)
    assert (asked.chosen.number, asked.against.number) == (3, 2)


def test_a_variant_is_never_held_against_itself(shot):
    variant_of(shot)
    assert review_room(shot, tier="storyboard", number=1, against=1).against is None


@pytest.mark.slow
def test_what_changed_since_a_picture_was_made_is_said_field_by_field(shot, ben, ada):
    made = drawn(shot, ben)
    assert variant_changes(made, shot) == []
    shot_update(user=ben, shot=shot, changes={"lens_mm": 85, "prop": "ticket", "move": "pan_left"})
    changes = variant_changes(made, shot)
    assert [(c.what, c.now) for c in changes] == [("lens", "85"), ("prop", "ticket")]


@pytest.mark.slow
def test_the_room_shows_what_changed_only_where_the_variant_is_stale(shot, ben, client, dora):
    made = drawn(shot, ben)
    review_approve(user=dora, variant=made)
    client.force_login(dora)
    assert (
        "Changed since this was made" not in client.get(f"/shots/{shot.pk}/review").content.decode()
    )
    shot_update(user=ben, shot=shot, changes={"lens_mm": 85})
    page = client.get(f"/shots/{shot.pk}/review").content.decode()
    assert "Changed since this was made" in page
    assert "before the brief changed" in page


def test_the_filmstrip_shows_two_shots_on_either_side_with_their_best_picture(
    episode, dora, django_assert_num_queries
):
    shots = [s for scene in episode.scenes.all() for s in scene.shots.all()]
    first, second = shots[0], shots[1]
    variant_of(second, number=1, score=0.9)
    approved = variant_of(second, number=2, score=0.2)
    review_approve(user=dora, variant=approved)
    with django_assert_num_queries(3):
        strip = filmstrip(first, tier="storyboard")
    assert [near.shot for near in strip] == shots[:3]
    assert strip[0].is_here
    assert strip[1].picture == approved.pk


def test_an_omitted_shot_stands_in_no_filmstrip(shot):
    type(shot).objects.filter(pk=shot.pk).update(status="omitted")
    assert filmstrip(shot, tier="storyboard") == []


def test_the_table_reaches_every_verdict_and_leaves_none_without_a_way_out():
    assert {row.verdict for row in TRANSITIONS} == set(Verdict)
    assert {source for row in TRANSITIONS for source in row.sources} == set(Verdict)
    assert sources_of(Verdict.WAITING) == {Verdict.APPROVED, Verdict.REJECTED}


def test_the_help_page_prints_every_row_of_the_table(client, vic):
    client.force_login(vic)
    page = client.get("/help/verdicts").content.decode()
    assert page.count('data-testid="transition"') == len(TRANSITIONS)
    for row in TRANSITIONS:
        assert row.evidence in page


@pytest.mark.parametrize("asked", ["wipe", "side", "<script>", ""])
def test_only_known_ways_to_compare_come_from_the_address(shot, client, vic, asked):
    for number in (1, 2):
        variant_of(shot, number=number)
    client.force_login(vic)
    page = client.get(f"/shots/{shot.pk}/review", {"mode": asked}).content.decode()
    expected = asked if asked in ("wipe", "side") else ""
    assert f'data-mode="{expected}"' in page
