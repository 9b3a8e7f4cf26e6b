"""The script page: a screenplay that looks like one, a breakdown that can be corrected, files that are no script."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Event, Scene, Shot
from tests.factories import first_shot

HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def act_on(client, shot, act, **fields):
    return client.post(f"/shots/{shot.pk}/{act}", fields)


def test_the_page_shows_title_lines_lengths_and_chips(episode, client, vic):
    client.force_login(vic)
    page = client.get(f"/episodes/{episode.pk}/script").content.decode()
    assert "Title:" not in page
    assert 'class="title"' in page
    assert '<p class="l cue"' in page
    assert "page" in page
    assert 'class="chip"' in page
    assert "Correct<" not in page


def test_the_page_costs_as_many_queries_for_many_shots_as_for_few(
    episode, client, vic, django_assert_max_num_queries
):
    client.force_login(vic)
    with django_assert_max_num_queries(16):
        client.get(f"/episodes/{episode.pk}/script")
    scene = Scene.objects.filter(episode=episode).first()
    Shot.objects.bulk_create(Shot(scene=scene, code=f"x{n}", order=n + 50) for n in range(200))
    with django_assert_max_num_queries(16):
        client.get(f"/episodes/{episode.pk}/script")


@pytest.mark.parametrize("name", ["page.fountain", "page.png", "page.txt"])
@pytest.mark.parametrize("content", [HTML, b"\n  <html>\n<p>x", b"<?xml version='1.0'?><svg/>"])
def test_a_web_page_is_refused_whatever_it_is_called_and_nothing_is_lost(
    name, content, episode, client, ben
):
    client.force_login(ben)
    shots = list(Shot.objects.values_list("pk", "code", "status"))
    answer = client.post(
        f"/episodes/{episode.pk}/script",
        {"file": SimpleUploadedFile(name, content), "script": "INT. MY PAGE - DAY"},
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "is a web page (HTML), not a script" in page
    assert "INT. MY PAGE - DAY" in page
    assert "<script>alert" not in page
    assert list(Shot.objects.values_list("pk", "code", "status")) == shots


def test_a_picture_called_fountain_and_a_file_too_large_are_refused(episode, client, ben):
    client.force_login(ben)
    for content, words in ((b"\x89PNG\r\n\x1a\n", "a PNG picture"), (b"a" * 2_100_000, "at most")):
        upload = SimpleUploadedFile("page.fountain", content)
        answer = client.post(f"/episodes/{episode.pk}/script", {"file": upload})
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_a_pasted_page_that_begins_with_an_angle_is_still_a_script(episode, client, ben):
    client.force_login(ben)
    script = "INT. LAB - DAY\n\nA screen: <html> in green letters. INES (30s) reads it."
    answer = client.post(f"/episodes/{episode.pk}/script", {"script": script})
    assert answer.status_code == 302


def test_ten_thousand_emoji_as_a_heading_are_refused_in_words(shot, client, ben):
    client.force_login(ben)
    answer = client.post(f"/scenes/{shot.scene_id}/rename", {"heading": "INT. " + "🎬" * 10_000})
    assert answer.status_code == 400
    assert "must have 1 to 300" in answer.content.decode()


def test_every_correction_works_by_its_button_and_a_double_click_does_it_once(shot, client, ben):
    client.force_login(ben)
    body = client.get(f"/shots/{shot.pk}/corrections").content.decode()
    assert "Cut in two" in body
    version = client.get(f"/shots/{shot.pk}/corrections").context["version"]
    split = [act_on(client, shot, "split", after="0", version=version) for _ in range(2)]
    assert [answer.status_code for answer in split] == [302, 412]
    second = Shot.objects.get(scene=shot.scene_id, order=1)
    moved = [act_on(client, shot, "move", to="1") for _ in range(2)]
    assert [answer.status_code for answer in moved] == [302, 302]
    act_on(client, shot, "move", to="0")
    merged = [act_on(client, shot, "merge", **{"with": str(second.pk)}) for _ in range(2)]
    assert [answer.status_code for answer in merged] == [302, 409]
    for act in ("restore", "omit"):
        answers = [act_on(client, second, act).status_code for _ in range(2)]
        assert answers == [302, 302]
    told = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert [v for v in told if v.startswith("shot.") and v != "shot.updated"] == [
        "shot.split", "shot.moved", "shot.moved", "shot.omitted", "shot.merged",
        "shot.restored", "shot.omitted",
    ]  # fmt: skip


def test_a_heading_and_a_cue_are_corrected_on_the_page(episode, shot, client, ben):
    client.force_login(ben)
    was = shot.scene.heading
    form = {"heading": "EXT. ROOF - DAWN", "was": was}
    for _ in range(2):
        assert client.post(f"/scenes/{shot.scene_id}/rename", form).status_code == 302
    stale = client.post(
        f"/scenes/{shot.scene_id}/rename", {"heading": "INT. CAR - DAY", "was": was}
    )
    assert stale.status_code == 412
    assert "INT. CAR - DAY" in stale.content.decode()
    people = dict(episode.project.characters.values_list("name", "key"))
    speaker, other = sorted(people.values())
    form = {"speaker": speaker, "character": other}
    for _ in range(2):
        assert client.post(f"/episodes/{episode.pk}/cue", form).status_code == 302
    assert not Shot.objects.filter(speaker=speaker).exclude(dialogue="").exists()


@pytest.mark.parametrize(("name", "code"), [("vic", 403), ("cleo", 403), ("dan", 404)])
def test_who_may_not_make_may_not_correct(
    name, code, episode, shot, client, django_user_model, dan
):
    client.force_login(django_user_model.objects.get(username=name))
    for act in ("split", "merge", "move", "omit", "restore"):
        assert act_on(client, shot, act).status_code == code
        assert client.get(f"/shots/{shot.pk}/{act}").status_code == 405
    assert client.get(f"/shots/{shot.pk}/corrections").status_code == code
    assert client.post(f"/scenes/{shot.scene_id}/rename", {"heading": "x"}).status_code == code
    assert client.post(f"/episodes/{episode.pk}/cue", {}).status_code == code


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("split", {"after": "many"}), ("split", {"after": "99"}), ("move", {"to": "-1"}),
        ("move", {"to": "99"}), ("merge", {"with": "nothing"}), ("merge", {}),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_not_done(act, fields, shot, client, ben):
    client.force_login(ben)
    before = list(Shot.objects.values_list("code", "order", "status"))
    assert act_on(client, shot, act, **fields).status_code in (400, 404)
    assert list(Shot.objects.values_list("code", "order", "status")) == before
