"""Shot, script, cast and look in a real browser: what follows while one types, what the keys do, what nobody loses."""

from __future__ import annotations

import pytest

from tests.browser.people import crowd
from tests.browser.server import Studio

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_shot_script_cast_and_look_follow_and_lose_nothing(
    browser_path: str, served: Studio
) -> None:
    with crowd(browser_path, served) as people:
        ben, ada = people.page_of("ben"), people.page_of("ada")
        ben.goto("/")
        ben.click(".projects a")
        ben.wait_for_url("**/projects/*/")
        board = ben.url
        a_script_is_walked_and_corrected(ben, board)
        shot = str(ben.locator(".shots a.code").nth(1).get_attribute("href"))
        two_people_edit_one_shot(ben, ada, shot)
        a_look_follows_its_form(ada, board)
        a_character_is_heard(ben, board)
        assert people.faults == []


def go(page, board: str, key: str, address: str) -> None:  # type: ignore[no-untyped-def]
    """Go from the board to another page by its keys."""
    page.goto(board)
    page.wait_for_selector(".live[data-state=live]")
    page.keyboard.press("g")
    page.keyboard.press(key)
    page.wait_for_url(address)


def a_script_is_walked_and_corrected(page, board: str) -> None:  # type: ignore[no-untyped-def]
    from playwright.sync_api import expect

    go(page, board, "s", "**/script")
    page.wait_for_selector(".live[data-state=live]")
    codes = page.locator(".shots li[tabindex] a.code").all_inner_texts()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".l.lit")
    assert page.locator(".shots li:focus a.code").inner_text() == codes[1]
    shown = page.locator(".shots li[tabindex] a.code")
    page.keyboard.press("Alt+ArrowUp")
    expect(shown.nth(0)).to_have_text(codes[1])
    expect(shown.nth(1)).to_have_text(codes[0])
    rows = page.locator(".shots li[tabindex]")
    rows.nth(1).locator(".grip").drag_to(rows.nth(0), target_position={"x": 80, "y": 4})
    expect(shown.nth(0)).to_have_text(codes[0])
    expect(shown.nth(1)).to_have_text(codes[1])
    page.wait_for_function("document.activeElement.closest('.shots li') !== null")
    page.keyboard.press("c")
    page.get_by_role("button", name="Cut in two").click()
    page.wait_for_selector(".messages")
    assert page.locator(".shots li[tabindex]").count() == len(codes) + 1


def two_people_edit_one_shot(ben, ada, shot: str) -> None:  # type: ignore[no-untyped-def]
    ben.goto(shot)
    ben.wait_for_selector(".live[data-state=live]")
    before = ben.get_attribute("#sketch", "src")
    ben.select_option("#f-size", "EWS")
    ben.wait_for_function("document.getElementById('sketch').src.startsWith('blob:')")
    assert ben.get_attribute("#sketch", "src") != before
    ben.fill("#f-duration_frames", "240")
    assert ben.locator("[data-note]").inner_text() == "10.01 s"
    ada.goto(shot)
    ada.fill("#f-mood", "eerie")
    ada.get_by_test_id("save-brief").click()
    ada.wait_for_selector(".messages")
    ben.wait_for_selector("#meanwhile:not([hidden])")
    assert "ada saved this shot" in ben.locator("#meanwhile").inner_text()
    ben.get_by_test_id("save-brief").click()
    told = ben.get_by_test_id("stale").inner_text()
    assert "eerie" in told and "extreme wide shot" in told
    assert ben.input_value("#f-mood") == "eerie"
    ben.get_by_test_id("save-brief").click()
    ben.wait_for_selector(".messages")
    assert (ben.input_value("#f-size"), ben.input_value("#f-mood")) == ("EWS", "eerie")


def a_look_follows_its_form(ada, board: str) -> None:  # type: ignore[no-untyped-def]
    go(ada, board, "l", "**/look")
    tiles = ada.locator("#b-color_palette\\.primary_colors .tile")
    count = tiles.count()
    tiles.last.locator("[data-hex]").fill("#8E1F33")
    assert tiles.count() == count + 1
    ada.wait_for_function("document.getElementById('look-sketch').src.startsWith('blob:')")
    ada.get_by_test_id("publish-look").click()
    ada.wait_for_selector(".messages")
    shown = ada.locator("#b-color_palette\\.primary_colors [data-hex]")
    assert shown.nth(count - 1).input_value() == "#8E1F33"
    assert "Palette: + #8E1F33 crimson" in ada.locator(".history").inner_text()


def a_character_is_heard(ben, board: str) -> None:  # type: ignore[no-untyped-def]
    go(ben, board, "c", "**/cast/")
    ben.wait_for_function(
        "[...document.querySelectorAll('img.face')].every((i) => i.naturalWidth === 480)"
    )
    with ben.expect_response("**/voice.wav") as heard:
        ben.locator("[data-listen]").first.click()
    assert heard.value.status == 200
