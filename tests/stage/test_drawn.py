"""A shot drawn by the real stage, through the studio. Needs `make stage`."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from PIL import Image

from projects.models import Shot
from renders.engine.imaging.stage import cache_root
from renders.models import RenderJob, Tier, Variant, Verdict
from renders.services.jobs import run_until_done
from renders.services.media import media_path
from renders.services.recipes import picture_from_recipe
from renders.services.reviews import review_approve
from renders.services.sketching import shot_sketch
from renders.services.variants import variants_request

pytestmark = [pytest.mark.django_db, pytest.mark.stage, pytest.mark.slow]


@pytest.fixture
def kept_apart(monkeypatch, tmp_path):
    monkeypatch.delenv("APEX_STAGE", raising=False)
    monkeypatch.setenv("APEX_VAR", str(tmp_path))


def psnr_db(one: np.ndarray, other: np.ndarray) -> float:
    error = float(((one.astype(float) - other.astype(float)) ** 2).mean())
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


def test_a_shot_is_drawn_with_its_people_in_frame_and_the_same_again(kept_apart, episode, ben):
    shot = Shot.objects.filter(scene__episode=episode, castings__isnull=False).first()
    job = variants_request(user=ben, shot=shot, tier=Tier.PREVIZ, count=1)
    run_until_done(job)
    variant = Variant.objects.get(task__job=job)
    made = variant.recipe["parameters"]
    assert (variant.engine, variant.recipe["hops"]) == ("stage", [])
    assert made["set_name"] == "courtroom"
    x, y = made["subject_point"]
    assert 0.1 < x < 0.9 and 0.1 < y < 0.7
    first = np.asarray(Image.open(media_path(variant.media)).convert("RGB"))
    assert first.shape[:2] == (variant.recipe["height"], variant.recipe["width"])
    assert first.std() > 10

    files = {file.kind: file.media for file in variant.files.all()}
    assert set(files) == {"depth", "masks", "normal", "blend"}
    assert media_path(files["blend"]).read_bytes()[:4] in (b"BLEN", b"\x28\xb5\x2f\xfd")
    folder = cache_root() / made["kept_as"]
    with Image.open(folder / "depth.png") as depth:
        assert depth.mode in ("I;16", "I")
        assert np.asarray(depth).std() > 0
    near, far = made["depth_m"]["near"], made["depth_m"]["far"]
    assert 0 < near < far

    shutil.rmtree(cache_root())
    again = picture_from_recipe(variant.recipe)
    assert psnr_db(again.pixels, first) >= 40.0


def test_a_sketch_is_followed_by_its_draft_from_the_same_camera_with_its_approval(
    kept_apart, episode, dora
):
    shot = Shot.objects.filter(scene__episode=episode, castings__isnull=False).first()
    run_until_done(shot_sketch(user=dora, shot=shot))
    sketch = Variant.objects.get(shot=shot)
    assert (sketch.quality, sketch.files.count()) == ("sketch", 0)
    approval = review_approve(user=dora, variant=sketch)
    run_until_done(RenderJob.objects.get(title=f"draft of {shot.code}"))
    draft = Variant.objects.get(shot=shot, quality="draft")
    assert draft.sketch == sketch
    assert draft.verdict == Verdict.APPROVED
    assert draft.reviews.get().carried_from == approval
    seen = [np.asarray(Image.open(media_path(v.media)).convert("L")) for v in (sketch, draft)]
    assert seen[0].shape == seen[1].shape
    assert psnr_db(*seen) > 24.0  # the same picture, drawn more finely
