"""A variant's colours against its look: in the API, on the pages, and taken into the look by whoever approves."""

from __future__ import annotations

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apexsite.kit.errors import InputError, NotAllowed, StateError
from apexsite.kit.pixels import png_bytes
from characters.models import Casting
from projects.engine.bibletakes import colours_taken
from projects.models import Event, StyleBibleVersion
from projects.services.bibles import bible_export, bible_publish, bible_take_colours
from renders.services.media import media_keep_bytes
from renders.services.palettes import variant_palette
from tests.api.conftest import no_old_counts, program  # noqa: F401
from tests.factories import first_shot, variant_of
from tests.look.test_palette_report import painted
from tests.projects.test_bibles import SEED

PICTURE = painted(["#2C3E50", "#C08055", "#A8C64A"], [0.5, 0.3, 0.2])


@pytest.fixture
def variant(episode, project, dora):
    bible_publish(user=dora, project=project, document=SEED)
    variant = variant_of(first_shot(episode))
    variant.media = media_keep_bytes(
        png_bytes(PICTURE), content_type="image/png", width=160, height=160
    )
    variant.save()
    return variant


def current(project):
    return StyleBibleVersion.objects.get(project=project, is_current=True)


def test_a_variants_report_follows_its_look_and_who_is_in_the_shot(variant, project, dora):
    has_people = Casting.objects.filter(shot=variant.shot).exists()
    report = variant_palette(variant)
    by_name = {pair.colour: pair for pair in report.pairs}
    assert by_name["#2C3E50"].delta_e < 0.5
    assert any(pair.is_skin for pair in report.pairs) == has_people
    Casting.objects.filter(shot=variant.shot).delete()
    assert not any(pair.is_skin for pair in variant_palette(variant).pairs)
    lime = by_name["#A8C64A"]
    assert lime.delta_e > 20
    bible_take_colours(user=dora, project=project, takes={"#A8C64A": "palette"})
    after = {pair.colour: pair for pair in variant_palette(variant).pairs}
    assert after["#A8C64A"].delta_e < 0.5


def test_colours_are_added_or_take_a_place_and_only_those_keys_change():
    document = colours_taken(
        SEED, {"#a8c64a": "palette", "#101B33": "#2c3e50", "#C08055": "skin", "#ECF0F1": "palette"}
    )
    assert document["color_palette"] == {
        "primary_colors": ["#101B33", "#ECF0F1", "#E74C3C", "#A8C64A"],
        "skin_tones": ["#FDBCB4", "#F1C27D", "#E0AC69", "#C08055"],
    }
    assert {**document, "color_palette": SEED["color_palette"]} == SEED
    assert SEED["color_palette"]["primary_colors"] == ["#2C3E50", "#ECF0F1", "#E74C3C"]
    for takes, word in (
        ({}, "no colour was chosen"),
        ({"red": "palette"}, "#RRGGBB"),
        ({"#101B33": "somewhere"}, "must be palette, skin, or a colour"),
        ({f"#0000{n:02X}": "palette" for n in range(12)}, "at most 12"),
    ):
        with pytest.raises(InputError, match=word):
            colours_taken(SEED, takes)


def test_the_page_shows_pairs_and_takes_colours_once(variant, project, client, dora, ben, vic):
    address = f"/variants/{variant.pk}/palette"
    client.force_login(vic)
    page = client.get(address).content.decode()
    assert "ΔE" in page
    assert "take-colours" not in page
    part = client.get(f"{address}?part=1").content.decode()
    assert "<html" not in part
    assert "palette-said" in part
    form = {"version": str(current(project).version), "take.#A8C64A": "palette", "take.#C08055": ""}
    for user in (vic, ben):
        client.force_login(user)
        assert client.post(address, form).status_code == 403
    client.force_login(dora)
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    row = current(project)
    assert row.version == int(form["version"]) + 1
    assert bible_export(row)["color_palette"]["primary_colors"][-1] == "#A8C64A"
    told = Event.objects.filter(verb="bible.published").last().payload
    assert told["source"] == f"variant 1 of {variant.shot.code}"
    assert told["changes"] == ["Palette: + #A8C64A lime"]
    none = client.post(address, {"version": str(row.version)})
    assert none.status_code == 400
    assert "no colour was chosen" in none.content.decode().lower()
    late = client.post(address, {"version": "1", "take.#101B33": "palette"})
    assert late.status_code == 412


def test_shot_and_review_pages_name_the_colours(variant, client, ben):
    client.force_login(ben)
    for page in (f"/shots/{variant.shot_id}/", f"/shots/{variant.shot_id}/review"):
        answer = client.get(page, follow=True)
        assert f"/variants/{variant.pk}/palette?part=1" in answer.content.decode()


def test_programs_read_the_report_and_take_colours(variant, project, program, vic, dora):  # noqa: F811
    report = program(vic).get(f"variants/{variant.pk}/palette/").json()
    assert {"#2C3E50", "#A8C64A"} < {pair["colour"] for pair in report["colours"]}
    assert report["sentence"].startswith("Its colours lie ΔE")
    address, body = f"variants/{variant.pk}:take-colours", {"colours": {"#A8C64A": "palette"}}
    assert program(vic).post(address, body).status_code == 403
    done = program(dora).post(address, body)
    assert done.status_code == 200, done.content
    assert done.json()["document"]["color_palette"]["primary_colors"][-1] == "#A8C64A"
    bad = program(dora).post(address, {"colours": {"#A8C64A": "wall"}})
    assert bad.status_code == 400


def test_a_picture_brought_shows_its_colours_and_is_kept_nowhere(project, client, dora, vic):
    client.force_login(vic)
    address = f"/projects/{project.pk}/look/colours"
    assert client.get(address).status_code == 200
    upload = SimpleUploadedFile("still.png", png_bytes(PICTURE))
    assert client.post(address, {"picture": upload}).status_code == 403
    client.force_login(dora)
    upload = SimpleUploadedFile("still.png", png_bytes(PICTURE))
    page = client.post(address, {"picture": upload}).content.decode()
    assert "#A8C64A" in page
    assert 'name="take.#A8C64A"' in page
    form = {"version": str(current(project).version), "take.#A8C64A": "#E74C3C"}
    assert client.post(address, form).status_code == 302
    assert "#A8C64A" in current(project).document["color_palette"]["primary_colors"]
    for content in (b"no picture", png_bytes(np.zeros((4, 4, 3), np.uint8))[:40]):
        odd = client.post(address, {"picture": SimpleUploadedFile("x.png", content)})
        assert odd.status_code == 400
        assert "readable" in odd.content.decode()


def test_an_artist_takes_no_colours_and_no_version_is_no_look(project, ben, dora):
    with pytest.raises(NotAllowed):
        bible_take_colours(user=ben, project=project, takes={"#101B33": "palette"})
    with pytest.raises(StateError):
        bible_take_colours(user=dora, project=project, takes={"#101B33": "palette"}, version=99)
