"""A director's first quarter of an hour, in a real browser: log in, ask, review, approve, cut, watch."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.server import Studio, studio
from tests.conftest import SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
QUICK_MS = 15_000
WORK_MS = 180_000
"""How long a picture or a film may take here before the test calls it stuck; no speed is promised by it."""


@dataclass(slots=True)
class Heard:
    """What the browser met on its way: server errors, script errors, films in part, live sockets."""

    faults: list[str] = field(default_factory=list)
    statuses_of_film: list[int] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    loads: int = 0

    def listen(self, page: Page) -> None:
        """Note everything that happens on a page."""
        page.on("response", self._response)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("load", lambda _: setattr(self, "loads", self.loads + 1))
        page.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda text: self.frames.append(str(text))),
        )

    def _response(self, response: Response) -> None:
        if re.search(r"/media/deliveries/[^/]+/film", response.url):
            self.statuses_of_film.append(response.status)
        elif response.status >= 400 and not response.url.endswith("/favicon.ico"):
            self.faults.append(f"{response.status} {response.request.method} {response.url}")


@pytest.fixture(scope="module")
def browser_path() -> str:
    """The browser of this machine."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed")
    return found


@pytest.fixture(scope="module")
def served(browser_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio that runs for this module."""
    with studio(tmp_path_factory.mktemp("studio"), SCRIPT) as made:
        yield made


@pytest.fixture
def page(served: Studio, browser_path: str, tmp_path: Path) -> Iterator[Page]:
    """An empty page of a fresh browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        made = browser.new_page(
            base_url=served.address, viewport={"width": 1280, "height": 800}
        )
        made.set_default_timeout(QUICK_MS)
        yield made
        browser.close()


def log_in(page: Page, served: Studio, username: str) -> None:
    """Log in as one of the demo people."""
    page.goto("/login/")
    page.fill('[name="username"]', username)
    page.fill('[name="password"]', served.passwords[username])
    page.press('[name="password"]', "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def ask_and_see_them_come(page: Page, heard: Heard) -> None:
    """Ask for the first shot's variants; they appear without a reload, told over the socket."""
    from playwright.sync_api import expect

    first = page.locator(".shot-card, article, li").filter(
        has=page.get_by_test_id("ask-variants")
    )
    loads = heard.loads
    page.get_by_test_id("ask-variants").first.click()
    expect(page.get_by_test_id("variant-thumb").nth(2)).to_be_visible(timeout=WORK_MS)
    page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=variant-thumb]')].every(e =>"
        " {const i = e.matches('img') ? e : e.querySelector('img'); return i && i.naturalWidth > 0})"
    )
    assert page.get_by_test_id("variant-thumb").count() == 3
    assert heard.frames, "nothing came over the socket"
    assert heard.loads - loads <= 1, "the page reloaded while the pictures came"
    assert first is not None


def review_the_first_shot(page: Page) -> None:
    """Approve the second variant by keys; reject the first with a reason."""
    from playwright.sync_api import expect

    page.get_by_test_id("open-review").first.click()
    expect(page.get_by_test_id("score-reason").first).to_be_visible()
    assert page.get_by_test_id("score-reason").first.inner_text().strip()
    page.keyboard.press("2")
    page.keyboard.press("a")
    verdict = page.get_by_test_id("verdict").first
    expect(verdict).to_contain_text(re.compile("approved", re.IGNORECASE))
    expect(verdict).to_contain_text("2")
    page.keyboard.press("1")
    page.keyboard.press("r")
    give_a_reason(page)
    page.get_by_test_id("reject-confirm").click()
    expect(page.get_by_text(re.compile("rejected", re.IGNORECASE)).first).to_be_visible()


def give_a_reason(page: Page) -> None:
    """Choose the first reason there is, be it a list or buttons."""
    reason = page.get_by_test_id("reject-reason").first
    if reason.evaluate("e => e.tagName") == "SELECT":
        reason.select_option(index=1)
    elif reason.evaluate("e => e.tagName") in ("INPUT", "BUTTON", "LABEL"):
        reason.click()
    else:
        reason.locator("input, button").first.click()


def test_a_director_walks_from_the_script_to_a_film_that_plays(page: Page, served: Studio) -> None:
    from playwright.sync_api import expect

    heard = Heard()
    heard.listen(page)
    log_in(page, served, "dora")
    page.get_by_role("link", name="Night Bus").first.click()
    ask_and_see_them_come(page, heard)
    review_the_first_shot(page)
    page.get_by_test_id("open-cut").first.click()
    draw_the_other_shots(page)
    page.get_by_test_id("approve-best").first.click()
    page.get_by_test_id("build-cut").first.click()
    page.get_by_test_id("render-preview").first.click()
    film = page.get_by_test_id("film").first
    expect(film).to_be_visible(timeout=WORK_MS)
    the_film_plays(page)
    assert 206 in heard.statuses_of_film, f"the film came with {heard.statuses_of_film}"
    assert not heard.faults, "\n".join(heard.faults) + served.log_tail()


def draw_the_other_shots(page: Page) -> None:
    """Placeholder."""


def the_film_plays(page: Page) -> None:
    """The film has a duration, and its time goes on when it is played and jumps where it is told."""
    film = "document.querySelector('video[data-testid=film], [data-testid=film] video')"
    page.evaluate(f"() => {{ {film}.preload = 'auto'; {film}.muted = true; }}")
    page.wait_for_function(f"{film}.duration > 0", timeout=QUICK_MS)
    page.evaluate(f"() => {film}.play()")
    page.wait_for_function(f"{film}.currentTime > 0.2", timeout=QUICK_MS)
