"""A director's first quarter of an hour, in a real browser: log in, ask, review, approve, cut, watch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.people import ARGUMENTS, QUICK_MS, WORK_MS, log_in
from tests.browser.server import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@dataclass(slots=True)
class Heard:
    """What the browser met on its way: server errors, script errors, films in part, live sockets."""

    faults: list[str] = field(default_factory=list)
    statuses_of_film: list[int] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Note everything that happens on a page."""
        page.on("response", lambda response: self._response(response))
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda text: self.frames.append(str(text))),
        )

    def _response(self, response: Response) -> None:
        if re.search(r"/media/deliveries/[^/]+/film", response.url):
            self.statuses_of_film.append(response.status)
        elif response.status >= 400 and not response.url.endswith("/favicon.ico"):
            self.faults.append(f"{response.status} {response.request.method} {response.url}")


@pytest.fixture
def page(served: Studio, browser_path: str, tmp_path: Path) -> Iterator[Page]:
    """An empty page of a fresh browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        made = browser.new_page(base_url=served.address, viewport={"width": 1280, "height": 800})
        made.set_default_timeout(QUICK_MS)
        yield made
        browser.close()


def ask_and_see_them_come(page: Page, heard: Heard) -> None:
    """Ask for the first shot's variants; progress and then the picture appear without a reload."""
    from playwright.sync_api import expect

    card = page.locator("[data-shot]").first
    expect(page.locator(".live")).to_have_text("live")
    page.evaluate("window.isTheSamePage = true")
    card.get_by_test_id("ask-variants").click()
    expect(card.get_by_test_id("progress")).to_be_visible()
    expect(card.locator("img")).to_be_visible(timeout=WORK_MS)
    assert page.evaluate("window.isTheSamePage"), "the page was loaded again for the pictures"
    assert heard.frames, "nothing came over the socket"
    page.get_by_test_id("open-review").first.click()
    thumbs = page.get_by_test_id("variant-thumb")
    expect(thumbs).to_have_count(3, timeout=WORK_MS)
    page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=variant-thumb] img')]"
        ".filter(i => i.naturalWidth > 0).length == 3"
    )
    marked = page.locator("[data-testid=variant-thumb][aria-current]")
    number = marked.get_attribute("data-number")
    expect(page.get_by_test_id("verdict")).to_contain_text(f"Variant {number} waits")


def review_the_first_shot(page: Page) -> None:
    """Approve the second variant by keys; reject the first with a reason."""
    from playwright.sync_api import expect

    expect(page.get_by_test_id("score-reason").first).to_be_visible()
    assert page.get_by_test_id("score-reason").first.inner_text().strip()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    # One key right after the other: the verdict must fall on the variant asked for, not on the one left.
    page.keyboard.press("2")
    page.keyboard.press("a")
    verdict = page.get_by_test_id("verdict").first
    expect(verdict).to_contain_text(re.compile("approved", re.IGNORECASE))
    expect(verdict).to_contain_text("2")
    page.keyboard.press("1")
    expect(verdict).to_contain_text("ariant 1")
    page.keyboard.press("r")
    give_a_reason(page)
    page.get_by_test_id("reject-confirm").click()
    expect(verdict).to_contain_text(re.compile("rejected variant 1", re.IGNORECASE))


def give_a_reason(page: Page) -> None:
    """Choose the second reason by its digit."""
    from playwright.sync_api import expect

    page.keyboard.press("2")
    expect(page.get_by_test_id("reject-reason").locator("input").nth(1)).to_be_checked()


def draw_and_approve_the_rest(page: Page) -> None:
    """Ask for the empty shots' variants, wait until all came, approve the best by policy."""
    from playwright.sync_api import expect

    page.get_by_role("link", name="Board").click()
    page.get_by_test_id("ask-missing").click()
    expect(page.get_by_text("on the way").first).to_be_visible()
    expect(page.get_by_text("on the way")).to_have_count(0, timeout=WORK_MS)
    page.reload()
    expect(page.locator("[data-shot] img")).to_have_count(page.locator("[data-shot]").count())
    page.get_by_test_id("approve-best").click()
    expect(page.get_by_text(re.compile("by policy")).first).to_be_visible()


def cut_and_render(page: Page) -> None:
    """Build the cut and ask for a preview; the film appears without a reload."""
    from playwright.sync_api import expect

    page.get_by_test_id("open-cut").click()
    page.get_by_test_id("build-cut").click()
    page.get_by_test_id("render-preview").click()
    expect(page.get_by_test_id("film")).to_be_visible(timeout=WORK_MS)


def test_a_director_walks_from_the_script_to_a_film_that_plays(page: Page, served: Studio) -> None:
    heard = Heard()
    heard.listen(page)
    try:
        log_in(page, served, "dora")
        page.get_by_role("link", name="Night Bus").click()
        ask_and_see_them_come(page, heard)
        review_the_first_shot(page)
        draw_and_approve_the_rest(page)
        cut_and_render(page)
        the_film_plays(page)
    except Exception as error:
        error.add_note("\n".join([page.url, *heard.faults, served.log_tail()]))
        raise
    assert 206 in heard.statuses_of_film, f"the film came with {heard.statuses_of_film}"
    assert not heard.faults, "\n".join([*heard.faults, served.log_tail()])


def the_film_plays(page: Page) -> None:
    """The film has a duration, its time goes on when it is played, and a jump lands where it was told."""
    film = "document.querySelector('video[data-testid=film]')"
    page.evaluate(f"() => {{ {film}.preload = 'auto'; {film}.muted = true; }}")
    page.wait_for_function(f"{film}.duration > 0", timeout=QUICK_MS)
    page.evaluate(f"() => {film}.play()")
    page.wait_for_function(f"{film}.currentTime > 0.2", timeout=QUICK_MS)
    page.evaluate(f"() => {{ {film}.pause(); {film}.currentTime = {film}.duration - 0.5; }}")
    page.wait_for_function(
        f"!{film}.seeking && {film}.currentTime > {film}.duration - 1", timeout=QUICK_MS
    )
