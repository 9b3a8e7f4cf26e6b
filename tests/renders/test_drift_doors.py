"""Drift on the page, in the interface, at the terminal and on the board's cards."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apexsite.kit.pixels import read_picture
from projects.models import Shot
from projects.services.tokens import token_create
from renders.bridge import current_bible
from renders.models import DriftReading, RenderTask, Variant
from renders.readings.board import cards_in
from renders.readings.drift import drift_chart
from renders.services.jobs import run_until_done
from renders.services.tightening import episode_tighten, variant_tighten
from tests.factories import first_shot, variant_of


def reading(shot, project, distance, *issues):
    """Return a picture of a shot with a reading."""
    variant = variant_of(shot)
    DriftReading.objects.create(
        variant=variant,
        bible=current_bible(project),
        distance=distance,
        issues=list(issues),
        features={"key": 24.0},
        parts={"key": 0.5},
    )
    return variant


@pytest.fixture
def pictures(episode, project):
    """Return the pictures of all shots: the first drifted, the others on the look."""
    shots = Shot.objects.filter(scene__episode=episode).order_by("scene__number", "order")
    return [
        reading(shot, project, 0.1 if n else 0.31, *([] if n else ["darker than the look asks"]))
        for n, shot in enumerate(shots)
    ]


def test_the_page_shows_the_chart_the_alarm_in_words_and_a_button(client, ben, episode, pictures):
    client.force_login(ben)
    page = client.get(f"/episodes/{episode.pk}/drift").content.decode()
    chart = page[page.index('<svg xmlns="http://www.w3.org/2000/svg" class="dc"') :]
    assert chart.count("<title>") == len(pictures)
    assert f'href="#shot-{pictures[0].shot_id}"' in page
    assert f'id="shot-{pictures[0].shot_id}"' in page
    assert "Darker than the look asks" in page
    assert page.count('data-testid="tighten"') == 1


def test_who_only_looks_gets_no_button(client, vic, episode, pictures):
    client.force_login(vic)
    page = client.get(f"/episodes/{episode.pk}/drift").content.decode()
    assert "Darker than the look asks" in page
    assert 'data-testid="tighten"' not in page


def test_the_button_asks_once_and_says_so(client, ben, episode, pictures):
    client.force_login(ben)
    for _ in range(2):
        answer = client.post(f"/variants/{pictures[0].pk}/tighten", follow=True)
    assert RenderTask.objects.filter(request__tighter_of=str(pictures[0].pk)).count() == 1
    page = answer.content.decode()
    assert 'data-testid="tighter-asked"' in page
    assert 'data-testid="tighten"' not in page


def test_a_tighter_picture_is_told_beside_its_parent_with_its_own_distance(
    client, ben, episode, pictures
):
    run_until_done(variant_tighten(user=ben, variant=pictures[0]))
    tighter = Variant.objects.get(shot=pictures[0].shot, number=2)
    DriftReading.objects.filter(variant=tighter).update(distance=0.17)
    Variant.objects.filter(pk=pictures[0].pk).update(verdict="approved")
    row = drift_chart(episode, tier="storyboard").rows[0]
    assert (row.number, row.tighter_number, row.tighter_distance) == (1, 2, 0.17)
    client.force_login(ben)
    page = client.get(f"/shots/{tighter.shot_id}/").content.decode()
    assert "Picture 2 is tighter: because drift 0.31 over 0.20 in picture 1." in page


def test_all_alarmed_are_asked_from_the_page(client, ben, episode, project, pictures):
    DriftReading.objects.filter(variant=pictures[1]).update(distance=0.4)
    client.force_login(ben)
    page = client.post(f"/episodes/{episode.pk}/drift/tighten", follow=True).content.decode()
    assert "Asked for 2 tighter pictures." in page
    again = client.post(f"/episodes/{episode.pk}/drift/tighten", follow=True).content.decode()
    assert "Asked for 0 tighter pictures." in again
    assert "already asked for" in again
    assert RenderTask.objects.count() == 2


def test_however_many_are_alarmed_the_approved_are_read_once(ben, episode, pictures):
    DriftReading.objects.update(distance=0.4)
    with CaptureQueriesContext(connection) as asked:
        done = episode_tighten(user=ben, episode=episode, tier="storyboard")
    assert sum(one.is_done for one in done) == len(pictures) > 1
    read = [
        q
        for q in asked.captured_queries
        if '"renders_variant"."verdict" = \'approved\'' in q["sql"]
    ]
    assert len(read) == 1


def test_what_is_not_measured_is_measured_by_a_button(client, ben, episode):
    variant = variant_of(first_shot(episode))
    client.force_login(ben)
    page = client.get(f"/episodes/{episode.pk}/drift").content.decode()
    assert 'data-testid="drift-measure"' in page
    client.post(f"/episodes/{episode.pk}/drift/measure")
    assert DriftReading.objects.get().variant == variant


def test_the_chart_comes_as_a_file(client, vic, episode, pictures):
    client.force_login(vic)
    answer = client.get(f"/episodes/{episode.pk}/drift.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert b"<a " not in answer.content


def test_the_interface_tells_the_same_numbers_and_asks_once(client, ben, episode, pictures):
    secret = token_create(user=ben, name="desk", scopes=["read", "make"])[1]
    headers = {"Authorization": f"Bearer {secret}"}
    told = client.get(f"/api/v1/episodes/{episode.pk}/drift/", headers=headers).json()
    assert (told["limit"], told["approved"]) == (0.2, 0)
    assert [row["is_over"] for row in told["shots"]] == [True] + [False] * (len(pictures) - 1)
    assert told["shots"][0]["issues"] == ["darker than the look asks"]
    address = f"/api/v1/variants/{pictures[0].pk}:tighten"
    first, second = (
        client.post(address, "{}", "application/json", headers=headers) for _ in range(2)
    )
    assert (first.status_code, first.json()["id"]) == (202, second.json()["id"])
    refused = client.post(
        f"/api/v1/variants/{pictures[1].pk}:tighten", "{}", "application/json", headers=headers
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "state")
    bulk = client.post(
        f"/api/v1/episodes/{episode.pk}:tighten", "{}", "application/json", headers=headers
    ).json()
    assert [one["words"] for one in bulk["shots"]] == ["already asked for"]


def test_programs_measure_what_is_not_measured(client, ben, vic, episode):
    variant = variant_of(first_shot(episode))
    address = f"/api/v1/episodes/{episode.pk}:measure-drift"
    client.force_login(vic)
    assert client.post(address, "{}", "application/json").status_code == 403
    client.force_login(ben)
    first, second = (client.post(address, "{}", "application/json").json() for _ in range(2))
    assert (first, second) == ({"measured": 1, "unmeasured": 0}, {"measured": 0, "unmeasured": 0})
    assert DriftReading.objects.get().variant == variant


def test_what_was_read_already_is_not_sent_again(client, ben, project):
    client.force_login(ben)
    for address in (f"projects/{project.pk}/engines/", "look-terms/", "script-styles/"):
        etag = client.get(f"/api/v1/{address}")["ETag"]
        again = client.get(f"/api/v1/{address}", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_options_of_a_picture_are_checked_at_the_interface(client, ben, episode):
    secret = token_create(user=ben, name="desk", scopes=["read", "make"])[1]
    headers = {"Authorization": f"Bearer {secret}"}
    address = f"/api/v1/shots/{first_shot(episode).pk}:request-variants"
    for options in ({"finish": {"blur": 1}}, {"tightness": 2}, {"loras": "x"}, {"loras": [1]}):
        answer = client.post(
            address, json.dumps({"options": options}), "application/json", headers=headers
        )
        assert answer.status_code == 400, options
        assert "valid" in answer.json()["detail"] or "must be" in answer.json()["detail"]
    assert not RenderTask.objects.exists()


def test_the_command_measures_tells_and_draws(episode, project, tmp_path, capsys):
    variant_of(first_shot(episode))
    svg, png = tmp_path / "drift.svg", tmp_path / "drift.png"
    call_command("drift", project.name, svg=svg, png=png)
    said = capsys.readouterr().out
    assert "measured 1 pictures; limit 0.20: the starting alarm" in said
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert read_picture(png).shape[0] > 600
    call_command("drift", project.name, "--json")
    told = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in told["shots"]] == [first_shot(episode).code]


def test_the_command_says_what_it_does_not_know(db):
    with pytest.raises(CommandError, match="no film 1 of a project called 'Nobody'"):
        call_command("drift", "Nobody")


def test_cards_say_drift_only_where_something_is_wrong(client, ben, episode, project, pictures):
    cards = cards_in(episode, tier="storyboard")
    assert [card.drift > 0 for card in cards] == [True] + [False] * (len(cards) - 1)
    client.force_login(ben)
    page = client.get(f"/projects/{project.pk}/").content.decode()
    assert page.count('class="mark drift"') == 1
    assert "Drifts from the look: 0.31, the limit is 0.20" in page


def test_the_chart_costs_the_same_for_three_shots_and_for_forty(episode, project):
    costs = []
    for count in (3, 40):
        scene = Shot.objects.filter(scene__episode=episode)[0].scene
        for n in range(count):
            shot, made = Shot.objects.get_or_create(
                scene=scene, code=f"x{n}", defaults={"order": 500 + n}
            )
            if made:
                reading(shot, project, 0.3)
        with CaptureQueriesContext(connection) as queries:
            drift_chart(episode, tier="storyboard")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_rejected_picture_is_no_alarm(episode, project, pictures):
    Variant.objects.filter(pk=pictures[0].pk).update(verdict="rejected")
    assert drift_chart(episode, tier="storyboard").alarms == []


@pytest.mark.parametrize("page", ["", "review"])
def test_a_shots_pages_say_what_drifted_and_ask_from_there(client, ben, pictures, page, episode):
    client.force_login(ben)
    address = f"/shots/{pictures[0].shot_id}/{page}"
    shown = client.get(address).content.decode()
    assert "Darker than the look asks" in shown
    assert 'data-testid="tighten"' in shown
    back = "review" if page else "shot"
    answer = client.post(f"/variants/{pictures[0].pk}/tighten", {"back": back})
    assert answer["Location"] == f"{address}?tier=storyboard"
    again = client.get(address).content.decode()
    assert "A tighter picture was asked for." in again
    calm = client.get(f"/shots/{pictures[1].shot_id}/{page}").content.decode()
    assert 'data-testid="drift-note"' in calm
    assert 'data-testid="tighten"' not in calm
