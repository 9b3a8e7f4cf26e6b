"""The strip of the cut in a real browser: trimmed onto a beat, moved, taken back, kept; keys do the same."""

from __future__ import annotations

import pytest

from tests.browser.people import crowd
from tests.browser.server import Studio, run_in

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BUILD = """
from django.contrib.auth.models import User
from projects.models import Episode
from renders.services.cuts import cut_build, shots_in_cut
from renders.services.reviews import review_approve
from tests.factories import variant_of

ada, episode = User.objects.get(username="ada"), Episode.objects.get()
for shot in shots_in_cut(episode):
    review_approve(user=ada, variant=variant_of(shot))
cut_build(user=ada, episode=episode)
"""


def test_a_cut_is_trimmed_and_ordered_on_its_strip(browser_path: str, served: Studio) -> None:
    run_in(served, BUILD)
    with crowd(browser_path, served) as people:
        ben = people.page_of("ben")
        ben.goto("/")
        ben.click(".projects a")
        ben.get_by_test_id("open-cut").click()
        ben.wait_for_selector("[data-strip][data-live]")
        wave = ben.locator(".wave")
        wave.scroll_into_view_if_needed()
        ben.wait_for_function("document.querySelector('.wave').naturalWidth > 1")
        codes = shown(ben)
        an_edge_snaps_to_a_beat(ben)
        a_still_goes_to_another_place(ben, codes)
        keys_do_the_same_and_are_taken_back(ben, codes)
        the_form_and_the_strip_are_one(ben)
        wanted = [
            (clip.get_attribute("data-code"), clip.get_attribute("data-frames"))
            for clip in stills(ben)
        ]
        ben.get_by_test_id("strip-save").click()
        ben.wait_for_selector(".messages")
        assert "Cut 2 is as you edited it." in ben.locator(".messages").inner_text()
        kept = [
            (clip.get_attribute("data-code"), clip.get_attribute("data-frames"))
            for clip in stills(ben)
        ]
        assert kept == wanted
        assert people.faults == []


def the_form_and_the_strip_are_one(page) -> None:  # type: ignore[no-untyped-def]
    order = shown(page)
    row = page.locator(f"[data-row='{order[1]}']")
    row.locator("[name^='frames.']").fill("300")
    row.locator("[data-step='-1']").click()
    assert shown(page)[:2] == [order[1], order[0]]
    assert page.locator(".cut-strip .track a").first.get_attribute("data-frames") == "300"


def stills(page):  # type: ignore[no-untyped-def]
    return page.locator(".cut-strip .track a").all()


def shown(page):  # type: ignore[no-untyped-def]
    return [clip.get_attribute("data-code") for clip in stills(page)]


def an_edge_snaps_to_a_beat(page) -> None:  # type: ignore[no-untyped-def]
    first = page.locator(".cut-strip .track a").first
    length = int(first.get_attribute("data-frames"))
    beats = page.eval_on_selector_all(
        "[data-beat]", "all => all.map((one) => Number(one.dataset.beat))"
    )
    beat = next(beat for beat in beats if beat > length)
    box = first.bounding_box()
    per_frame = box["width"] / length
    x, y = box["x"] + box["width"] - 3, box["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y)
    page.mouse.move(x + (beat - length) * per_frame + 4, y)
    page.mouse.up()
    assert int(first.get_attribute("data-frames")) == beat
    assert "on the beat" in page.locator("[data-strip-said]").inner_text()
    code = first.get_attribute("data-code")
    assert page.input_value(f"[name='frames.{code}']") == str(beat)


def a_still_goes_to_another_place(page, codes) -> None:  # type: ignore[no-untyped-def]
    target = page.locator(".cut-strip .track a").nth(2).bounding_box()
    page.locator(".cut-strip .track a").first.hover(position={"x": 12, "y": 20})
    page.mouse.down()
    page.mouse.move(target["x"] + 4, target["y"] + 20)
    page.mouse.move(target["x"] + target["width"] * 0.75, target["y"] + 20)
    page.mouse.up()
    assert shown(page) == [codes[1], codes[2], codes[0], *codes[3:]]
    assert page.input_value(f"[name='place.{codes[0]}']") == "3"
    assert page.url.rstrip("/").rsplit("/", 1)[-1].startswith("cut"), "a drag is no click"


def keys_do_the_same_and_are_taken_back(page, codes) -> None:  # type: ignore[no-untyped-def]
    order = shown(page)
    clip = page.locator(".cut-strip .track a").nth(1)
    before = int(clip.get_attribute("data-frames"))
    clip.focus()
    page.keyboard.press("Shift+ArrowRight")
    assert int(clip.get_attribute("data-frames")) == before + 1
    page.keyboard.press("Alt+ArrowLeft")
    assert shown(page) == [order[1], order[0], *order[2:]]
    assert page.evaluate("document.activeElement.dataset.code") == order[1]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert shown(page) == order
    assert int(page.locator(".cut-strip .track a").nth(1).get_attribute("data-frames")) == before
