"""A finish asked for on the page and by the API: kept in the recipe, and the same bytes when made again."""

from __future__ import annotations

import pytest

from renders.engine.imaging.chunk import picture_file
from renders.engine.imaging.options import PictureOptions
from renders.models import RenderTask, Variant
from renders.services.jobs import run_until_done
from renders.services.media import media_path
from renders.services.recipes import picture_from_recipe
from renders.services.variants import variants_request
from tests.factories import first_shot


@pytest.fixture
def shot(episode):
    return first_shot(episode)


def test_a_finished_picture_is_made_again_from_its_recipe_alone(shot, ben):
    options = PictureOptions(finish={"grain": 0.4, "sharpen": 0.5, "palette": 0.3})
    run_until_done(variants_request(user=ben, shot=shot, count=1, lines=96, options=options))
    variant = Variant.objects.get()
    assert variant.recipe["parameters"]["finish"] == {"palette": 0.3, "sharpen": 0.5, "grain": 0.4}
    again = picture_from_recipe(variant.recipe)
    assert picture_file(again.pixels, variant.recipe) == media_path(variant.media).read_bytes()


def test_the_form_of_the_shot_page_asks_with_its_sliders(client, shot, ben):
    client.force_login(ben)
    page = client.get(f"/shots/{shot.pk}/").content.decode()
    assert page.count('type="range" name="finish-') == 5
    form = {"tier": "storyboard", "asked": "0", "finish-grain": "0.35", "finish-contrast": "0"}
    client.post(f"/shots/{shot.pk}/ask", form)
    asked = [task.request["options"] for task in RenderTask.objects.all()]
    assert asked == [{"finish": {"grain": 0.35}}] * 3


def test_a_slider_that_is_no_number_asks_for_nothing(client, shot, ben):
    client.force_login(ben)
    answer = client.post(f"/shots/{shot.pk}/ask", {"tier": "storyboard", "finish-grain": "much"})
    assert answer.status_code == 400
    assert not RenderTask.objects.exists()
