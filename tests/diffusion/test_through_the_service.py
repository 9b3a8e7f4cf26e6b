"""Final pictures asked for by people: drawn by the tiny model, kept with their recipe, made again from it."""

from __future__ import annotations

import pytest

from apexsite.kit.errors import LicenceRefused, NotAvailable, NotFound
from apexsite.kit.progress import NullProgress
from characters.models import Casting
from projects.models import Shot
from renders.engine.imaging.chunk import picture_file
from renders.engine.imaging.options import PictureOptions
from renders.models import Variant
from renders.services.health import health_rows
from renders.services.jobs import job_cancel, run_until_done
from renders.services.media import content_store, media_path
from renders.services.recipes import picture_from_recipe
from renders.services.variants import variants_request
from tests.diffusion.conftest import asking
from tests.factories import first_shot, variant_of

pytestmark = [pytest.mark.gen, pytest.mark.xdist_group("diffusion")]


@pytest.fixture
def shot(episode):  # type: ignore[no-untyped-def]
    return first_shot(episode)


def test_a_final_picture_is_drawn_kept_and_made_again_from_its_recipe(shot, ben, engine) -> None:  # type: ignore[no-untyped-def]
    from renders.engine.imaging.diffusion.warm import WARM

    job = run_until_done(variants_request(user=ben, shot=shot, tier="final", count=2))
    assert job.status == "done"
    first, second = Variant.objects.filter(shot=shot, tier="final").order_by("number")
    assert first.engine == "sdxl" and first.media.sha256 != second.media.sha256
    parameters = first.recipe["parameters"]
    assert parameters["model"] == "tiny-xl"
    assert first.recipe["licence"] == "random numbers, nobody's"
    assert parameters["sized_to"] == [first.recipe["width"], first.recipe["height"]]
    assert parameters["drawn_at"] == [112, 64]
    WARM.free()
    again = picture_from_recipe(first.recipe)
    assert picture_file(again.pixels, first.recipe) == media_path(first.media).read_bytes()


def test_a_picture_starts_from_another_and_is_made_again_from_its_recipe(shot, ben, engine) -> None:  # type: ignore[no-untyped-def]
    from renders.engine.imaging.diffusion.warm import WARM

    asked = {"user": ben, "shot": shot, "tier": "final", "count": 1, "seed": 7}
    begun = variant_of(shot, number=1, tier="storyboard")
    for number, strength in enumerate((0.5, 0.75)):
        options = PictureOptions(strength=strength)
        # The seed of a variant is the one given and its index: the same noise for each.
        more = asked | {"seed": 7 - number, "start": begun.pk, "options": options}
        assert run_until_done(variants_request(**more)).status == "done"
    plain = run_until_done(variants_request(**asked | {"seed": 5}))
    half, most, none = Variant.objects.filter(shot=shot, tier="final").order_by("number")
    assert plain.status == "done" and {v.recipe["seed"] for v in (half, most, none)} == {7}
    assert len({v.recipe["pixels_sha256"] for v in (half, most, none)}) == 3
    made = half.recipe["parameters"]
    assert (made["strength"], made["steps_drawn"]) == (0.5, 2) and none.recipe["references"] == []
    (shown,) = half.recipe["references"]
    assert shown == {"of": "start", "sha256": begun.media.sha256, "content_type": "image/png"}
    WARM.free()
    again = picture_from_recipe(half.recipe)
    assert picture_file(again.pixels, half.recipe) == media_path(half.media).read_bytes()
    content_store().open_path(begun.media.sha256).unlink()
    with pytest.raises(NotFound, match=r"the picture it starts from .* is gone"):
        picture_from_recipe(half.recipe)


def test_the_approved_picture_of_somebody_is_shown_of_them(shot, ben, engine) -> None:  # type: ignore[no-untyped-def]
    person = Casting.objects.filter(shot=shot).order_by("position").first().character
    alone = next(
        s for s in Shot.objects.all() if [c.character for c in s.castings.all()] == [person]
    )
    face = variant_of(alone, number=1, tier="final")
    Variant.objects.filter(pk=face.pk).update(verdict="approved", recipe={})
    run_until_done(variants_request(user=ben, shot=shot, tier="final", count=1))
    made = Variant.objects.get(shot=shot, tier="final", task__isnull=False)
    told = {"of": person.key, "sha256": face.media.sha256, "content_type": "image/png"}
    assert told in made.recipe["references"]
    assert any(
        "ip-adapter-plus-face is not here" in one for one in made.recipe["parameters"]["left_out"]
    )


def test_a_job_cancelled_while_a_step_is_drawn_ends_with_that_step(  # type: ignore[no-untyped-def]
    shot, ben, cold, monkeypatch
) -> None:
    from renders.engine.imaging.diffusion.warm import WARM

    cold.render(asking(), NullProgress())
    unet = WARM._loaded.pipe.unet
    whole, steps = unet.forward, []
    job = variants_request(user=ben, shot=shot, tier="final", count=1)

    def step(*args, **kwargs):
        steps.append(1)
        if len(steps) == 2:
            job_cancel(user=ben, job=job)
        return whole(*args, **kwargs)

    monkeypatch.setattr(unet, "forward", step)
    monkeypatch.setattr("renders.progress.SECONDS_BETWEEN", 0.0)
    assert run_until_done(job).status == "cancelled"
    assert len(steps) == 2
    assert not Variant.objects.filter(shot=shot).exists()


def test_a_commercial_production_cannot_use_weights_nobody_may_sell(  # type: ignore[no-untyped-def]
    shot, ben, project, models, tiny_folder, monkeypatch
) -> None:
    project.is_commercial = True
    project.save()
    unknown = models / "found-somewhere"
    unknown.symlink_to(tiny_folder / "tiny-xl")
    monkeypatch.setattr("renders.engine.imaging.diffusion.places.OWN_FILE", "none.json")
    monkeypatch.setenv("APEX_SDXL_MODEL", str(unknown))
    with pytest.raises(LicenceRefused):
        variants_request(user=ben, shot=shot, tier="final")


def test_the_doctor_says_what_to_place_where(shot, ben, models, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.delenv("APEX_SDXL_MODEL")
    row = next(row for row in health_rows() if row.name == "sdxl")
    assert not row.is_present
    assert "the weights of Stable Diffusion XL base 1.0 are not here" in row.detail
    assert "placed as sdxl-base-1.0" in row.remedy and "APEX_SDXL_MODEL=" in row.remedy
    assert str(models) not in row.remedy
    with pytest.raises(NotAvailable, match="stabilityai/stable-diffusion-xl-base"):
        variants_request(user=ben, shot=shot, tier="final")
