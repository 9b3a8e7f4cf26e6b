"""Bring a picture as a variant; a page of refusals that lose nothing."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from apexsite.kit.errors import InputError, NotAllowed, StateError
from renders.models import Media, Score, Variant
from renders.services.reviews import review_approve
from renders.services.uploads import variant_upload
from tests.factories import first_shot


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def painting(colour: tuple[int, int, int] = (120, 80, 60)) -> bytes:
    """Return a small painting as a PNG file."""
    out = io.BytesIO()
    Image.new("RGB", (384, 216), colour).save(out, "PNG")
    return out.getvalue()


def test_a_brought_picture_is_a_variant_that_waits_with_scores_and_its_file(shot, ben):
    made = variant_upload(user=ben, shot=shot, tier="final", content=painting(), name="a.png")
    assert (made.tier, made.number, made.verdict, made.engine) == ("final", 1, "waiting", "upload")
    assert Score.objects.filter(variant=made).count() == 4
    assert Media.objects.filter(sha256=made.recipe["file_sha256"]).exists()


def test_the_same_file_twice_is_one_variant(shot, ben):
    twice = {
        variant_upload(user=ben, shot=shot, tier="final", content=painting(), name="a.png").pk
        for _ in range(2)
    }
    assert len(twice) == 1


def test_a_brought_picture_is_approved_like_any_other(shot, ben, dora):
    made = variant_upload(user=ben, shot=shot, tier="final", content=painting(), name="a.png")
    assert review_approve(user=dora, variant=made).verdict == "approved"


def test_who_may_not_make_may_not_bring(shot, cleo):
    with pytest.raises(NotAllowed):
        variant_upload(user=cleo, shot=shot, tier="final", content=painting(), name="a.png")


def test_an_omitted_shot_takes_none(shot, ben):
    shot.status = "omitted"
    with pytest.raises(StateError, match="omitted"):
        variant_upload(user=ben, shot=shot, tier="final", content=painting(), name="a.png")


def test_a_tier_there_is_not_is_refused(shot, ben):
    with pytest.raises(InputError, match="storyboard, previz, final"):
        variant_upload(user=ben, shot=shot, tier="imax", content=painting(), name="a.png")


def send(client, shot, content: bytes, name: str):
    """Post a file to the shot's upload form."""
    given = {"picture": SimpleUploadedFile(name, content), "tier": "final"}
    return client.post(f"/shots/{shot.pk}/upload", given)


def test_the_page_takes_a_picture_and_shows_it_in_the_room(shot, client, ben):
    client.force_login(ben)
    answer = send(client, shot, painting(), "a.png")
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "Variant 1 waits" in page
    assert "a.png" in page


def test_a_page_named_png_is_refused_and_nothing_is_kept(shot, client, ben):
    client.force_login(ben)
    before = Media.objects.count()
    answer = send(client, shot, b"<html>" + b"x" * 500, "picture.png")
    assert answer.status_code == 400
    assert "picture.png is not a picture" in answer.content.decode()
    assert (Variant.objects.count(), Media.objects.count()) == (0, before)


def test_a_form_without_a_file_says_what_to_choose(shot, client, ben):
    client.force_login(ben)
    answer = client.post(f"/shots/{shot.pk}/upload", {"tier": "final"})
    assert answer.status_code == 400
    assert "PNG, JPEG, WebP or TIFF" in answer.content.decode()


def test_where_nothing_draws_final_pictures_the_board_says_how_to_get_them(episode, client, ben):
    client.force_login(ben)
    page = client.get(f"/projects/{episode.project_id}/", {"tier": "final"}).content.decode()
    assert 'data-testid="connect"' in page
    for words in ("Bring your own pictures", "Your ComfyUI", "APEX_GEMINI_KEY", "APEX_HF_ENDPOINT"):
        assert words in page
