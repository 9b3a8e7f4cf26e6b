"""A character's body on their page and in the API: where each part came from, whom they were spread from, a sketch by a button."""

from __future__ import annotations

import pytest
from django.urls import reverse

from characters.models import Character
from characters.services.bodies import bodies_ensure
from characters.services.profiles import character_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara(episode) -> Character:
    return Character.objects.get(project=episode.project, name__startswith="Mara")


def page_of(client, character, **query) -> str:
    return client.get(reverse("character", args=[character.pk]), query).content.decode()


def test_before_casting_the_page_offers_it_and_two_clicks_cast_once(
    standin, episode, ben, client, mara
):
    client.force_login(ben)
    assert "Cast for the stage now" in page_of(client, mara)
    address = reverse("character-body", args=[mara.pk])
    assert client.get(address).status_code == 409
    for _ in range(2):
        assert client.post(address).status_code == 302
        mara.refresh_from_db()
        body = mara.body
    mara.refresh_from_db()
    assert mara.body == body
    assert "Cast for the stage now" not in page_of(client, mara)


def test_the_page_says_what_came_from_the_sheet_what_was_chosen_and_what_was_spread(
    standin, episode, ben, client, mara
):
    bodies_ensure(user=ben, project=episode.project)
    mara.refresh_from_db()
    mara.body_sources["apart"] = "spread from Ivo <i>: 2.10 mm apart, moved to 2.90 mm"
    mara.save()
    client.force_login(ben)
    page = page_of(client, mara)
    for origin in ("from the sheet", "chosen by default", "spread apart"):
        assert origin in page
    assert "Spread from Ivo &lt;i&gt;: 2.10 mm apart" in page
    told = client.get(f"/api/v1/characters/{mara.pk}/").json()
    assert told["body"]["schema"] == "apex.body/1"
    assert told["body_sources"]["apart"].startswith("spread from Ivo")


def test_the_sketch_is_drawn_when_asked_for_and_looking_is_enough_for_it(
    standin, episode, ben, vic, client, mara
):
    bodies_ensure(user=ben, project=episode.project)
    client.force_login(vic)
    address = reverse("character-body", args=[mara.pk])
    assert f'src="{address}' not in page_of(client, mara)
    assert f'src="{address}' in page_of(client, mara, sketch="1")
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert client.post(address).status_code in (403, 404)


def test_without_the_stage_the_page_says_what_gets_it(episode, ben, client, mara, monkeypatch):
    monkeypatch.setenv("APEX_STAGE", "off")
    bodies_ensure(user=ben, project=episode.project)
    client.force_login(ben)
    page = page_of(client, mara, sketch="1")
    assert "unset APEX_STAGE" in page
    address = reverse("character-body", args=[mara.pk])
    assert f'src="{address}' not in page
    assert client.get(address).status_code == 503


def test_a_child_is_not_supported_and_the_page_says_so_before_anything_is_asked(
    standin, episode, ben, client, mara
):
    character_update(user=ben, character=mara, changes={"age_years": [6, 8]})
    client.force_login(ben)
    page = page_of(client, mara)
    assert "Not supported in previz." in page
    assert "children are not supported" in page
    assert "Cast for the stage now" not in page


def test_a_value_of_a_table_of_defaults_was_chosen_and_shares_make_a_whole(
    standin, episode, ben, mara
):
    from characters.readings.bodies import parts_of

    bodies_ensure(user=ben, project=episode.project)
    mara.refresh_from_db()
    mara.profile_sources["age_years"] = "S0 age table: default"
    parts = {part.label: part for part in parts_of(mara)}
    assert parts["Age"].origin == "chosen by default"
    assert sum(int(w) for w in parts["Ancestry"].value.split() if w.isdecimal()) == 100
