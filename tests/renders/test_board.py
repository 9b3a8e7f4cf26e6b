"""The board in windows: order, filter, totals, one card by itself, and a place in it that nobody gave out."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from characters.models import Casting, Character
from projects.models import Shot
from projects.services.shots import shot_retake, shot_update
from renders.models import RenderTask
from renders.readings.board import cards_in, shots_in, totals, window
from renders.readings.cards import card_of, cast_names
from renders.readings.filterline import filter_line
from renders.services.policies import shot_approve_best
from renders.services.reviews import review_approve, review_reject
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of
from tests.renders.test_web import fill


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def fitting(episode, text, tier="storyboard"):
    line = filter_line(text, cast=cast_names(episode))
    assert line.notes == []
    seen = window(episode, tier=tier, line=line, names={})
    codes = [card.code for band in seen.bands for card in band.cards]
    assert seen.found == len(codes)
    return codes


def test_windows_hold_every_shot_once_in_the_order_of_the_script(episode):
    fill(episode, 23)
    line, seen, after, pages = filter_line("", cast={}), [], "", 0
    while True:
        part = window(episode, tier="storyboard", line=line, names={}, after=after, size=5)
        seen += [card.pk for band in part.bands for card in band.cards]
        pages += 1
        assert part.remaining == 23 - len(seen)
        if not (after := part.following):
            break
    ordered = shots_in(episode).order_by("scene__number", "order").values_list("pk", flat=True)
    assert (pages, seen) == (5, list(ordered))


def test_a_window_follows_its_place_though_the_shot_there_is_gone(episode):
    fill(episode, 8)
    line = filter_line("", cast={})
    part = window(episode, tier="storyboard", line=line, names={}, size=3)
    last = part.bands[-1].cards[-1]
    Shot.objects.filter(pk=last.pk).delete()
    after = part.following
    rest = window(episode, tier="storyboard", line=line, names={}, after=after, size=3)
    assert rest.bands[0].is_continued
    assert [card.code for card in rest.bands[0].cards] == ["x0003", "x0004", "x0005"]


@pytest.mark.parametrize("after", ["1", "a.b.c", "1.2.3", "1.2.3.4", "--", "٣.1.x"])
def test_a_place_that_nobody_gave_out_is_refused_in_words(project, episode, client, vic, after):
    client.force_login(vic)
    answer = client.get(f"/projects/{project.pk}/", {"after": after})
    assert answer.status_code == 400
    assert "no place on the board" in answer.content.decode()


def test_the_filter_finds_what_it_says(episode, shot, ada, ben, dora):
    every = [card.code for card in cards_in(episode, tier="storyboard")]
    second, third = (
        Shot.objects.get(pk=card.pk) for card in cards_in(episode, tier="storyboard")[1:3]
    )
    review_approve(user=dora, variant=variant_of(shot))
    shot_approve_best(user=ben, shot=variant_of(second).shot, tier="storyboard")
    review_reject(user=dora, variant=variant_of(third), reason="light")
    drawn = {shot.code, second.code, third.code}
    assert fitting(episode, "status:approved") == [shot.code, second.code]
    assert fitting(episode, "policy") == [second.code]
    assert fitting(episode, "approved -policy") == [shot.code]
    assert fitting(episode, "rejected") == [third.code]
    assert fitting(episode, "status:empty") == [code for code in every if code not in drawn]
    assert fitting(episode, "approved rejected scene:1") == [shot.code, second.code, third.code]
    variant_of(third, number=2)
    assert fitting(episode, "waiting") == [third.code]
    variants_request(user=ben, shot=third)
    assert fitting(episode, "drawing") == [third.code]
    shot_retake(user=dora, shot=second, reason="closer")
    assert fitting(episode, "retake") == [second.code]
    shot_update(user=ben, shot=shot, changes={"action": "She SITS on the bench."})
    assert fitting(episode, "stale") == [shot.code]
    assert fitting(episode, "approved -stale") == [second.code]
    assert fitting(episode, "stale -stale") == []
    assert fitting(episode, '"sits on"') == [shot.code]
    assert set(fitting(episode, f"size:{shot.size}")) == set(
        shots_in(episode).filter(size=shot.size).values_list("code", flat=True)
    )
    assert fitting(episode, "waiting", tier="final") == []
    ivo = Casting.objects.filter(character__name__icontains="ivo").values("shot")
    assert set(fitting(episode, "cast:ivo")) == set(
        shots_in(episode).filter(pk__in=ivo).values_list("code", flat=True)
    )


def test_totals_say_what_is_there(episode, shot, dora, ben):
    told = totals(episode, tier="storyboard")
    count = shots_in(episode).count()
    assert (told.shots, told.empty, told.undecided, told.approved) == (count, count, 0, 0)
    assert told.frames == sum(shots_in(episode).values_list("duration_frames", flat=True))
    first, second = (
        variant_of(shot),
        Shot.objects.get(pk=cards_in(episode, tier="storyboard")[1].pk),
    )
    variants_request(user=ben, shot=second)
    told = totals(episode, tier="storyboard")
    assert (told.empty, told.undecided) == (count - 2, 1)
    review_approve(user=dora, variant=first)
    told = totals(episode, tier="storyboard")
    assert (told.undecided, told.approved) == (0, 1)
    assert totals(episode, tier="final").approved == 0


def test_one_card_costs_the_same_however_long_the_film_and_equals_the_boards(episode, client, dora):
    client.force_login(dora)
    costs = []
    for count in (3, 300):
        fill(episode, count)
        shot = first_shot(episode)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/shots/{shot.pk}/card").status_code == 200
        costs.append(len(queries))
        assert card_of(shot, tier="storyboard") == cards_in(episode, tier="storyboard")[0]
        assert not any("LIMIT 100" in query["sql"] for query in queries)
    assert costs[0] == costs[1] <= 13


def test_the_card_shows_the_approved_else_the_best_not_rejected(episode, shot, dora):
    low, high = variant_of(shot, number=1, score=0.2), variant_of(shot, number=2, score=0.9)
    assert card_of(shot, tier="storyboard").picture == high.pk
    review_reject(user=dora, variant=high, reason="light")
    card = card_of(shot, tier="storyboard")
    assert (card.picture, card.verdict, card.variant_count) == (low.pk, "waiting", 2)
    review_approve(user=dora, variant=low)
    assert card_of(shot, tier="storyboard").verdict == "approved"


def test_the_next_window_is_loaded_in_place_and_works_as_a_page(project, episode, client, dora):
    client.force_login(dora)
    fill(episode, 130)
    page = client.get(f"/projects/{project.pk}/").content.decode()
    assert "130 shots" in page and "30 more" in page
    link = re.search(r'href="(\?[^"]+after=[^"]+)"', page)
    assert link is not None
    address = f"/projects/{project.pk}/{link[1].replace('&amp;', '&')}"
    whole = client.get(address).content.decode()
    assert whole.count('<article class="card"') == 30 and "Back to the first shot" in whole
    assert "continued" in whole
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.count('<article class="card"') == 30
    assert "<html" not in part and "hx-swap-oob" in part


def test_words_not_understood_are_said_on_the_page(project, episode, client, vic):
    client.force_login(vic)
    page = client.get(
        f"/projects/{project.pk}/", {"q": "size:xl <b>x</b> scene:1"}
    ).content.decode()
    assert "“size:xl” is not understood" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page and "<b>x" not in page


def test_every_address_on_a_card_leads_somewhere(project, episode, shot, client, ben):
    variant_of(shot)
    client.force_login(ben)
    card = client.get(f"/shots/{shot.pk}/card").content.decode()
    found = re.findall(r'(?:href|src|data-card|formaction|hx-post)="([^"?]+)', card)
    assert len(found) == 6
    names = {resolve(address).url_name for address in found}
    assert names == {"shot-card", "review", "shot", "variant-thumbnail", "ask-variants"}


def test_a_second_click_on_ask_asks_for_nothing(shot, client, ben):
    client.force_login(ben)
    for _ in range(2):
        client.post(f"/shots/{shot.pk}/variants")
    assert RenderTask.objects.count() == 3


def test_who_looks_only_gets_no_boxes_to_tick(project, episode, client, vic):
    client.force_login(vic)
    page = client.get(f"/projects/{project.pk}/").content.decode()
    assert 'name="shot"' not in page and 'id="bulk"' not in page
    assert Character.objects.exists()
