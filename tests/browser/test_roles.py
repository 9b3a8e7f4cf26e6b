"""One project, six people, each in a browser of their own: what everybody may do, and what nobody else may."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.people import WORK_MS, Crowd, crowd, status_of
from tests.browser.server import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGE = """INT. KITCHEN - NIGHT

Rain on the window. MIRA pours tea.

MIRA
He isn't coming.

EXT. HARBOUR - DAWN

A boat waits in the fog.
"""
ROLES = {"dora": "director", "ben": "artist", "cleo": "reviewer", "vic": "viewer"}


def ada_starts_a_project(people: Crowd) -> str:
    """Paste a page; returns the path of the project's board."""
    page = people.page_of("ada")
    page.goto("/")
    page.fill("#name", "Harbour")
    page.fill("#script", PAGE)
    page.get_by_test_id("start").click()
    page.wait_for_url("**/projects/*/")
    return "/" + page.url.split("/", 3)[3]


def everybody_joins(people: Crowd, board: str) -> None:
    """Ada makes a link for each; each opens it in their own browser and joins."""
    from playwright.sync_api import expect

    page = people.page_of("ada")
    for name, role in ROLES.items():
        page.goto(board + "people")
        page.fill("#for_whom", name.title())
        page.check(f'input[name="role"][value="{role}"]')
        page.get_by_role("button", name="Make an invitation").click()
        link = page.get_by_test_id("invitation").locator("input").input_value()
        theirs = people.page_of(name)
        theirs.goto(link)
        theirs.get_by_test_id("join").click()
        expect(theirs.locator(".project")).to_have_text("Harbour")
    page.goto(board + "people")
    for name in ROLES:
        expect(page.get_by_role("cell", name=name)).to_be_visible()


def ben_has_variants_drawn(people: Crowd, board: str) -> str:
    """Ben asks and sees them come; he has no button to approve. Returns the room's address."""
    from playwright.sync_api import expect

    page = people.page_of("ben")
    page.goto(board)
    expect(page.locator(".live")).to_have_text("live")
    card = page.locator("[data-shot]").first
    card.get_by_test_id("ask-variants").click()
    expect(card.locator("img")).to_be_visible(timeout=WORK_MS)
    page.get_by_test_id("open-review").first.click()
    expect(page.get_by_test_id("variant-thumb")).to_have_count(3, timeout=WORK_MS)
    expect(page.get_by_test_id("approve")).to_have_count(0)
    expect(page.get_by_test_id("retake")).to_have_count(0)
    return page.url.split("?")[0]


def cleo_recommends(people: Crowd, room: str) -> None:
    """Cleo advises for the second variant, and names Dora in a comment; she cannot decide."""
    from playwright.sync_api import expect

    page = people.page_of("cleo")
    page.goto(f"{room}?variant=2")
    page.get_by_role("button", name="Recommend").click()
    expect(page.locator("#counsel")).to_contain_text("You recommend variant 2")
    page.fill("#say-body", "@dora the second one has her eyes right.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#talk")).to_contain_text("her eyes right")
    expect(page.get_by_test_id("approve")).to_have_count(0)


def dora_decides(people: Crowd, room: str) -> None:
    """Dora reads both, approves the second, rejects the first with a reason, takes it back, sends to retake."""
    from playwright.sync_api import expect

    page = people.page_of("dora")
    page.goto(f"{room}?variant=2")
    expect(page.locator("#counsel")).to_contain_text("Cleo recommends variant 2")
    expect(page.locator("#talk")).to_contain_text("her eyes right")
    page.get_by_test_id("approve").click()
    verdict = page.get_by_test_id("verdict")
    expect(verdict).to_contain_text("Approved variant 2")
    page.keyboard.press("1")
    expect(verdict).to_contain_text("ariant 1")
    page.keyboard.press("r")
    page.keyboard.press("3")
    page.get_by_test_id("reject-confirm").click()
    expect(verdict).to_contain_text("Rejected variant 1")
    page.get_by_test_id("undo").click()
    expect(verdict).to_contain_text("Variant 1 waits")


def two_people_decide_at_once(people: Crowd, room: str) -> None:
    """Ada and Dora look at the same variant; the second decision is answered with what happened."""
    from playwright.sync_api import expect

    ada, dora = people.page_of("ada"), people.page_of("dora")
    for page in (ada, dora):
        page.goto(f"{room}?variant=3")
    dora.get_by_test_id("approve").click()
    expect(dora.get_by_test_id("verdict")).to_contain_text("Approved variant 3")
    answer = ada.evaluate(
        """async () => {
            const form = document.querySelector("#reject form");
            const sent = new FormData(form);
            // The live line told this page by now; the race is that it was sent before.
            sent.set("seen", "waiting");
            const answer = await fetch(form.action, { method: "POST", body: sent });
            return [answer.status, await answer.text()];
        }"""
    )
    assert answer[0] == 409
    assert "decided while you were looking" in re.sub(r"\s+", " ", answer[1])


def nobody_goes_beyond_their_role(people: Crowd, board: str, room: str) -> None:
    """The buttons are not there, and the server refuses whoever calls it all the same."""
    vic, ben, dan = (people.page_of(name) for name in ("vic", "ben", "dan"))
    variant = variant_address(people.page_of("ada"), room)
    vic.goto(board)
    assert vic.get_by_test_id("ask-variants").count() == 0
    assert status_of(vic, room.replace("/review", "/variants"), method="POST") == 403
    assert status_of(vic, f"{variant}/picture".replace("/variants/", "/media/variants/")) == 200
    ben.goto(board)
    assert status_of(ben, f"{variant}/approve", method="POST") == 403
    dan.goto("/")
    for address in (board, room, f"{variant}/picture".replace("/variants/", "/media/variants/")):
        assert status_of(dan, address) == 404
    assert status_of(dan, f"{variant}/approve", method="POST") == 404


def variant_address(page: Page, room: str) -> str:
    """Return /variants/<id> of the first variant of a room."""
    page.goto(f"{room}?variant=1")
    picture = page.locator("#picture").get_attribute("src") or ""
    return picture.replace("/media", "").removesuffix("/picture")


def ben_makes_the_film(people: Crowd, board: str, folder: Path) -> None:
    """Ben presses one button; the animatic comes, plays, and can be downloaded."""
    from playwright.sync_api import expect

    page = people.page_of("ben")
    page.goto(board)
    page.get_by_test_id("animatic").click()
    expect(page.get_by_test_id("film")).to_be_visible(timeout=WORK_MS)
    page.wait_for_function("document.querySelector('video').currentTime > 0.2", timeout=WORK_MS)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Download")).first.click()
    film = folder / "film.mp4"
    waiting.value.save_as(film)
    assert film.read_bytes()[4:8] == b"ftyp"


def dora_sends_a_shot_to_retake(people: Crowd, room: str) -> None:
    """The shot is marked; Ben finds it on his home page."""
    from playwright.sync_api import expect

    page = people.page_of("dora")
    page.goto(room)
    page.get_by_role("button", name="Retake").first.click()
    page.fill("#retake-reason", "She should not look at us.")
    page.get_by_test_id("retake-confirm").click()
    page.wait_for_load_state()
    ben = people.page_of("ben")
    ben.goto("/")
    expect(ben.get_by_test_id("waits")).to_contain_text("to retake")


def test_six_people_make_a_film_together(browser_path: str, served: Studio, tmp_path: Path) -> None:
    with crowd(browser_path, served) as people:
        board = ada_starts_a_project(people)
        everybody_joins(people, board)
        room = ben_has_variants_drawn(people, board)
        cleo_recommends(people, room)
        dora_decides(people, room)
        two_people_decide_at_once(people, room)
        nobody_goes_beyond_their_role(people, board, room)
        ben_makes_the_film(people, board, tmp_path)
        dora_sends_a_shot_to_retake(people, room)
        assert not people.faults, "\n".join(people.faults)
