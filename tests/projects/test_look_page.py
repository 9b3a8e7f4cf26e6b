"""The look: a form with swatches, the seed's document in and out unchanged, versions with what changed."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apexsite.kit.errors import InputError, StaleEdit
from projects.engine.bible import DEFAULTS, bible_from
from projects.engine.bibleschema import BY_NAME
from projects.engine.biblesheet import FIELDS, differences, others, sheet_read, value_of
from projects.engine.colour_names import NAMES, colour_name
from projects.models import Event, StyleBibleVersion
from projects.services.bibles import bible_export, bible_publish, bible_restore
from projects.web.lookform import groups_of
from renders.engine.grading.primary import GRADE_RANGE
from tests.factories import first_shot
from tests.projects.test_bibles import SEED


def current(project):
    return StyleBibleVersion.objects.get(project=project, is_current=True)


def form_of(row, **changes):
    """Return the form as the page would send it, with these fields changed."""
    sent = {"version": str(row.version)}
    for _, lines in groups_of(row.given or row.document):
        for line in lines:
            if line.kind == "colours":
                sent[line.name] = [s.colour for s in line.swatches]
                sent[f"{line.name}.names"] = [s.name for s in line.swatches]
            else:
                sent[line.name] = line.value
    return {**sent, **{name.replace("__", "."): value for name, value in changes.items()}}


def leaves(document, path=()):
    for key, value in document.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield ".".join((*path, key))


def test_the_sheet_holds_the_whole_schema_and_no_range_is_wider_than_the_grade_takes():
    assert {name for name in leaves(DEFAULTS) if name != "schema"} == set(BY_NAME)
    for field in FIELDS:
        if field.path[0] == "grade":
            least, most = GRADE_RANGE[field.path[1]]
            assert least <= field.least < field.most <= most, field.name


def test_every_colour_name_names_itself():
    assert {name: colour_name(value) for name, value in NAMES.items()} == {n: n for n in NAMES}


def test_a_form_sent_as_it_stands_changes_nothing():
    for document in ({}, SEED, bible_from(SEED).document):
        raw = {
            name: [str(part) for part in value] if isinstance(value, list) else [f"{value}"]
            for name, value in ((f.name, value_of(document, f)) for f in FIELDS)
        }
        assert sheet_read(raw, base=document) == (document, {})


def test_what_comes_in_goes_out_key_for_key(project, client, dora):
    client.force_login(dora)
    strange = {**SEED, "vfx_notes": {"rain": ["soft", 2]}, "mood": "", "grade": {"tint": 2}}
    for document in (SEED, strange):
        upload = SimpleUploadedFile("style_bible.json", json.dumps(document).encode())
        client.post(f"/projects/{project.pk}/look", {"file": upload})
        out = json.loads(client.get(f"/projects/{project.pk}/look.json").content)
        assert out == document
        row = current(project)
        assert bible_publish(user=dora, project=project, document=bible_export(row)).pk == row.pk
    assert others(strange) == {"vfx_notes": {"rain": ["soft", 2]}}


def test_an_edit_changes_only_its_own_keys_of_what_was_given(project, client, dora):
    bible_publish(user=dora, project=project, document=SEED)
    client.force_login(dora)
    answer = client.post(
        f"/projects/{project.pk}/look", form_of(current(project), mood="dread", grade__tint="-3,5")
    )
    assert answer.status_code == 302
    assert bible_export(current(project)) == {**SEED, "mood": "dread", "grade": {"tint": -3.5}}
    assert current(project).document["grade"]["gamma"] == 1.0


def test_raw_names_of_fields_are_never_shown(project, client, dora, vic):
    for user in (dora, vic):
        client.force_login(user)
        page = client.get(f"/projects/{project.pk}/look").content.decode()
        shown = page.replace("style_bible.json", "")
        for name in ("primary_colors<", "film_grain<", ">temperature_kelvin", ">overall_style"):
            assert name not in shown
        assert "White balance" in page
        assert "#2C3E50" in page
        assert "slate" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("color_palette.primary_colors", ["red"], "must look like #RRGGBB"),
        ("color_palette.primary_colors", ["", ""], "there must be 1 to 12"),
        ("camera_profile.preferred_lenses", "wide", "8 to 400 mm"),
        ("composition.rule", "golden", "is not one of"),
        ("grade.gamma", "0", "from 0.1 to 10"),
        ("grade.tint", "NaN", "must be a number"),
        ("film_grain", "2", "from 0 to 1"),
        ("mood", "🎬" * 10_000, "10,000 letters"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field_and_stays_typed(
    field, value, words, project, client, dora
):
    client.force_login(dora)
    form = {**form_of(current(project)), "overall_style.visual_style": "kept words", field: value}
    answer = client.post(f"/projects/{project.pk}/look", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert "kept words" in page
    assert current(project).version == 1


def test_names_of_colours_are_kept_and_make_no_picture_stale(project, client, dora):
    client.force_login(dora)
    before = current(project)
    form = form_of(before)
    form["color_palette.primary_colors.names"][0] = "harbour at night"
    client.post(f"/projects/{project.pk}/look", form)
    row = current(project)
    assert row.version == 2
    assert row.bible_hash == before.bible_hash
    assert "harbour at night" in client.get(f"/projects/{project.pk}/look").content.decode()


def test_a_stale_form_shows_both_and_loses_neither(project, client, ada, dora):
    began = current(project)
    stale = form_of(began, mood="dread", genre="noir")
    bible_publish(
        user=ada, project=project, document={"mood": "tender", "film_grain": 0.3}, version=1
    )
    client.force_login(dora)
    answer = client.post(f"/projects/{project.pk}/look", stale)
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "Ada published version 2" in page
    assert "Mood: nothing → tender" in page
    assert "Mood: nothing → dread" in page
    lines = {x.name: x.value for _, group in answer.context["groups"] for x in group}
    assert (lines["mood"], lines["genre"], lines["film_grain"]) == ("dread", "noir", "0.3")
    again = {**form_of(current(project)), "mood": "dread", "genre": "noir"}
    assert client.post(f"/projects/{project.pk}/look", again).status_code == 302
    document = current(project).document
    assert (document["mood"], document["film_grain"]) == ("dread", 0.3)


def test_the_same_form_sent_twice_publishes_once(project, client, dora):
    client.force_login(dora)
    form = form_of(current(project), mood="dread")
    codes = [client.post(f"/projects/{project.pk}/look", form).status_code for _ in range(2)]
    assert codes == [302, 302]
    assert current(project).version == 2
    assert Event.objects.filter(verb="bible.published").count() == 1


def test_versions_are_told_apart_and_restored(project, client, dora, ben):
    bible_publish(user=dora, project=project, document=SEED)
    bible_publish(user=dora, project=project, document={**SEED, "mood": "dread"})
    client.force_login(ben)
    page = client.get(f"/projects/{project.pk}/look").content.decode()
    assert "Mood: nothing → dread" in page
    assert client.post(f"/projects/{project.pk}/look/restore", {"version": "2"}).status_code == 403
    client.force_login(dora)
    for _ in range(2):
        client.post(f"/projects/{project.pk}/look/restore", {"version": "2"})
    assert current(project).version == 4
    assert bible_export(current(project)) == SEED
    assert client.post(f"/projects/{project.pk}/look/restore", {"version": "99"}).status_code == 409
    assert client.post(f"/projects/{project.pk}/look/restore", {"version": "x"}).status_code == 400


def test_differences_are_readable():
    after = {
        **SEED,
        "color_palette": {**SEED["color_palette"], "primary_colors": ["#2C3E50", "#101B33"]},
        "camera_profile": {**SEED["camera_profile"], "preferred_lenses": ["24mm"]},
        "grade": {"exposure_stops": 0.5},
    }
    assert differences(SEED, after) == [
        "Palette: + #101B33 ink, − #ECF0F1 white, − #E74C3C coral",
        "Lenses: 35mm, 50mm, 85mm → 24mm",
        "Exposure: 0 stops → 0.5 stops",
    ]


def test_a_service_refuses_an_older_version_and_odd_documents(project, ada, dora):
    bible_publish(user=ada, project=project, document={"mood": "a"}, version=1)
    with pytest.raises(StaleEdit):
        bible_publish(user=dora, project=project, document={"mood": "b"}, version=1)
    for odd in ({"mood": 3}, {"film_grain": "much"}, {"camera_profile": {"preferred_lenses": 35}}):
        with pytest.raises(InputError):
            bible_publish(user=dora, project=project, document=odd)
    bible_restore(user=dora, project=project, version=1)


@pytest.mark.parametrize(
    "content", [b"<!doctype html><p>", b"\x89PNG\r\n", b"[1]", b"", b"[" * 100_000]
)
def test_what_is_no_bible_is_refused_and_nothing_changes(content, project, client, dora):
    client.force_login(dora)
    upload = SimpleUploadedFile("style_bible.json", content or b" ")
    answer = client.post(f"/projects/{project.pk}/look", {"file": upload})
    assert answer.status_code == 400
    assert "JSON" in answer.content.decode()
    assert current(project).version == 1


def test_the_sample_shot_follows_the_form_and_is_for_members(
    project, episode, client, dora, dan, django_user_model
):
    client.force_login(dan)
    assert client.get(f"/projects/{project.pk}/look/sketch").status_code == 404
    client.force_login(dora)
    one = client.get(f"/projects/{project.pk}/look/sketch")
    palette = ["#8E1F33", "#D9A92B", "#101B33"]
    form = form_of(current(project), **{"color_palette.primary_colors": palette})
    two = client.post(f"/projects/{project.pk}/look/sketch", form)
    assert (one["Content-Type"], two["Content-Type"]) == ("image/png", "image/png")
    assert one.content != two.content
    assert current(project).version == 1
    bad = client.post(f"/projects/{project.pk}/look/sketch", {"film_grain": "9"})
    assert bad.status_code == 400
    assert first_shot(episode).scene.episode.project_id == project.pk
