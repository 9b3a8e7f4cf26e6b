"""Grades of a film, a scene, a shot: laid over one another, versioned, in the cut, on the page, refused by name."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apexsite.kit.errors import InputError, NotAllowed, StaleEdit
from projects.models import Event
from projects.services.bibles import bible_publish
from renders.engine.grading.cube import cube_text, read_cube
from renders.engine.grading.table import Table, identity_table
from renders.models import ColourTable, Cut, GradeVersion, Tier
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.films import timeline_of
from renders.services.grades import (
    cut_grades,
    cut_regrade,
    fold_errors,
    grade_reset,
    grade_save,
    grades_of_cut,
    layers_of,
    table_import,
)
from renders.services.reviews import review_approve
from tests.factories import first_shot, variant_of

INVERTED = cube_text(Table(1.0 - identity_table(5).points, title="Inverted")).encode()


@pytest.fixture
def approved(episode, dora):
    """Every shot has one approved variant."""
    for shot in shots_in_cut(episode):
        review_approve(user=dora, variant=variant_of(shot))
    return episode


def test_layers_fall_from_the_look_to_the_shot_and_say_only_what_differs(project, episode, dora):
    bible_publish(user=dora, project=project, document={"grade": {"tint": 4}, "film_grain": 0.1})
    shot = first_shot(episode)
    film = grade_save(
        user=dora, place=project, document={"tint": 4, "film_grain": 0.1, "vignette": 0.3}
    )
    assert film.document == {"schema": "apex.grade/1", "vignette": 0.3}
    above = layers_of(project).above(shot)
    grade_save(user=dora, place=shot.scene, document={**above.to_document(), "gamma": 1.1})
    grade_save(user=dora, place=shot, document={"tint": 4, "film_grain": 0.1, "gamma": 1.1})
    grade = layers_of(project).of(shot)
    assert (grade["tint"], grade["gamma"], grade["vignette"]) == (4.0, 1.1, 0.0)
    assert layers_of(project).own(shot) == {"schema": "apex.grade/1", "vignette": 0.0}
    grade_reset(user=dora, place=shot)
    assert layers_of(project).of(shot) == layers_of(project).of(shot.scene)


def test_saving_the_same_twice_is_one_version_and_an_old_page_is_told(project, episode, ben, dora):
    first = grade_save(user=ben, place=project, document={"gamma": 1.2}, version=0)
    assert grade_save(user=ben, place=project, document={"gamma": 1.2}, version=0) == first
    with pytest.raises(StaleEdit):
        grade_save(user=dora, place=project, document={"gamma": 1.4}, version=0)
    grade_save(user=dora, place=project, document={"gamma": 1.4}, version=first.version)
    assert GradeVersion.objects.filter(is_current=True).count() == 1
    assert [e.verb for e in Event.objects.filter(project=project)].count("grade.saved") == 2
    assert grade_reset(user=ben, place=first_shot(episode)) is None


def test_only_who_makes_may_grade_and_only_with_tables_of_the_project(project, cleo, ben):
    with pytest.raises(NotAllowed):
        grade_save(user=cleo, place=project, document={"gamma": 1.2})
    with pytest.raises(NotAllowed):
        table_import(user=cleo, project=project, content=INVERTED, name="a.cube")
    with pytest.raises(InputError, match="no table of this project"):
        grade_save(user=ben, place=project, document={"lut": "sha256:" + "0" * 64})


def test_a_table_is_kept_once_and_a_broken_one_not_at_all(project, ben):
    one = table_import(user=ben, project=project, content=INVERTED, name="a.cube")
    assert table_import(user=ben, project=project, content=INVERTED, name="b.cube") == one
    assert (one.title, one.size, one.is_3d) == ("Inverted", 5, True)
    with pytest.raises(InputError, match="it was cut off"):
        table_import(user=ben, project=project, content=INVERTED[:-40], name="cut.cube")
    assert ColourTable.objects.count() == 1


def test_the_cut_keeps_the_grades_and_a_new_grade_is_a_new_version_of_it(approved, ben):
    project, shot = approved.project, first_shot(approved)
    table = table_import(user=ben, project=project, content=INVERTED, name="a.cube")
    cut = cut_build(user=ben, episode=approved)
    assert cut.document["shot_grades"] == {}
    assert cut_regrade(user=ben, cut=cut) == cut
    name = f"sha256:{table.media.sha256}"
    grade_save(user=ben, place=shot, document={"lut": name, "vignette": 0.2})
    newer = cut_regrade(user=ben, cut=cut)
    assert newer.version == cut.version + 1
    assert cut_regrade(user=ben, cut=cut) == newer
    assert newer.document["timeline"] == cut.document["timeline"]
    assert newer.document["shot_grades"][shot.code]["lut"] == name
    assert cut_build(user=ben, episode=approved) == newer
    grades = grades_of_cut(newer.document)
    assert grades.of(shot.code)["vignette"] == 0.2
    errors = fold_errors(grades, timeline_of(newer))
    assert sum(e["shots"] for e in errors.values()) == len(shots_in_cut(approved))
    assert max(e["de2000_max"] for e in errors.values()) <= 1.0


def test_a_cut_from_before_the_four_stages_is_still_read():
    grades = grades_of_cut({"grade": {"tint": 2.0}, "film_grain": 0.2})
    assert (grades.film["tint"], grades.film["film_grain"]) == (2.0, 0.2)


def test_the_cut_names_no_shot_that_is_graded_as_the_film_is(project, episode, ben):
    grade_save(user=ben, place=project, document={"gamma": 1.1})
    kept = cut_grades(project, shots_in_cut(episode))
    assert kept["grade"]["gamma"] == 1.1
    assert kept["shot_grades"] == {}


@pytest.fixture
def page(client, episode, ben):
    """The grade page, its first shot having a picture; Ben is logged in."""
    shot = first_shot(episode)
    variant_of(shot)
    client.force_login(ben)
    return f"/episodes/{episode.pk}/grade", shot


def test_the_page_tries_numbers_without_saving_them(client, page):
    address, _shot = page
    plain = client.get(address)
    assert plain.status_code == 200
    tried = client.get(address, {"exposure_stops": "0,5", "for": "shot"})
    body = tried.content.decode()
    assert 'name="exposure_stops" inputmode="decimal" value="0.5"' in body
    assert "Tried, not saved yet" in body
    assert GradeVersion.objects.count() == 0
    assert "must be from -8 to 8" in client.get(address, {"exposure_stops": "99"}).content.decode()
    assert "Cinematic: tried" in client.get(address, {"preset": "cinematic"}).content.decode()
    assert "Balanced by the greys" in client.get(address, {"balance": "1"}).content.decode()


def test_the_page_saves_for_the_shot_and_resets_it(client, page, project):
    address, shot = page
    sent = {"for": "shot", "shot": str(shot.pk), "version": "0", "contrast_percent": "12"}
    answer = client.post(f"{address}/save", sent, follow=True)
    assert f"The grade of {shot.code} is saved" in answer.content.decode()
    assert layers_of(project).of(shot)["contrast_percent"] == 12.0
    assert layers_of(project).of(project)["contrast_percent"] == 0.0
    stale = client.post(f"{address}/save", {**sent, "contrast_percent": "13"})
    assert stale.status_code == 412
    assert "Nothing was saved" in stale.content.decode()
    assert 'value="13"' in stale.content.decode()
    client.post(f"{address}/reset", {"for": "shot", "shot": str(shot.pk)})
    assert layers_of(project).of(shot)["contrast_percent"] == 0.0


def test_the_page_imports_a_table_and_says_what_is_wrong_with_a_broken_one(client, page):
    address, _shot = page
    sent = {"file": SimpleUploadedFile("inverted.cube", INVERTED), "for": "shot"}
    answer = client.post(f"{address}/table", sent, follow=True)
    assert "Inverted is imported" in answer.content.decode()
    assert "selected>Inverted" in answer.content.decode()
    broken = SimpleUploadedFile("b.cube", INVERTED.replace(b"0.75", b"nan", 1))
    answer = client.post(f"{address}/table", {"file": broken})
    assert answer.status_code == 400
    assert "Nothing was imported" in answer.content.decode()
    assert client.post(f"{address}/table", {}).status_code == 400


def test_pictures_scopes_and_tables_follow_the_numbers_of_the_address(client, page):
    address, _ = page
    before = client.get(f"{address}/picture.jpg", {"stage": "before"})
    after = client.get(f"{address}/picture.jpg", {"exposure_stops": "-3"})
    assert before["Content-Type"] == after["Content-Type"] == "image/jpeg"
    dark, light = (
        Image.open(io.BytesIO(answer.content)).convert("L").resize((1, 1)).getpixel((0, 0))
        for answer in (after, before)
    )
    assert dark < light
    for kind in ("parade", "waveform", "vectorscope", "histogram"):
        answer = client.get(f"{address}/scope.png", {"kind": kind, "gamma": "1.2"})
        assert Image.open(io.BytesIO(answer.content)).size == (720, 405)
    assert client.get(f"{address}/scope.png", {"kind": "xray"}).status_code == 400
    assert client.get(f"{address}/picture.jpg", {"gamma": "0"}).status_code == 400
    cube = client.get(f"{address}.cube", {"size": "17", "saturation_percent": "-100"})
    assert read_cube(cube.content).points[16, 0, 0] == pytest.approx(0.2126, abs=1e-4)
    assert "CIEDE2000" in cube.content.decode()
    assert client.get(f"{address}.cube", {"size": "18"}).status_code == 400


def test_a_film_is_asked_for_with_the_present_grade(client, approved, ben, project):
    cut_build(user=ben, episode=approved)
    grade_save(user=ben, place=project, document={"gamma": 1.1})
    client.force_login(ben)
    client.post(f"/episodes/{approved.pk}/cut/render", {"tier": Tier.STORYBOARD, "preview": "1"})
    newest = Cut.objects.filter(episode=approved).order_by("-version")[0]
    assert newest.document["grade"]["gamma"] == 1.1
    assert newest.version == 2
