"""A picture brought back: what it says is shown, and a shot is asked for again with it; a proof by a button."""

from __future__ import annotations

import json
import re
from html import unescape
from uuid import uuid4

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apexsite.kit.errors import InputError, LicenceRefused, NotFound, StateError
from apexsite.kit.pixels import png_bytes, read_picture
from projects.services.projects import project_mark_commercial
from renders.engine.imaging.chunk import embedded_recipe, picture_file
from renders.models import RenderJob, RerenderProof, Variant
from renders.services.again import picture_recipe_read, variant_again
from renders.services.jobs import run_until_done
from renders.services.media import media_path
from renders.services.variants import variants_request
from tests.factories import first_shot


@pytest.fixture
def shot(episode):
    return first_shot(episode)


@pytest.fixture
def variant(shot, ada):
    run_until_done(variants_request(user=ada, shot=shot, count=1))
    return Variant.objects.select_related("media").get()


@pytest.fixture
def file(variant):
    return media_path(variant.media).read_bytes()


def sent(file: bytes):
    return {"picture": SimpleUploadedFile("s01.png", file, content_type="image/png")}


def test_the_file_holds_the_recipe_of_the_row(variant, file):
    told = embedded_recipe(file)
    for name in ("seed", "variant_index", "brief", "cast", "bible", "backend", "pixels_sha256"):
        assert told[name] == variant.recipe[name]
    text = json.dumps(told)
    assert "scene" not in told and "parameters" not in told
    assert "@" not in text and "/tmp" not in text


def test_an_untouched_picture_is_known_and_asked_with_again_it_is_the_same(
    shot, ada, variant, file
):
    found = picture_recipe_read(user=ada, shot=shot, content=file, name="a.png")
    assert found.is_untouched and found.variant == variant
    assert found.changes == () and found.cannot == ""
    key = uuid4()
    job = variant_again(user=ada, shot=shot, asking=found.asking, key=key)
    assert variant_again(user=ada, shot=shot, asking=found.asking, key=key) == job
    run_until_done(job)
    assert variant_again(user=ada, shot=shot, asking=found.asking, key=key) == job
    again = Variant.objects.get(task__job=job)
    assert again.number == 2
    assert again.recipe["seed"] == variant.recipe["seed"]
    assert again.media_id == variant.media_id


def test_what_differs_and_is_not_taken_over_is_said(shot, ada, variant, file, project):
    shot.action = "Nobody is here."
    shot.save()
    project.width, project.height = 384, 216
    project.save()
    shot.refresh_from_db()
    pixels = read_picture(file).copy()
    pixels[0] = 0
    recipe = {**variant.recipe, "references": [{"of": "style", "sha256": "0" * 64}]}
    found = picture_recipe_read(
        user=ada, shot=first_shot(shot.scene.episode), content=picture_file(pixels, recipe), name=""
    )
    assert found.is_untouched is False and found.variant is None
    assert [change.what for change in found.changes] == ["what happens"]
    told = " ".join(found.left)
    assert "shot's own" in told and "draws at" in told and "does not hold" in told


def test_an_engine_that_is_not_here_and_a_licence_say_why_nothing_can_be_asked(
    shot, ada, variant, file
):
    pixels = read_picture(file)
    for changes, words in (
        ({"backend": "dreamer"}, "no engine here is called dreamer"),
        ({"options": {"model": "nobody"}}, "not in the ledger"),
    ):
        content = picture_file(pixels, {**variant.recipe, **changes})
        found = picture_recipe_read(user=ada, shot=shot, content=content, name="x")
        assert words in found.cannot
        with pytest.raises(InputError):
            variant_again(user=ada, shot=shot, asking=found.asking)
    asking = {**found.asking, "options": {"model": "flux.1-dev"}}
    project_mark_commercial(user=ada, project=shot.scene.episode.project, is_commercial=True)
    shot.refresh_from_db()
    with pytest.raises(LicenceRefused):
        variant_again(user=ada, shot=first_shot(shot.scene.episode), asking=asking)


def test_a_site_that_computes_no_pictures_says_so_of_a_brought_one(shot, ada, file, settings):
    content = picture_file(read_picture(file), {**embedded_recipe(file), "backend": "stage"})
    settings.APEX_CLOUD_ONLY = True
    found = picture_recipe_read(user=ada, shot=shot, content=content, name="x")
    assert "drawn elsewhere only" in found.cannot
    with pytest.raises(StateError, match="drawn elsewhere only"):
        variant_again(user=ada, shot=shot, asking=found.asking)


@pytest.mark.parametrize(
    ("asking", "words"),
    [
        ({"seed": 1, "variant_index": 0, "backend": "storyboard", "shot": "x"}, "not taken over"),
        ({"seed": "1", "variant_index": 0, "backend": "storyboard"}, r"\$\.seed"),
        ({"variant_index": 0, "backend": "storyboard"}, "seed"),
    ],
)
def test_a_forged_asking_is_refused(shot, ada, asking, words):
    with pytest.raises(InputError, match=words):
        variant_again(user=ada, shot=shot, asking=asking)
    assert not RenderJob.objects.exists()


def test_a_stranger_reads_nothing_and_an_omitted_shot_is_not_asked_for(shot, ada, dan, file):
    with pytest.raises(NotFound):
        picture_recipe_read(user=dan, shot=shot, content=file, name="")
    asking = picture_recipe_read(user=ada, shot=shot, content=file, name="").asking
    shot.status = "omitted"
    with pytest.raises(StateError):
        variant_again(user=ada, shot=shot, asking=asking)


def test_the_page_reads_a_file_without_a_script_and_asks_with_it(client, shot, ada, vic, file):
    client.force_login(ada)
    page = client.get(f"/shots/{shot.pk}/").content.decode()
    assert 'data-testid="from-picture"' in page and f"/shots/{shot.pk}/read-picture" in page
    answer = client.post(f"/shots/{shot.pk}/read-picture", sent(file))
    page = answer.content.decode()
    assert answer.status_code == 200 and "untouched" in page and "Not taken over" in page
    given = {
        name: unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])
        for name in ("form_key", "asking")
    }
    for _ in range(2):
        assert client.post(f"/shots/{shot.pk}/ask-again", given).status_code == 302
    assert RenderJob.objects.filter(title__contains="as a brought picture").count() == 1
    client.force_login(vic)
    page = client.post(f"/shots/{shot.pk}/read-picture", sent(file)).content.decode()
    assert "untouched" in page and 'data-testid="ask-again"' not in page


def test_what_was_asked_for_is_told_in_words_and_the_rest_stands_whole(
    client, shot, ada, variant, file
):
    options = {
        "tightness": 0.5,
        "loras": [{"model": "hyper-sdxl-8step", "scale": 0.8}],
        "finish": {"grain": 0.25},
        "lessons": ["too_dark"],
        "more_steps": 10,
        "avoid": {"across": [0.3]},
    }
    content = picture_file(read_picture(file), {**variant.recipe, "options": options})
    client.force_login(ada)
    page = client.post(f"/shots/{shot.pk}/read-picture", sent(content)).content.decode()
    told, _, whole = page.partition("All of it, as it stands in the file")
    assert "<dd>hyper-sdxl-8step, 0.80</dd>" in told and "<dd>grain 0.25</dd>" in told
    assert "<dd>10, as far as the model takes them</dd>" in told
    assert (
        "<dd>0.50, to the look</dd>" in told and "recipe" not in told.partition("<main")[2].lower()
    )
    assert "too_dark" not in told and "{&#x27;" not in told and "too_dark" in whole


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose a PNG"),
        (lambda: sent(b"GIF89a"), "no PNG"),
        (lambda: sent(png_bytes(np.zeros((64, 64, 3), np.uint8))), "does not say how Apex made it"),
    ],
)
def test_the_page_says_what_is_wrong_with_a_file(client, shot, ada, data, words):
    client.force_login(ada)
    given = data() if callable(data) else data
    answer = client.post(f"/shots/{shot.pk}/read-picture", given)
    assert answer.status_code == 400 and words in answer.content.decode()


def test_words_of_a_forged_file_are_shown_as_words(client, shot, ada, variant, file):
    evil = {**variant.recipe, "engine": "<script>alert(1)</script>"}
    evil["brief"] = {**evil["brief"], "action": "<img src=x onerror=alert(1)>"}
    client.force_login(ada)
    content = picture_file(read_picture(file), evil)
    page = client.post(f"/shots/{shot.pk}/read-picture", sent(content)).content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page
    newer = picture_file(read_picture(file), {**variant.recipe, "schema": "apex.recipe/9"})
    answer = client.post(f"/shots/{shot.pk}/read-picture", sent(newer))
    assert answer.status_code == 400 and "newer Apex" in answer.content.decode()


def test_a_proof_is_asked_on_the_page_and_stands_there(client, shot, ada, variant):
    client.force_login(ada)
    for _ in range(2):
        assert client.post(f"/variants/{variant.pk}/prove").status_code == 302
    job = RenderJob.objects.get(kind="rerender")
    page = client.get(f"/shots/{shot.pk}/review?variant=1").content.decode()
    assert 'data-testid="proof-waits"' in page and 'data-testid="prove"' not in page
    run_until_done(job)
    assert RerenderProof.objects.get().result == "same"
    page = client.get(f"/shots/{shot.pk}/review?variant=1").content.decode()
    assert "Same bytes" in page and "Make it again once more" in page
    assert "Drawing 1" not in page


def test_programs_ask_for_a_proof_and_read_it(client, ada, variant):
    client.force_login(ada)
    answer = client.post(f"/api/v1/variants/{variant.pk}:rerender", content_type="application/json")
    assert (answer.status_code, answer.json()["kind"]) == (202, "rerender")
    run_until_done(RenderJob.objects.get(kind="rerender"))
    rows = client.get(f"/api/v1/variants/{variant.pk}/proofs/").json()["results"]
    assert [row["result"] for row in rows] == ["same"]
