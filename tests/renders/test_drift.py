"""Drift of an episode: measured when made, charted, alarms, one tighter picture a press, measured again."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.errors import ApexError, NotAllowed, StateError
from apexsite.kit.pixels import png_bytes
from projects.models import Shot
from projects.services.bibles import bible_publish
from renders.bridge import current_bible
from renders.engine.drift.baseline import LEAST_APPROVED
from renders.engine.imaging.chunk import picture_file
from renders.models import DriftReading, RenderJob, RenderTask, Variant
from renders.readings.drift import baseline_for, drift_chart
from renders.services.drifting import STYLE_SILENT, STYLE_WORDS, drift_measure, drift_recompute
from renders.services.jobs import run_until_done
from renders.services.media import media_keep_bytes, media_path
from renders.services.recipes import picture_from_recipe
from renders.services.reviews import review_approve, review_reject
from renders.services.tightening import episode_tighten, variant_tighten
from renders.services.variants import variants_request
from tests.factories import first_shot, variant_of
from tests.tiny_onnx import write_style_model


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def drawn(shot, ben, **asked):
    """Return one new storyboard picture of a shot."""
    run_until_done(variants_request(user=ben, shot=shot, count=1, lines=120, **asked))
    return Variant.objects.filter(shot=shot).latest("created_at")


def green(dora, project):
    """Publish another look, so that what was drawn for the old one lies far from it."""
    document = {"color_palette": {"primary_colors": ["#0B5D1E", "#35FF69", "#B5FF9E"]}}
    bible_publish(user=dora, project=project, document=document)


def drifted(shot, ben, project):
    """Return a picture whose reading is over the limit, as if the engine had wandered off."""
    variant = drawn(shot, ben)
    DriftReading.objects.update_or_create(
        variant=variant,
        bible=current_bible(project),
        defaults={"distance": 0.27, "issues": ["darker than the look asks"]},
    )
    return variant


def test_a_picture_is_measured_when_it_is_published(shot, ben, project):
    variant = drawn(shot, ben)
    reading = DriftReading.objects.get(variant=variant)
    assert reading.bible == current_bible(project)
    assert set(reading.features) == set(reading.parts)
    assert 0 <= reading.distance <= 1
    assert reading.embedding is None and reading.model_name == ""


def test_measured_again_the_reading_is_the_same(shot, ben, project):
    variant = drawn(shot, ben)
    before = DriftReading.objects.values("distance", "features", "issues").get(variant=variant)
    drift_measure(variant, current_bible(project))
    after = DriftReading.objects.values("distance", "features", "issues").get(variant=variant)
    assert before == after


def test_another_look_leaves_pictures_unmeasured_until_they_are_measured(
    shot, ben, dora, project, episode
):
    drawn(shot, ben)
    green(dora, project)
    chart = drift_chart(episode, tier="storyboard")
    assert (len(chart.rows), chart.unmeasured) == (0, 1)
    assert drift_recompute(episode, tier="storyboard", only_missing=True) == 1
    assert drift_recompute(episode, tier="storyboard", only_missing=True) == 0
    chart = drift_chart(episode, tier="storyboard")
    assert (len(chart.rows), chart.unmeasured) == (1, 0)
    assert DriftReading.objects.count() == 2


def test_the_limit_is_the_seeds_until_enough_are_approved(episode, dora, project):
    version = current_bible(project)
    shots = list(Shot.objects.filter(scene__episode=episode).order_by("scene__number", "order"))
    scene = shots[0].scene
    while len(shots) < LEAST_APPROVED:
        shots.append(
            Shot.objects.create(scene=scene, code=f"x{len(shots)}", order=900 + len(shots))
        )
    for number, shot in enumerate(shots[:LEAST_APPROVED]):
        assert baseline_for(version, tier="storyboard").limit == 0.2
        variant = variant_of(shot)
        DriftReading.objects.create(variant=variant, bible=version, distance=0.05 * (number + 1))
        review_approve(user=dora, variant=variant)
    baseline = baseline_for(version, tier="storyboard")
    expected = float(np.percentile([0.05 * (n + 1) for n in range(LEAST_APPROVED)], 95))
    assert baseline.limit == pytest.approx(expected, abs=1e-4)
    assert baseline.approved == LEAST_APPROVED


def test_the_tighter_picture_lies_nearer_the_look_than_its_parent(
    shot, ben, dora, project, episode
):
    parent = drawn(shot, ben)
    green(dora, project)
    # Drawn for the old look: against the new one it is far off.
    drift_recompute(episode, tier="storyboard")
    before = DriftReading.objects.get(variant=parent, bible=current_bible(project))
    assert before.distance > 0.2, before.features
    run_until_done(variant_tighten(user=ben, variant=parent))
    tighter = Variant.objects.get(shot=shot, number=2)
    after = DriftReading.objects.get(variant=tighter, bible=current_bible(project))
    assert after.distance < 0.85 * before.distance
    options = tighter.recipe["options"]
    assert options["tightness"] == 0.5
    assert options["because"] == [f"drift {before.distance:.2f} over 0.20 in picture 1"]
    assert tighter.recipe["parameters"]["finish"] == {"palette": 0.5}
    assert tighter.recipe["seed"] == parent.recipe["seed"]
    again = picture_from_recipe(tighter.recipe)
    assert picture_file(again.pixels, tighter.recipe) == media_path(tighter.media).read_bytes()


def test_pressing_twice_asks_once(shot, ben, project):
    variant = drifted(shot, ben, project)
    first = variant_tighten(user=ben, variant=variant)
    assert variant_tighten(user=ben, variant=variant).pk == first.pk
    run_until_done(first)
    assert variant_tighten(user=ben, variant=variant).pk == first.pk
    assert RenderTask.objects.filter(request__tighter_of=str(variant.pk)).count() == 1


def test_a_rejected_tighter_picture_is_followed_by_a_tighter_one(shot, ben, dora, project):
    variant = drifted(shot, ben, project)
    run_until_done(variant_tighten(user=ben, variant=variant))
    review_reject(user=dora, variant=Variant.objects.get(number=2), reason="not the brief")
    job = variant_tighten(user=ben, variant=variant)
    assert job.tasks.get().request["options"]["tightness"] == 0.75


def test_a_picture_on_its_look_is_not_asked_again(shot, ben, project):
    variant = drawn(shot, ben)
    DriftReading.objects.filter(variant=variant).update(distance=0.1)
    with pytest.raises(StateError, match=r"is on its look: 0.10, limit 0.20"):
        variant_tighten(user=ben, variant=variant)


def test_a_commercial_production_asks_no_model_that_may_not_be_sold(shot, ben, project):
    variant = drifted(shot, ben, project)
    project.is_commercial = True
    project.save()
    variant.recipe["options"] = {"model": "nobody/knows"}
    variant.save()
    jobs = RenderJob.objects.count()
    with pytest.raises(ApexError):
        variant_tighten(user=ben, variant=Variant.objects.get(pk=variant.pk))
    assert RenderJob.objects.count() == jobs


def test_drawn_as_tightly_as_can_be_is_said(shot, ben, project):
    variant = drifted(shot, ben, project)
    variant.recipe["options"] = {"tightness": 1.0}
    variant.save()
    with pytest.raises(StateError, match="as tightly as can be"):
        variant_tighten(user=ben, variant=variant)


def test_a_picture_brought_from_elsewhere_is_drawn_by_the_tiers_engine(shot, ben, project):
    variant = variant_of(shot)
    DriftReading.objects.create(variant=variant, bible=current_bible(project), distance=0.4)
    job = variant_tighten(user=ben, variant=variant)
    assert job.tasks.get().request["tighter_of"] == str(variant.pk)
    assert variant_tighten(user=ben, variant=variant).pk == job.pk


def test_all_alarmed_shots_are_asked_each_with_an_answer(episode, ben, vic, project):
    shots = list(Shot.objects.filter(scene__episode=episode).order_by("scene__number", "order"))[:2]
    for shot in shots:
        variant = variant_of(shot)
        DriftReading.objects.create(variant=variant, bible=current_bible(project), distance=0.4)
    with pytest.raises(NotAllowed):
        episode_tighten(user=vic, episode=episode, tier="storyboard")
    assert [
        one.is_done for one in episode_tighten(user=ben, episode=episode, tier="storyboard")
    ] == [True] * len(shots)
    jobs = RenderJob.objects.count()
    again = episode_tighten(user=ben, episode=episode, tier="storyboard")
    assert [one.words for one in again] == ["already asked for"] * len(shots)
    assert RenderJob.objects.count() == jobs


def test_a_style_model_holds_pictures_to_the_centroid_of_the_approved(
    episode, dora, project, settings, tmp_path
):
    settings.APEX_STYLE_ONNX = write_style_model(tmp_path / "style.onnx")
    scene = first_shot(episode).scene
    for n in range(LEAST_APPROVED + 1):
        shot = Shot.objects.create(scene=scene, code=f"x{n}", order=900 + n)
        is_other = n == LEAST_APPROVED
        variant = coloured(shot, (30, 40, 200) if is_other else (190 + n, 60, 40))
        if not is_other:
            review_approve(user=dora, variant=variant)
    assert drift_recompute(episode, tier="storyboard") == LEAST_APPROVED + 1
    near, *_, far = DriftReading.objects.order_by("variant__shot__order")
    assert near.model_name == far.model_name == "style.onnx"
    # The approved one is held to the seven others, which are too few for a centroid.
    assert "embedding" not in near.parts
    assert far.parts["embedding"] > 0.9
    assert STYLE_WORDS in far.issues


def test_a_broken_style_model_loses_no_picture_and_is_told(shot, ben, settings, tmp_path):
    (tmp_path / "style.onnx").write_bytes(b"no model at all")
    settings.APEX_STYLE_ONNX = str(tmp_path / "style.onnx")
    reading = DriftReading.objects.get(variant=drawn(shot, ben))
    assert (reading.embedding, reading.model_name) == (None, "")
    (told,) = [words for words in reading.issues if words.startswith(STYLE_SILENT)]
    assert "style.onnx is no ONNX model" in told


def test_a_style_model_that_fails_at_a_picture_loses_none(shot, ben, settings, tmp_path):
    # It says that it takes four channels; a picture has three.
    settings.APEX_STYLE_ONNX = write_style_model(tmp_path / "style.onnx", channels=4)
    reading = DriftReading.objects.get(variant=drawn(shot, ben))
    assert reading.embedding is None and reading.issues
    assert "style.onnx cannot read a picture" in reading.issues[-1]


def test_vectors_of_another_length_are_no_part_of_the_centroid(
    episode, shot, ben, dora, settings, tmp_path
):
    settings.APEX_STYLE_ONNX = write_style_model(tmp_path / "style.onnx")
    scene = first_shot(episode).scene
    for n in range(LEAST_APPROVED):
        one = Shot.objects.create(scene=scene, code=f"x{n}", order=900 + n)
        review_approve(user=dora, variant=coloured(one, (190 + n, 60, 40)))
    drift_recompute(episode, tier="storyboard")
    odd = DriftReading.objects.order_by("pk").first()
    odd.embedding = [0.6, 0.8]
    odd.save()
    # One too few of its own length for a centroid.
    reading = DriftReading.objects.get(variant=drawn(shot, ben))
    assert len(reading.embedding) == 3 and "embedding" not in reading.parts


def coloured(shot, colour):
    """Return a picture of one colour."""
    variant = variant_of(shot)
    pixels = np.full((54, 96, 3), colour, np.uint8)
    variant.media = media_keep_bytes(
        png_bytes(pixels), content_type="image/png", width=96, height=54
    )
    variant.save()
    return variant
